package sungu.compile;

import org.jspecify.annotations.Nullable;

import sungu.primitive.AxisReduction;
import sungu.primitive.Primitive;
import sungu.primitive.Reduce;
import sungu.tensor.DType;
import sungu.tensor.Ints;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * A fused loop over rows and columns, without its sizes: for each row, the instructions run in
 * order on the operands' elements, and some registers are stored or folded over all rows. Equal
 * nests can share one kernel, whatever the shapes are; {@link Extent} holds the sizes.
 *
 * <p>Registers are numbered: first the operands, then the results of the instructions. A register
 * holds one element per row and column or, at the level {@link Level#ROW}, one per row; an
 * instruction at full level that reads such a register sees its element in each column.
 *
 * @param operands what is read
 * @param instructions what is computed, in order
 * @param results the registers that leave, one per output
 */
public record Nest(List<Operand> operands, List<Instruction> instructions, List<Result> results) {
    /** How a register or operand follows the loop. */
    public enum Level {
        /** The same single element everywhere. */
        SCALAR,
        /** One element per row. */
        ROW,
        /** One element per row and column, in their order. */
        FULL,
        /** One element per row and column, found by the strides that the extent names. */
        VIEW
    }

    /** One operand. */
    public record Operand(DType dtype, Level level) {}

    /**
     * One instruction.
     *
     * @param action an elementwise primitive, or a reduction of axis 1 that takes all columns of a
     *     row to one element
     * @param dtype the type of its result
     * @param level the level of its result
     * @param arguments the registers that it reads
     */
    public record Instruction(Primitive action, DType dtype, Level level, Ints arguments) {}

    /**
     * One result.
     *
     * @param register what leaves
     * @param fold a reduction of axis 0 that takes all rows to one; null when each element is
     *     stored
     * @param columnsToo whether columns are folded as well, to a single element
     */
    public record Result(int register, @Nullable AxisReduction fold, boolean columnsToo) {}

    /** The element type of a register. */
    public DType dtype(int register) {
        return register < operands.size()
                ? operands.get(register).dtype()
                : instructions.get(register - operands.size()).dtype();
    }

    /** The level of a register; views count as full. */
    public Level level(int register) {
        var level =
                register < operands.size()
                        ? operands.get(register).level()
                        : instructions.get(register - operands.size()).level();
        return level == Level.VIEW ? Level.FULL : level;
    }

    /** Whether each index is computed by itself: no rows, no views, nothing folded. */
    public boolean flat() {
        return operands.stream().allMatch(o -> o.level() == Level.FULL || o.level() == Level.SCALAR)
                && instructions.stream().allMatch(i -> i.level() == Level.FULL)
                && results.stream().allMatch(r -> r.fold() == null);
    }

    /** Whether some register holds one element per row: then rows are not split. */
    public boolean hasRows() {
        return operands.stream().anyMatch(o -> o.level() == Level.ROW)
                || instructions.stream().anyMatch(i -> i.level() == Level.ROW);
    }

    /** The nest as text, a line per instruction. */
    public String text() {
        var head = new StringJoiner(", ", "nest(", ") {\n");
        for (int i = 0; i < operands.size(); i++) {
            head.add(
                    "r"
                            + i
                            + ": "
                            + operands.get(i).dtype().code()
                            + suffix(operands.get(i).level()));
        }
        var text = new StringBuilder(head.toString());
        for (int i = 0; i < instructions.size(); i++) {
            var instruction = instructions.get(i);
            var arguments = new StringJoiner(", ", "(", ")");
            for (int register : instruction.arguments().toArray()) {
                arguments.add("r" + register);
            }
            text.append("  r")
                    .append(operands.size() + i)
                    .append(": ")
                    .append(instruction.dtype().code())
                    .append(suffix(instruction.level()))
                    .append(" = ")
                    .append(name(instruction.action()))
                    .append(instruction.action() instanceof AxisReduction ? " of columns" : "")
                    .append(arguments)
                    .append('\n');
        }
        for (var result : results) {
            text.append("  ")
                    .append(
                            result.fold() == null
                                    ? "store"
                                    : name(result.fold())
                                            + (result.columnsToo() ? " of all" : " over rows"))
                    .append(" r")
                    .append(result.register())
                    .append('\n');
        }
        return text.append("}").toString();
    }

    private static String name(Primitive action) {
        return action instanceof Reduce reduce
                ? reduce.fold().name().toLowerCase(Locale.ROOT)
                : action.label();
    }

    private static String suffix(Level level) {
        return switch (level) {
            case SCALAR -> "";
            case ROW -> "[row]";
            case FULL -> "[row, column]";
            case VIEW -> "[view]";
        };
    }
}
