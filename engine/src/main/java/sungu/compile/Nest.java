package sungu.compile;

import sungu.primitive.Elementwise;
import sungu.tensor.DType;
import sungu.tensor.Ints;

import java.util.List;
import java.util.StringJoiner;

/**
 * A fused elementwise loop, without its length: for each index, the instructions run in order on
 * the operands' elements, and some registers are stored. Equal nests can share one kernel, whatever
 * the shapes are.
 *
 * <p>Registers are numbered: first the operands, then the results of the instructions.
 *
 * @param operands what is read
 * @param instructions what is computed, in order
 * @param results the registers that are stored, one per output
 */
public record Nest(List<Operand> operands, List<Instruction> instructions, Ints results) {
    /**
     * One operand.
     *
     * @param scalar whether the same single element is read at every index
     */
    public record Operand(DType dtype, boolean scalar) {}

    /**
     * One instruction.
     *
     * @param dtype the type of its result
     * @param arguments the registers that it reads
     */
    public record Instruction(Elementwise primitive, DType dtype, Ints arguments) {}

    /** The element type of a register. */
    public DType dtype(int register) {
        return register < operands.size()
                ? operands.get(register).dtype()
                : instructions.get(register - operands.size()).dtype();
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
                            + (operands.get(i).scalar() ? "" : "[n]"));
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
                    .append(" = ")
                    .append(instruction.primitive().label())
                    .append(arguments)
                    .append('\n');
        }
        var stored = new StringJoiner(", ");
        for (int register : results.toArray()) {
            stored.add("r" + register);
        }
        return text.append("  store ").append(stored).append("\n}").toString();
    }
}
