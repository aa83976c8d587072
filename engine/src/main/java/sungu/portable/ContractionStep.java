package sungu.portable;

import org.jspecify.annotations.Nullable;

import sungu.graph.Node;
import sungu.kernel.ConvolutionKernel;
import sungu.kernel.DotKernel;
import sungu.kernel.Parallel;
import sungu.primitive.Convolution;
import sungu.primitive.DotGeneral;
import sungu.tensor.HostTensor;

/**
 * Runs a matrix product or convolution, and on each part of its result that is finished the nest
 * that follows it.
 */
final class ContractionStep implements ProgramStep {
    private interface Kernel {
        void run(HostTensor x, HostTensor y, HostTensor out, Parallel.@Nullable Range after);
    }

    private final Kernel kernel;

    /** The epilogue with what it reads and writes, which the arena fills in; null without one. */
    private final Parallel.@Nullable Range after;

    private ContractionStep(Kernel kernel, Parallel.@Nullable Range after) {
        this.kernel = kernel;
        this.after = after;
    }

    /** The step of a node that is a contraction; null for others. */
    static @Nullable ContractionStep of(Node node, Parallel.@Nullable Range after) {
        if (node.primitive() instanceof DotGeneral dot) {
            var form =
                    DotKernel.Form.of(
                            dot,
                            node.inputs().get(0).type().shape(),
                            node.inputs().get(1).type().shape());
            return new ContractionStep(
                    (x, y, out, range) -> DotKernel.run(form, x, y, out, range), after);
        }
        return node.primitive() instanceof Convolution convolution
                ? new ContractionStep(
                        (x, y, out, range) -> ConvolutionKernel.run(convolution, x, y, out, range),
                        after)
                : null;
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        kernel.run(inputs[0], inputs[1], outputs[0], after);
    }
}
