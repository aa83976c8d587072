package sungu.bytecode;

import sungu.compile.Nest;
import sungu.compile.Nest.Level;
import sungu.tensor.HostTensor;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;

/**
 * The local variables of an emitted method: its parameters, the arrays of operands and results, and
 * the values of scalar operands.
 */
final class Frame {
    static final ClassDesc TENSOR = ClassDesc.of(HostTensor.class.getName());
    static final ClassDesc OBJECTS = ConstantDescs.CD_Object.arrayType();

    /** The type of the emitted methods: {@link Loops#run} without the number. */
    static final MethodTypeDesc TYPE =
            MethodTypeDesc.of(
                    ConstantDescs.CD_void,
                    TENSOR.arrayType(),
                    ConstantDescs.CD_int,
                    TENSOR.arrayType(),
                    ConstantDescs.CD_int,
                    OBJECTS,
                    ConstantDescs.CD_int,
                    ConstantDescs.CD_int);

    private static final MethodTypeDesc ARRAY = MethodTypeDesc.of(ConstantDescs.CD_Object);

    static final int INPUTS = 0;
    static final int INPUT = 1;
    static final int OUTPUTS = 2;
    static final int OUTPUT = 3;
    static final int SCRATCH = 4;
    static final int FROM = 5;
    static final int TO = 6;

    final CodeBuilder code;

    /** Per operand the variable of its array or, of a scalar, of its value. */
    final int[] operands;

    /** Per result the variable of its array. */
    final int[] results;

    /** Loads everything into variables. */
    Frame(CodeBuilder code, Nest nest) {
        this.code = code;
        operands = new int[nest.operands().size()];
        results = new int[nest.results().size()];
        for (int i = 0; i < operands.length; i++) {
            var kind = kind(nest, i);
            array(INPUTS, INPUT, i, kind);
            if (nest.operands().get(i).level() == Level.SCALAR) {
                code.iconst_0().arrayLoad(kind.element);
                operands[i] = code.allocateLocal(kind.local);
                code.storeLocal(kind.local, operands[i]);
            } else {
                operands[i] = store();
            }
        }
        for (int i = 0; i < results.length; i++) {
            array(OUTPUTS, OUTPUT, i, kind(nest, nest.results().get(i).register()));
            results[i] = store();
        }
    }

    private void array(int tensors, int first, int index, Kind kind) {
        code.aload(tensors).iload(first).loadConstant(index).iadd().aaload();
        code.invokevirtual(TENSOR, "array", ARRAY).checkcast(kind.array);
    }

    private int store() {
        int slot = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(slot);
        return slot;
    }

    /** Loads an array of the scratch into a variable. */
    int scratch(int index, Kind kind) {
        code.aload(SCRATCH).loadConstant(index).aaload().checkcast(kind.array);
        return store();
    }

    /** A variable for an int. */
    int counter() {
        return code.allocateLocal(TypeKind.INT);
    }

    /** The kind of a register. */
    static Kind kind(Nest nest, int register) {
        var kind = Kind.of(nest.dtype(register));
        if (kind == null) {
            throw new IllegalStateException("no code for " + nest.dtype(register));
        }
        return kind;
    }

    /** The kinds of what an instruction reads. */
    static List<Kind> kinds(Nest nest, Nest.Instruction instruction) {
        var kinds = new ArrayList<Kind>();
        for (int register : instruction.arguments().toArray()) {
            kinds.add(kind(nest, register));
        }
        return kinds;
    }
}
