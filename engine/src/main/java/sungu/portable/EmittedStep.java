package sungu.portable;

import sungu.compile.KernelEmitter.Kernel;
import sungu.kernel.Parallel;
import sungu.tensor.HostTensor;

import java.util.Arrays;

/** Runs an emitted kernel over a nest, in chunks on several threads when the loop is long. */
final class EmittedStep implements ProgramStep {
    private static final int CHUNK = 1 << 15;

    private final Kernel kernel;
    private final Object[] operands;
    private final Object[] results;
    private final int size;

    EmittedStep(Kernel kernel, int operands, int results, int size) {
        this.kernel = kernel;
        this.operands = new Object[operands];
        this.results = new Object[results];
        this.size = size;
    }

    @Override
    @SuppressWarnings("NullAway") // null between runs only
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        for (int i = 0; i < operands.length; i++) {
            operands[i] = inputs[i].array();
        }
        for (int i = 0; i < results.length; i++) {
            results[i] = outputs[i].array();
        }
        if (size <= CHUNK) {
            kernel.run(operands, results, 0, size);
        } else {
            Parallel.loop(
                    size, CHUNK, (from, to) -> kernel.run(operands, results, from, to - from));
        }
        // A pooled arena keeps no argument or output alive.
        Arrays.fill(operands, null);
        Arrays.fill(results, null);
    }
}
