package sungu.portable;

import org.jspecify.annotations.Nullable;

import sungu.compile.Nest;
import sungu.kernel.Parallel;
import sungu.primitive.Elementwise;
import sungu.primitive.Pointwise;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.TensorType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Runs a nest on the reference kernels of its instructions, block by block: operands are copied
 * into small arrays that stay in the first-level cache, the instructions run over them one after
 * the other, and the results are copied out. What fits into one block is read and written in place.
 * The bits are those of the instructions run one by one over whole tensors.
 *
 * <p>A step belongs to one arena and keeps scratch arrays: it runs in one thread at a time, and
 * splits long loops itself.
 */
final class NestStep implements ProgramStep {
    private static final int BLOCK = 1024;
    private static final int CHUNK = 32 * BLOCK;

    private final Nest nest;
    private final Shape shape;
    private final int size;
    private final boolean[] known;
    private final ConcurrentLinkedQueue<Scratch> spare = new ConcurrentLinkedQueue<>();
    private final @Nullable Scratch whole;

    /**
     * A nest over tensors of a shape.
     *
     * @param known per operand whether it is the same constant in every run
     */
    NestStep(Nest nest, Shape shape, boolean[] known) {
        this.nest = nest;
        this.shape = shape;
        this.known = known;
        size = shape.size();
        whole = size <= BLOCK ? new Scratch(shape, false) : null;
    }

    @Override
    public void run(HostTensor[] inputs, HostTensor[] outputs) {
        if (whole != null) {
            whole.operands(inputs, known);
            whole.result(outputs[0]);
            whole.compute();
            whole.forget();
        } else if (nest.instructions().size() == 1
                && nest.instructions().get(0).primitive() instanceof Pointwise op) {
            var arguments = nest.instructions().get(0).arguments();
            var operands = new HostTensor[arguments.size()];
            for (int i = 0; i < operands.length; i++) {
                operands[i] = inputs[arguments.get(i)];
            }
            op.run(operands, outputs);
        } else {
            Parallel.loop(size, CHUNK, (from, to) -> chunk(inputs, outputs[0], from, to));
        }
    }

    private void chunk(HostTensor[] inputs, HostTensor output, int from, int to) {
        var scratch = spare.poll();
        if (scratch == null) {
            scratch = new Scratch(Shape.of(BLOCK), true);
        }
        scratch.operands(inputs, new boolean[inputs.length]);
        int lanes = output.dtype().lanes();
        for (int start = from; start < to; start += BLOCK) {
            int n = Math.min(BLOCK, to - start);
            var block = n == BLOCK ? scratch : new Scratch(Shape.of(n), true);
            if (block != scratch) {
                block.operands(inputs, new boolean[inputs.length]);
            }
            block.load(inputs, start, n);
            block.compute();
            System.arraycopy(block.stored.array(), 0, output.array(), start * lanes, n * lanes);
        }
        scratch.forget();
        spare.add(scratch);
    }

    /**
     * The registers of a nest over one block, and the tensors over them that each instruction reads
     * and writes.
     */
    @SuppressWarnings(
            "NullAway") // registers of operands that are read in place are put in at the beginning
    // of each run
    private final class Scratch {
        final Shape block;
        final Elementwise[] primitives;
        final HostTensor[][] reads;
        final HostTensor[][] writes;

        /**
         * Copies of operands: blocks of full ones when {@code copies}, filled blocks of scalars;
         * null where operands are read in place.
         */
        final @Nullable HostTensor[] copied;

        final int[][] places;
        boolean filled;
        HostTensor stored;

