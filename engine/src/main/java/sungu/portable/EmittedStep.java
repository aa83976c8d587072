package sungu.portable;

import sungu.compile.KernelEmitter.Kernel;
import sungu.kernel.Parallel;
import sungu.tensor.HostTensor;

import java.util.Arrays;

/** Runs an emitted kernel over a nest, in chunks on several threads when the loop is long. */
final class EmittedStep implements ProgramStep {
    private static final int CHUNK = 1 << 15;

    private final Object[] operands;
    private final Object[] results;
    private final int size;
    private final HostTensor[] inputs;
    private final HostTensor[] outputs;
    private final Parallel.Range chunk;

    EmittedStep(Kernel kernel, int size, HostTensor[] inputs, HostTensor[] outputs) {
        operands = new Object[inputs.length];
        results = new Object[outputs.length];
        this.size = size;
        this.inputs = inputs;
        this.outputs = outputs;
        chunk = (from, to) -> kernel.run(operands, results, from, to - from);
    }

    @Override
    @SuppressWarnings("NullAway") // null between runs only
    public void run() {
        for (int i = 0; i < operands.length; i++) {
            operands[i] = inputs[i].array();
        }
        for (int i = 0; i < results.length; i++) {
            results[i] = outputs[i].array();
        }
        Parallel.loop(size, CHUNK, chunk);
        // A pooled arena keeps no argument or output alive.
        Arrays.fill(operands, null);
        Arrays.fill(results, null);
    }
}
