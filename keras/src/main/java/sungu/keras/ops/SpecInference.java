package sungu.keras.ops;

import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.tensor.Shape;
import sungu.tensor.SymbolicTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;
import sungu.trace.Trace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Output types of functions on symbolic inputs, found by tracing them with made-up sizes for the
 * unknown dimensions. A dimension that differs between two traces depends on an unknown one, so it
 * is unknown, too; all others are known.
 *
 * <p>The sizes are large, so that no window is larger; shared by all inputs per axis, so that
 * inputs still fit each other; and their difference is a prime, so that no common stride maps both
 * to one size. Nothing that a trace does lasts.
 */
public final class SpecInference {
    /**
     * Pairs of base sizes, tried in turn: some functions fail at small or at odd sizes, and with
     * many unknown dimensions tensors get too large.
     */
    private static final int[][] SIZES = {{96, 137}, {1024, 1091}, {4096, 4229}, {16, 27}};

    private SpecInference() {}

    /** The types, as symbolic tensors in the structure of the outputs. */
    public static Tensors infer(Arguments arguments, Function<Arguments, Tensors> function) {
        TensorException first = null;
        boolean open = arguments.tensors().stream().anyMatch(tensor -> !tensor.shape().isKnown());
        for (var sizes : SIZES) {
            try {
                var a = trace(arguments, function, sizes[0]);
                return open ? merge(a, trace(arguments, function, sizes[1])) : a;
            } catch (TensorException e) {
                first = first == null ? e : first;
                if (!open) {
                    break;
                }
            }
        }
        throw first == null ? new TensorException("no output types found") : first;
    }

    private static Tensors trace(
            Arguments arguments, Function<Arguments, Tensors> function, int size) {
        var symbolic = new ArrayList<Tensor>();
        for (var tensor : arguments.tensors()) {
            if (tensor instanceof SymbolicTensor) {
                symbolic.add(tensor);
            }
        }
        var types =
                symbolic.stream()
                        .map(tensor -> tensor.type().with(filled(tensor.shape(), size)))
                        .toArray(TensorType[]::new);
        var structure = new Tensors[1];
        Trace.trace(
                values -> {
                    var iterator = List.of(values).iterator();
                    var outputs =
                            function.apply(
                                    arguments.map(tensor ->
                                            tensor instanceof SymbolicTensor
                                                    ? iterator.next()
                                                    : tensor));
                    structure[0] = outputs.map(output -> new KerasTensor(output.type()));
                    return new Tensor[0];
                },
                types);
        return structure[0];
    }

    /** Unknown dimensions get sizes that depend on their axis alone. */
    private static Shape filled(Shape shape, int size) {
        var dims = shape.dims();
        for (int i = 0; i < dims.length; i++) {
            if (dims[i] < 0) {
                dims[i] = size + i;
            }
        }
        return Shape.of(dims);
    }

    private static Tensors merge(Tensors a, Tensors b) {
        var other = b.flat().iterator();
        return a.map(x -> {
            var y = other.next();
            if (x.rank() != y.rank()) {
                throw new TensorException(
                        "the rank of the output depends on unknown dimensions: "
                                + x.type()
                                + " and "
                                + y.type());
            }
            var dims = x.shape().dims();
            for (int i = 0; i < dims.length; i++) {
                if (dims[i] != y.shape().dim(i)) {
                    dims[i] = Shape.UNKNOWN;
                }
            }
            return new KerasTensor(x.type().with(Shape.of(dims)));
        });
    }
}