        Scratch(Shape block, boolean copies) {
            this.block = block;
            var instructions = nest.instructions();
            int operands = nest.operands().size();
            primitives =
                    instructions.stream()
                            .map(Nest.Instruction::primitive)
                            .toArray(Elementwise[]::new);
            reads = new HostTensor[primitives.length][];
            writes = new HostTensor[primitives.length][1];
            copied = new HostTensor[operands];
            for (int i = 0; i < operands; i++) {
                var operand = nest.operands().get(i);
                boolean fills =
                        operand.scalar()
                                && (operand.dtype() == DType.FLOAT32
                                        || operand.dtype() == DType.FLOAT64);
                if (fills || copies && !operand.scalar()) {
                    copied[i] = HostTensor.allocate(operand.dtype(), block);
                }
            }
            var registers = registers(operands, copies);
            stored = registers[registers.length - 1];
            var found = new ArrayList<int[]>();
            for (int i = 0; i < primitives.length; i++) {
                var arguments = instructions.get(i).arguments();
                reads[i] = new HostTensor[arguments.size()];
                for (int k = 0; k < arguments.size(); k++) {
                    int register = arguments.get(k);
                    reads[i][k] = registers[register];
                    if (register < operands && copied[register] == null) {
                        found.add(new int[] {i, k, register});
                    }
                }
                writes[i][0] = registers[operands + i];
            }
            places = found.toArray(int[][]::new);
        }

        /**
         * Gives instructions arrays for their results; an array is used again after its last
         * reader.
         */
        private HostTensor[] registers(int operands, boolean copies) {
            int n = operands + nest.instructions().size();
            var registers = Arrays.copyOf(copied, n);
            var last = new int[n];
            for (int i = 0; i < nest.instructions().size(); i++) {
                for (int register : nest.instructions().get(i).arguments().toArray()) {
                    last[register] = i;
                }
            }
            var free = new HashMap<DType, ArrayList<HostTensor>>();
            for (int i = 0; i < nest.instructions().size(); i++) {
                int register = operands + i;
                boolean result = register == n - 1;
                if (!result || copies) {
                    var dtype = nest.dtype(register);
                    var same = free.get(dtype);
                    registers[register] =
                            same == null || same.isEmpty()
                                    ? HostTensor.allocate(dtype, block)
                                    : same.removeLast();
                }
                for (int read :
                        Arrays.stream(nest.instructions().get(i).arguments().toArray())
                                .distinct()
                                .toArray()) {
                    if (read >= operands && last[read] == i) {
                        free.computeIfAbsent(nest.dtype(read), d -> new ArrayList<>())
                                .add(registers[read]);
                    }
                }
            }
            return registers;
        }

        /** Takes over the operands that are read in place, and fills blocks with scalars. */
        void operands(HostTensor[] inputs, boolean[] unchanged) {
            for (var place : places) {
                reads[place[0]][place[1]] = inputs[place[2]];
            }
            for (int i = 0; i < copied.length; i++) {
                var copy = copied[i];
                if (copy != null && nest.operands().get(i).scalar() && !(filled && unchanged[i])) {
                    switch (copy.array()) {
                        case float[] a -> Arrays.fill(a, ((float[]) inputs[i].array())[0]);
                        case double[] a -> Arrays.fill(a, ((double[]) inputs[i].array())[0]);
                        default -> throw new IllegalStateException("not filled: " + copy.type());
                    }
                }
            }
            filled = true;
        }

        void result(HostTensor output) {
            writes[writes.length - 1][0] = output;
        }

        /** Lets go of operands and results, which may be arguments and outputs of the program. */
        void forget() {
            for (var place : places) {
                reads[place[0]][place[1]] = null;
            }
            if (stored == null) {
                writes[writes.length - 1][0] = null;
            }
        }

        void load(HostTensor[] inputs, int start, int n) {
            for (int i = 0; i < copied.length; i++) {
                var copy = copied[i];
                if (copy != null && !nest.operands().get(i).scalar()) {
                    int lanes = copy.dtype().lanes();
                    System.arraycopy(inputs[i].array(), start * lanes, copy.array(), 0, n * lanes);
                }
            }
        }

        void compute() {
            for (int i = 0; i < primitives.length; i++) {
                primitives[i].run(reads[i], writes[i]);
            }
        }
    }

    @Override
    public String toString() {
        return new TensorType(nest.dtype(nest.results().get(0)), shape) + " " + nest.text();
    }
}
