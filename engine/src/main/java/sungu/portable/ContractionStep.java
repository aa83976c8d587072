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
    private final HostTensor[] inputs;
    private final HostTensor[] outputs;

    /** The epilogue with what it reads and writes, which the arena fills in; null without one. */
    private final Parallel.@Nullable Range after;

    private ContractionStep(
            Kernel kernel,
            HostTensor[] inputs,
            HostTensor[] outputs,
            Parallel.@Nullable Range after) {
        this.kernel = kernel;
        this.inputs = inputs;
        this.outputs = outputs;
        this.after = after;
    }

    /** The step of a node that is a contraction; null for others. */
    static @Nullable ContractionStep of(
            Node node, HostTensor[] inputs, HostTensor[] outputs, Parallel.@Nullable Range after) {
        var kernel = kernel(node);
        return kernel == null ? null : new ContractionStep(kernel, inputs, outputs, after);
    }

    private static @Nullable Kernel kernel(Node node) {
        var primitive = node.primitive();
        if (node.inputs().size() != 2) {
            return null;
        }
        var x = node.inputs().get(0).type();
        var y = node.inputs().get(1).type();
        if (primitive instanceof DotGeneral dot) {
            return new DotKernel(dot, x.shape(), y.shape())::run;
        }
        if (primitive instanceof Convolution convolution) {
            var out = node.outputs().get(0).type();
            return new ConvolutionKernel(convolution, x, y.shape(), out.shape())::run;
        }
        return null;
    }

    @Override
    public void run() {
        kernel.run(inputs[0], inputs[1], outputs[0], after);
    }
}
