package sungu.portable;

import sungu.bytecode.Loops;
import sungu.bytecode.Method;
import sungu.compile.Extent;
import sungu.compile.Nest;
import sungu.kernel.Parallel;
import sungu.tensor.HostTensor;

import java.util.Arrays;
import java.util.List;

/** Runs a nest that has become a method, long loops in chunks on several threads. */
final class MethodStep implements ProgramStep {
    private static final int CHUNK = 1 << 14;

    private final Loops loops;
    private final int number;
    private final boolean splits;
    private final boolean inPlace;
    private final Object[] scratch;
    private final int operands;
    private final int results;

    /** Per loop its size. */
    private final int[] sizes;

    private final int size;

    /** Per loop the number of its first chunk, and behind them how many there are. */
    private final int[] chunks;

    /** Runs where an operand lies in an array that a loop would overwrite too early. */
    private final NestStep otherwise;

    private final HostTensor[] inputs;
    private final HostTensor[] outputs;
    private final Parallel.Range all = this::chunks;

    MethodStep(
            Loops loops,
            int number,
            Method method,
            Nest nest,
            List<Extent> extents,
            HostTensor[] inputs,
            HostTensor[] outputs,
            NestStep otherwise) {
        this.loops = loops;
        this.number = number;
        this.inputs = inputs;
        this.outputs = outputs;
        this.otherwise = otherwise;
        splits = method.splits();
        inPlace = method.inPlace();
        scratch = method.scratch();
        operands = nest.operands().size();
        results = nest.results().size();
        sizes = extents.stream().mapToInt(Extent::size).toArray();
        size = Arrays.stream(sizes).sum();
        chunks = new int[sizes.length + 1];
        for (int i = 0; i < sizes.length; i++) {
            chunks[i + 1] = chunks[i] + (sizes[i] + CHUNK - 1) / CHUNK;
        }
    }

    @Override
    public void run() {
        if (!inPlace && share()) {
            otherwise.run();
            return;
        }
        if (!splits || size <= CHUNK) {
            for (int i = 0; i < sizes.length; i++) {
                loop(i, 0, sizes[i]);
            }
        } else {
            // An element takes about a nanosecond.
            Parallel.loop(chunks[sizes.length], 1, CHUNK, all);
        }
    }

    private void chunks(int first, int end) {
        for (int chunk = first; chunk < end; chunk++) {
            chunk(chunk);
        }
    }

    private void chunk(int chunk) {
        int i = 0;
        while (chunks[i + 1] <= chunk) {
            i++;
        }
        int from = (chunk - chunks[i]) * CHUNK;
        loop(i, from, Math.min(from + CHUNK, sizes[i]));
    }

    private void loop(int i, int from, int to) {
        loops.run(number, inputs, i * operands, outputs, i * results, scratch, from, to);
    }

    private boolean share() {
        for (var output : outputs) {
            for (var input : inputs) {
                if (input.array() == output.array()) {
                    return true;
                }
            }
        }
        return false;
    }
}
