package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.Copy;
import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorType;

/**
 * The first input with the box at the position that the second one, a vector of int32 or int64,
 * names replaced by the third.
 *
 * @param clamp whether a position from which the box would stick out is moved so that it fits; else
 *     it is an error
 */
public record DynamicUpdateSlice(boolean clamp) implements Opaque {
    @Override
    public String label() {
        return "dynamic_update_slice";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        if (inputs[0].dtype() != inputs[2].dtype()) {
            throw Pointwise.differentDtypes(label(), inputs[0], inputs[2]);
        }
        DynamicSlice.check(label(), inputs[0], inputs[1], inputs[2].shape());
        return new TensorType[] {inputs[0]};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        var shape = inputs[0].shape();
        var box = inputs[2].shape();
        int start = DynamicSlice.start(label(), shape, inputs[1], box, clamp);
        int lanes = outputs[0].dtype().lanes();
        Copy.flat(inputs[0].array(), outputs[0].array(), shape.size() * lanes);
        Copy.strided(
                inputs[2].array(),
                0,
                box.strides(),
                outputs[0].array(),
                start,
                shape.strides(),
                box.dims(),
                lanes);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        var part = g.x(2);
        return g.each(
                () -> Indexing.dynamicUpdateSlice(g.d(), g.y(), Elements.zerosLike(part), clamp),
                () -> null,
                () -> Indexing.dynamicSlice(g.d(), g.y(), part.shape().dims(), clamp));
    }
}
