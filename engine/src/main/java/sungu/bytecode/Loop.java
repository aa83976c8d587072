package sungu.bytecode;

import sungu.compile.Nest;
import sungu.compile.Nest.Level;
import sungu.tensor.Ints;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * One loop of a flat nest as a method: its parameters are the arrays and scalars that it reads, the
 * arrays of its results, and the borders.
 */
final class Loop {
    final MethodTypeDesc type;
    private final Nest nest;
    private final List<Integer> instructions;
    private final List<Integer> results;

    /** The registers that come from outside. */
    private final Ints read;

    /**
     * A loop that computes some results of a nest.
     *
     * @param instructions what is computed, in order
     * @param results the numbers of the results that are stored
     */
    Loop(Nest nest, List<Integer> instructions, List<Integer> results) {
        this.nest = nest;
        this.instructions = instructions;
        this.results = results;
        int operands = nest.operands().size();
        var outside = new TreeSet<Integer>();
        for (int k : instructions) {
            for (int register : nest.instructions().get(k).arguments().toArray()) {
                if (register < operands || !instructions.contains(register - operands)) {
                    outside.add(register);
                }
            }
        }
        for (int i : results) {
            if (nest.results().get(i).register() < operands) {
                outside.add(nest.results().get(i).register());
            }
        }
        read = Ints.of(outside.stream().mapToInt(Integer::intValue).toArray());
        var parameters = new ArrayList<ClassDesc>();
        for (int register : outside) {
            var kind = Frame.kind(nest, register);
            parameters.add(isScalar(register) ? kind.local.upperBound() : kind.array);
        }
        for (int i : results) {
            parameters.add(Frame.kind(nest, nest.results().get(i).register()).array);
        }
        parameters.add(ConstantDescs.CD_int);
        parameters.add(ConstantDescs.CD_int);
        type = MethodTypeDesc.of(ConstantDescs.CD_void, parameters);
    }

    private boolean isScalar(int register) {
        return register < nest.operands().size()
                && nest.operands().get(register).level() == Level.SCALAR;
    }

    /** Loads the arguments, up to the index in a variable. */
    void arguments(Frame frame, int end) {
        var code = frame.code;
        for (int register : read.toArray()) {
            if (isScalar(register)) {
                code.loadLocal(Frame.kind(nest, register).local, frame.operands[register]);
            } else if (register < frame.operands.length) {
                code.aload(frame.operands[register]);
            } else {
                code.aload(frame.results[resultOf(register)]);
            }
        }
        for (int i : results) {
            code.aload(frame.results[i]);
        }
        code.iload(Frame.FROM).iload(end);
    }

    private int resultOf(int register) {
        int i = 0;
        while (nest.results().get(i).register() != register) {
            i++;
        }
        return i;
    }

    /** Writes the body. */
    void write(CodeBuilder code) {
        int operands = nest.operands().size();
        var variables = new int[operands + nest.instructions().size()];
        int slot = 0;
        for (int i = 0; i < read.size(); i++) {
            variables[read.get(i)] = slot;
            slot += type.parameterType(i).equals(ConstantDescs.CD_long) ? 2 : 1;
        }
        int firstResult = slot;
        int from = firstResult + results.size();
        int to = from + 1;
        var next = code.newLabel();
        var done = code.newLabel();
        code.labelBinding(next).iload(from).iload(to).if_icmpge(done);
        for (int register : read.toArray()) {
            if (!isScalar(register)) {
                var kind = Frame.kind(nest, register);
                code.aload(variables[register]).iload(from).arrayLoad(kind.element);
                variables[register] = stored(code, kind);
            }
        }
        for (int k : instructions) {
            var instruction = nest.instructions().get(k);
            for (int register : instruction.arguments().toArray()) {
                code.loadLocal(Frame.kind(nest, register).local, variables[register]);
            }
            var kind = Frame.kind(nest, operands + k);
            ElementCode.emit(code, instruction.action(), Frame.kinds(nest, instruction), kind);
            variables[operands + k] = stored(code, kind);
        }
        for (int i = 0; i < results.size(); i++) {
            int register = nest.results().get(results.get(i)).register();
            var kind = Frame.kind(nest, register);
            code.aload(firstResult + i).iload(from).loadLocal(kind.local, variables[register]);
            code.arrayStore(kind.element);
        }
        code.iinc(from, 1).goto_(next);
        code.labelBinding(done).return_();
    }

    private static int stored(CodeBuilder code, Kind kind) {
        int variable = code.allocateLocal(kind.local);
        code.storeLocal(kind.local, variable);
        return variable;
    }
}
