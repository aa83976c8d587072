package sungu.portable;

import org.jspecify.annotations.Nullable;

import sungu.compile.Nest;
import sungu.compile.Nest.Level;
import sungu.kernel.Fill;
import sungu.primitive.Primitive;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.TensorType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The registers of a nest over a block of rows and columns, in small arrays that stay in the
 * first-level cache, and the instructions over them one after the other.
 */
final class Block {
    final int rows;
    final int columns;

    /** Per register its elements in this block. */
    final HostTensor[] registers;

    /** The last run that has used this block, as its worker numbers them. */
    int run;

    /** Whether constants are in their registers. */
    boolean filled;

    private final Action[] actions;

    /**
     * One instruction with the blocks that it reads and writes, or the spreading of a row level.
     */
    private record Action(@Nullable Primitive primitive, HostTensor[] reads, HostTensor[] writes) {}

    Block(Nest nest, int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        int operands = nest.operands().size();
        registers = new HostTensor[operands + nest.instructions().size()];
        var free = new HashMap<TensorType, List<HostTensor>>();
        for (int i = 0; i < operands; i++) {
            registers[i] = HostTensor.allocate(nest.dtype(i), shape(operandLevel(nest, i)));
        }
        var spread = new HostTensor[registers.length];
        var last = lastReads(nest);
        var found = new ArrayList<Action>();
        for (int k = 0; k < nest.instructions().size(); k++) {
            var instruction = nest.instructions().get(k);
            var arguments = instruction.arguments();
            var reads = new HostTensor[arguments.size()];
            boolean wide =
                    instruction.level() == Level.FULL
                            || !(instruction.action() instanceof sungu.primitive.Elementwise);
            for (int i = 0; i < reads.length; i++) {
                int register = arguments.get(i);
                reads[i] = registers[register];
                if (wide && nest.level(register) == Level.ROW) {
                    if (spread[register] == null) {
                        spread[register] = take(free, nest.dtype(register), Level.FULL);
                        found.add(
                                new Action(
                                        null,
                                        new HostTensor[] {registers[register]},
                                        new HostTensor[] {spread[register]}));
                    }
                    reads[i] = spread[register];
                }
            }
            if (allScalars(reads)) {
                // Kernels take scalars beside full operands only.
                for (int i = 0; i < reads.length; i++) {
                    var filled = HostTensor.allocate(reads[i].dtype(), shape(instruction.level()));
                    found.add(
                            new Action(
                                    null, new HostTensor[] {reads[i]}, new HostTensor[] {filled}));
                    reads[i] = filled;
                }
            }
            var result = take(free, instruction.dtype(), instruction.level());
            registers[operands + k] = result;
            found.add(new Action(instruction.action(), reads, new HostTensor[] {result}));
            for (int register : Arrays.stream(arguments.toArray()).distinct().toArray()) {
                if (last[register] == k) {
                    give(free, spread[register]);
                    if (register >= operands) {
                        give(free, registers[register]);
                    }
                }
            }
        }
        actions = found.toArray(Action[]::new);
    }

    private static boolean allScalars(HostTensor[] reads) {
        return Arrays.stream(reads).allMatch(read -> read.rank() == 0);
    }

    /** Double scalars fill a whole block, for their loops have one common index. */
    private static Level operandLevel(Nest nest, int register) {
        var operand = nest.operands().get(register);
        boolean fills = operand.level() == Level.SCALAR && operand.dtype() == DType.FLOAT64;
        return fills || operand.level() == Level.VIEW ? Level.FULL : operand.level();
    }

    private Shape shape(Level level) {
        return switch (level) {
            case SCALAR -> Shape.SCALAR;
            case ROW -> Shape.of(rows);
            case FULL, VIEW -> Shape.of(rows, columns);
        };
    }

    private HostTensor take(Map<TensorType, List<HostTensor>> free, DType dtype, Level level) {
        var same = free.get(new TensorType(dtype, shape(level)));
        return same == null || same.isEmpty()
                ? HostTensor.allocate(dtype, shape(level))
                : same.removeLast();
    }

    private static void give(Map<TensorType, List<HostTensor>> free, @Nullable HostTensor block) {
        if (block != null) {
            free.computeIfAbsent(block.type(), k -> new ArrayList<>()).add(block);
        }
    }

    /** Per register the last instruction that reads it; those that leave are never given back. */
    private static int[] lastReads(Nest nest) {
        var last = new int[nest.operands().size() + nest.instructions().size()];
        for (int k = 0; k < nest.instructions().size(); k++) {
            for (int register : nest.instructions().get(k).arguments().toArray()) {
                last[register] = k;
            }
        }
        nest.results().forEach(result -> last[result.register()] = Integer.MAX_VALUE);
        return last;
    }

    /** Runs all instructions. */
    void compute() {
        for (var action : actions) {
            var primitive = action.primitive;
            if (primitive == null) {
                spread(action.reads[0], action.writes[0]);
            } else {
                primitive.run(action.reads, action.writes);
            }
        }
    }

    private void spread(HostTensor from, HostTensor to) {
        int lanes = to.dtype().lanes();
        if (from.rank() == 0) {
            Fill.strided(from.array(), 0, 0, to.array(), 0, to.size(), lanes);
        } else {
            Fill.rows(from.array(), to.array(), rows, columns, lanes);
        }
    }
}
