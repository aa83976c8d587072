package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.keras.ops.KerasTensor;
import sungu.keras.ops.SpecInference;
import sungu.ops.Elements;
import sungu.tensor.SymbolicTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.Context;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** One call of a layer from outside: what happens around the layer's own {@code call}, in order. */
final class LayerCall {
    private final Layer layer;
    private final Arguments given;
    private Arguments arguments;

    LayerCall(Layer layer, Arguments arguments) {
        this.layer = layer;
        this.given = arguments.map(tensor -> tensor);
        this.arguments = bound(layer.parameters(), given);
    }

    /** The first argument by position and all others by name. */
    private static Arguments bound(List<String> names, Arguments given) {
        if (names.isEmpty()) {
            return given;
        }
        var named = new LinkedHashMap<String, @Nullable Object>();
        var positional = given.positional();
        for (int i = 0; i < positional.size(); i++) {
            if (i >= names.size()) {
                throw new TensorException(
                        "takes at most "
                                + names.size()
                                + " arguments "
                                + names
                                + ", got "
                                + positional.size());
            }
            named.put(names.get(i), positional.get(i));
        }
        named.putAll(given.named());
        var first = new ArrayList<@Nullable Object>();
        first.add(named.remove(names.getFirst()));
        return new Arguments(first, named);
    }

    Tensors run() {
        try {
            checkTracked();
            layer.settle();
            for (var tensor : arguments.tensors()) {
                if (tensor instanceof SymbolicTensor) {
                    return symbolic();
                }
            }
            return compute();
        } catch (TensorException e) {
            throw e.in(layer.describe());
        }
    }

    /**
     * A layer that another one uses without having registered it would be missing from its weights:
     * say so at the first call.
     */
    private void checkTracked() {
        var current = CallContext.current();
        if (current != null
                && current.layer() != layer
                && !current.layer().flattened().contains(layer)) {
            throw new TensorException(
                    current.layer().describe()
                            + " calls "
                            + layer.describe()
                            + ", which it does not track",
                    "register it where it is made: this.inner = track(\"inner\", new "
                            + layer.getClass().getSimpleName()
                            + "(...))");
        }
    }

    private Tensors compute() {
        castInputs();
        checkSpecs();
        layer.ensureBuilt(arguments);
        var context = CallContext.enter(layer, training(), arguments);
        var engine = Context.current();
        var placeBefore = engine.place(layer.path());
        var castBefore =
                engine.autocast(
                        layer.policy().computeDtype() == layer.policy().variableDtype()
                                ? null
                                : layer.computeDtype());
        try {
            var outputs = layer.inScope(() -> layer.call(arguments, context));
            outputs = outputs.map(this::withMask);
            penalise(outputs, context);
            return outputs;
        } finally {
            engine.autocast(castBefore);
            engine.place(placeBefore);
            context.exit();
            if (context.outer() == null) {
                for (var inner : layer.flattened()) {
                    inner.rememberLosses(List.of());
                }
                layer.rememberLosses(
                        context.losses().values().stream().flatMap(List::stream).toList());
            }
        }
    }

    /** An explicit argument wins over the surrounding call's, and that over inference. */
    private boolean training() {
        var outer = CallContext.current();
        if (arguments.named().get("training") instanceof Boolean given) {
            return given;
        }
        return outer != null && outer.training();
    }

    private void castInputs() {
        if (!layer.autocast()) {
            return;
        }
        var dtype = layer.computeDtype();
        arguments =
                arguments.map(tensor ->
                        tensor.dtype().isFloating() && tensor.dtype() != dtype && dtype.isFloating()
                                ? Elements.cast(tensor, dtype).withMask(tensor.mask())
                                : tensor);
    }

    private void checkSpecs() {
        var specs = layer.inputSpecs();
        if (specs.isEmpty()) {
            return;
        }
        var first = arguments.positional().isEmpty() ? null : arguments.positional().getFirst();
        var inputs = Arguments.of(first).tensors();
        if (inputs.size() < specs.size()) {
            throw new TensorException(
                    "expects "
                            + specs.size()
                            + " input(s), but it received "
                            + inputs.size()
                            + " input tensors");
        }
        for (int i = 0; i < specs.size(); i++) {
            specs.get(i).check(layer, i, inputs.get(i));
        }
    }

    private Tensor withMask(Tensor output) {
        if (output.mask() != null) {
            return output;
        }
        @Nullable Tensor mask = layer.computeMask(arguments, output);
        return mask == null ? output : output.withMask(mask);
    }

    private void penalise(Tensors outputs, CallContext context) {
        var regularizer = layer.activityPenalty();
        if (regularizer != null) {
            for (var output : outputs.flat()) {
                // The mean over the batch, so that the penalty does not grow with the batch size.
                context.addLoss(
                        regularizer
                                .apply(output)
                                .div(Math.max(output.rank() == 0 ? 1 : output.shape().dim(0), 1)));
            }
        }
    }

    private Tensors symbolic() {
        checkSpecs();
        layer.ensureBuilt(arguments);
        var claimed = layer.symbolicDtype();
        return KerasTensor.produced(
                layer,
                given,
                claimed == null
                        ? types()
                        : types().map(type -> new KerasTensor(type.type().with(claimed))));
    }

    /** The output types for symbolic arguments. */
    Tensors types() {
        var seen = seenByLayer();
        var spec = layer.outputSpec(seen);
        return spec != null ? spec : inferred(seen);
    }

    /**
     * The arguments as the layer will see them: in its dtype, and with the sizes that it requires
     * where they are not known.
     */
    private Arguments seenByLayer() {
        var dtype = layer.computeDtype();
        var position = new int[1];
        return arguments.map(tensor -> {
            int i = position[0]++;
            if (!(tensor instanceof KerasTensor symbolic)) {
                return tensor;
            }
            var type = symbolic.type();
            if (layer.autocast() && type.dtype().isFloating() && dtype.isFloating()) {
                type = type.with(dtype);
            }
            if (i < layer.inputSpecs().size()) {
                type = type.with(layer.inputSpecs().get(i).filled(type.shape()));
            }
            return type.equals(symbolic.type()) ? symbolic : symbolic.as(type);
        });
    }

    /** The output types from two traces at made-up sizes; losses added there count for nothing. */
    private Tensors inferred(Arguments seen) {
        var suspended = CallContext.suspend();
        try {
            return SpecInference.infer(seen, probe -> new LayerCall(layer, probe).compute());
        } finally {
            CallContext.resume(suspended);
            layer.flattened().forEach(inner -> inner.rememberLosses(new ArrayList<>()));
        }
    }
}
