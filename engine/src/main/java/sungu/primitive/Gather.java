package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.GatherKernel;
import sungu.ops.Elements;
import sungu.ops.Scattering;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorType;

/**
 * Slices of the first input at the positions that the second one, index vectors, names; {@link
 * IndexVectors} says how.
 */
public record Gather(int batch, int outer, int depth, boolean lenient) implements Opaque {
    /** How the indices address slices. */
    public IndexVectors vectors() {
        return new IndexVectors(batch, outer, depth, lenient);
    }

    @Override
    public String label() {
        return "gather";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        return new TensorType[] {inputs[0].with(vectors().slices(label(), inputs[0], inputs[1]))};
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        new GatherKernel(vectors(), inputs[0].type(), inputs[1].shape())
                .run(inputs[0], inputs[1], outputs[0]);
    }

    @Override
    public Kernel kernel(TensorType[] inputs, TensorType[] outputs) {
        var kernel = new GatherKernel(vectors(), inputs[0], inputs[1].shape());
        return (in, out) -> kernel.run(in[0], in[1], out[0]);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.each(() ->
                Scattering.scatter(
                        Scatter.Combine.ADD, vectors(), Elements.zerosLike(g.x()), g.y(), g.d()));
    }
}
