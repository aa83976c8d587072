package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.keras.ops.KerasTensor;
import sungu.ops.Movements;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.Arrays;
import java.util.List;

/** Each row in another shape; one dimension may be -1 and is worked out. */
public final class Reshape extends Layer.Of<Reshape> {
    static final Setting<List<Integer>> TARGET_SHAPE =
            Setting.ints("target_shape")
                    .check(
                            dims ->
                                    dims.stream().allMatch(dim -> dim >= -1)
                                            && dims.stream().filter(dim -> dim == -1).count() <= 1,
                            "a list of sizes, of which one may be -1");
    static final ObjectType<Reshape> TYPE = typed("Reshape", Reshape::new, TARGET_SHAPE);

    private Reshape() {}

    /** Rows in this shape. */
    public Reshape(int... targetShape) {
        set(TARGET_SHAPE, Arrays.stream(targetShape).boxed().toList());
    }

    @Override
    public ObjectType<Reshape> type() {
        return TYPE;
    }

    /**
     * Where a row has unknown dimensions, so has the dimension that is to be worked out; the others
     * are as given.
     */
    @Override
    protected @Nullable Tensors outputSpec(Arguments symbolic) {
        var input = symbolic.tensors().getFirst();
        var row = input.shape().slice(Math.min(1, input.rank()), input.rank());
        if (row.isKnown()) {
            return null;
        }
        var target = Shape.of(get(TARGET_SHAPE).stream().mapToInt(Integer::intValue).toArray());
        return Tensors.of(
                new KerasTensor(input.type().with(target.insert(0, input.shape().dim(0)))));
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        var target = get(TARGET_SHAPE);
        var dims = new int[target.size() + 1];
        dims[0] = input.shape().dim(0);
        int open = -1;
        long rest = 1;
        for (int i = 0; i < target.size(); i++) {
            dims[i + 1] = target.get(i);
            if (dims[i + 1] < 0) {
                open = i + 1;
            } else {
                rest *= dims[i + 1];
            }
        }
        long row = 1;
        for (int i = 1; i < input.rank(); i++) {
            row *= input.shape().dim(i);
        }
        if (open >= 0 ? rest == 0 || row % rest != 0 : row != rest) {
            throw new TensorException(
                    "rows of "
                            + input.shape()
                            + " have "
                            + row
                            + " elements and can't be reshaped to "
                            + target);
        }
        if (open >= 0) {
            dims[open] = (int) (row / rest);
        }
        return Movements.reshape(input, dims);
    }
}
