package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Movements;
import sungu.ops.Reductions;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.List;

/** A list of tensors joined along an axis. */
public final class Concatenate extends Layer.Of<Concatenate> {
    static final Setting<Integer> AXIS = Setting.integer("axis").defaults(-1);
    static final ObjectType<Concatenate> TYPE = typed("Concatenate", Concatenate::new, AXIS);

    /** Joins along the last axis. */
    public Concatenate() {
        supportsMasking(true);
    }

    @Override
    public ObjectType<Concatenate> type() {
        return TYPE;
    }

    /** The axis along which tensors are joined; negative ones count from the end. */
    public Concatenate axis(int axis) {
        return with(AXIS, axis);
    }

    @Override
    protected DType symbolicDtype() {
        return computeDtype();
    }

    @Override
    protected void build(List<Shape> inputs) {
        if (inputs.isEmpty()) {
            throw new TensorException("takes a list of at least one input");
        }
        var first = inputs.getFirst();
        for (var shape : inputs) {
            if (shape.rank() != first.rank()) {
                throw new TensorException("takes inputs of one rank, got " + inputs);
            }
            int joined = shape.axis(get(AXIS));
            for (int i = 0; i < shape.rank(); i++) {
                if (i != joined
                        && shape.dim(i) != first.dim(i)
                        && shape.dim(i) >= 0
                        && first.dim(i) >= 0) {
                    throw new TensorException(
                            "takes inputs with matching shapes except for the concatenation axis "
                                    + get(AXIS)
                                    + ", got "
                                    + inputs);
                }
            }
        }
    }

    @Override
    protected Tensors call(Tensors inputs, CallContext context) {
        if (inputs instanceof Tensors.Leaf leaf) {
            throw new TensorException(
                    "takes a list of inputs, got one tensor " + leaf.tensor().type());
        }
        return Tensors.of(Movements.concat(inputs.flat(), get(AXIS)));
    }

    /**
     * The masks joined as the inputs are, ones standing for a missing one; reduced over the last
     * axis if that is the joined one.
     */
    @Override
    protected @Nullable Tensor computeMask(Arguments arguments, Tensor output) {
        var inputs = arguments.tensors();
        if (inputs.stream().allMatch(input -> input.mask() == null)) {
            return null;
        }
        var masks = new ArrayList<Tensor>();
        for (var input : inputs) {
            Tensor mask = input.mask();
            if (mask == null) {
                masks.add(Movements.broadcastTo(Tensor.of(true), input.shape()));
            } else {
                while (mask.rank() < input.rank()) {
                    mask = Movements.expandDims(mask, -1);
                }
                masks.add(Movements.broadcastTo(mask.cast(DType.BOOL), input.shape()));
            }
        }
        return Reductions.all(Movements.concat(masks, get(AXIS)), false, -1);
    }
}
