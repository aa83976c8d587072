package sungu.primitive;

import org.jspecify.annotations.Nullable;

import sungu.kernel.CtcBeamKernel;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;

/**
 * Beam search over label sequences of connectionist temporal classification. From logits [batch,
 * frames, classes] and the numbers of frames, int32 [batch]: labels, int32 [paths, batch, frames],
 * filled up with -1, and log-probabilities [batch, paths]. The sequences followed depend on the
 * numbers, so it is no composition of others. No gradient.
 *
 * @param width how many sequences are followed
 * @param paths how many of them are given
 * @param blank the class that stands between labels
 */
public record CtcBeam(int width, int paths, int blank) implements Opaque {
    @Override
    public String label() {
        return "ctc_beam";
    }

    @Override
    public TensorType[] types(TensorType... inputs) {
        var shape = inputs[0].shape();
        if (shape.rank() != 3
                || !inputs[0].dtype().isFloating()
                || !inputs[1].equals(new TensorType(DType.INT32, Shape.of(shape.dim(0))))) {
            throw new TensorException(
                    label()
                            + ": takes logits [batch, frames, classes] and int32 [batch], got "
                            + inputs[0]
                            + " and "
                            + inputs[1]);
        }
        if (paths < 1 || width < paths) {
            throw new TensorException(
                    label() + ": can't give " + paths + " paths of a beam of " + width);
        }
        return new TensorType[] {
            new TensorType(DType.INT32, Shape.of(paths, shape.dim(0), shape.dim(1))),
            inputs[0].with(Shape.of(shape.dim(0), paths))
        };
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        new CtcBeamKernel(inputs[0], width, blank).run(inputs[1], paths, outputs[0], outputs[1]);
    }

    @Override
    public @Nullable Tensor[] gradient(Gradient g) {
        return g.none();
    }
}
