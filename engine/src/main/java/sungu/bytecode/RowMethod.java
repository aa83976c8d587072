package sungu.bytecode;

import org.jspecify.annotations.Nullable;

import sungu.compile.Extent;
import sungu.compile.Extent.Access;
import sungu.compile.Nest;
import sungu.compile.Nest.Level;
import sungu.primitive.ArgReduce;
import sungu.primitive.Reduce;
import sungu.primitive.Reduce.Fold;
import sungu.tensor.DType;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A small nest over rows and columns: for each row, a loop over its columns up to the first
 * reduction, what follows from that for the row, a loop up to the next one, and so on. What later
 * loops and reductions read lies in scratch arrays, all else in local variables; results are copied
 * out at the end, for they may lie where operands do.
 */
final class RowMethod implements Method {
    private final Nest nest;
    private final Extent extent;
    private final int operands;

    /** Per instruction the loop over columns in which it runs, or after which. */
    private final int[] stage;

    private final int stages;

    /** Per register its array in the scratch, or -1. */
    private final int[] buffer;

    private final List<Integer> buffered = new ArrayList<>();

    private RowMethod(Nest nest, Extent extent) {
        this.nest = nest;
        this.extent = extent;
        operands = nest.operands().size();
        stage = new int[nest.instructions().size()];
        buffer = new int[operands + stage.length];
        Arrays.fill(buffer, -1);
        int last = 0;
        for (int k = 0; k < stage.length; k++) {
            for (int register : nest.instructions().get(k).arguments().toArray()) {
                if (register >= operands) {
                    boolean waits = isFull(operands + k) && !isFull(register);
                    stage[k] = Math.max(stage[k], stage[register - operands] + (waits ? 1 : 0));
                }
            }
            last = Math.max(last, stage[k]);
        }
        stages = last + 1;
        for (int k = 0; k < stage.length; k++) {
            for (int register : nest.instructions().get(k).arguments().toArray()) {
                boolean later =
                        register >= operands
                                && isFull(register)
                                && (!isFull(operands + k) || stage[register - operands] < stage[k]);
                if (later) {
                    keep(register);
                }
            }
        }
        nest.results().forEach(result -> keep(result.register()));
    }

    /**
     * The method of a nest, or null where some instruction has no code. The nest must be so small
     * that the portable executor runs it as one block: then sums have the same order.
     */
    static @Nullable RowMethod of(Nest nest, Extent extent) {
        boolean supported =
                nest.instructions().stream().allMatch(i -> supported(nest, i))
                        && nest.results().stream().allMatch(r -> supported(nest, r));
        return supported ? new RowMethod(nest, extent) : null;
    }

    private static boolean supported(Nest nest, Nest.Instruction instruction) {
        int register = instruction.arguments().get(0);
        if (!folds(instruction)) {
            return ElementCode.supports(nest, instruction);
        }
        // Rows of an operand lie one behind the other unless it is a view.
        boolean rows =
                register >= nest.operands().size()
                        ? nest.level(register) == Level.FULL
                        : nest.operands().get(register).level() == Level.FULL;
        return rows
                && ElementCode.function(rowFold(instruction), row(Frame.kind(nest, register)))
                        != null;
    }

    private static boolean folds(Nest.Instruction instruction) {
        return instruction.action() instanceof Reduce || instruction.action() instanceof ArgReduce;
    }

    private static boolean supported(Nest nest, Nest.Result result) {
        if (result.register() < nest.operands().size()) {
            return false;
        }
        return result.fold() == null
                || nest.dtype(result.register()) == DType.FLOAT32
                        && (result.columnsToo() || nest.level(result.register()) == Level.FULL)
                        && result.fold() instanceof Reduce reduce
                        && ElementCode.function(name(reduce.fold()), matrix()) != null;
    }

    private static List<ClassDesc> row(Kind kind) {
        return List.of(kind.array, ConstantDescs.CD_int, ConstantDescs.CD_int);
    }

    private static List<ClassDesc> matrix() {
        return List.of(
                Kind.FLOAT.array, ConstantDescs.CD_int, ConstantDescs.CD_int, Kind.FLOAT.array);
    }

    private static String rowFold(Nest.Instruction instruction) {
        return instruction.action() instanceof Reduce reduce
                ? name(reduce.fold())
                : instruction.action().label();
    }

    private static String name(Fold fold) {
        return fold.name().toLowerCase(Locale.ROOT);
    }

    private boolean isFull(int register) {
        return nest.level(register) == Level.FULL;
    }

    private void keep(int register) {
        if (buffer[register] < 0) {
            buffer[register] = buffered.size();
            buffered.add(register);
        }
    }

    @Override
    public Object[] scratch() {
        return buffered.stream()
                .map(register -> Frame.kind(nest, register).newArray(size(register)))
                .toArray();
    }

    private int size(int register) {
        return isFull(register) ? extent.size() : extent.rows();
    }

    @Override
    public boolean splits() {
        return false;
    }

    @Override
    public boolean inPlace() {
        return true;
    }

    @Override
    public List<Part> parts() {
        return List.of();
    }

    @Override
    public void write(CodeBuilder code, String name) {
        new Body(code).write();
    }

    /** The code of the method and its variables. */
    private final class Body {
        private final CodeBuilder code;
        private final Frame frame;
        private final int row;
        private final int column;

        /** The index of the element: row * columns + column. */
        private final int index;

        /** Per operand that is a view the index of the element. */
        private final int[] views;

        /** Per register the variable of its array in the scratch. */
        private final int[] arrays;

        /** Per register the variable of its value, in this row or element. */
        private final int[] values;

        /** Per register the loop that has its element in a variable, or -1. */
        private final int[] loaded;

        Body(CodeBuilder code) {
            this.code = code;
            frame = new Frame(code, nest);
            row = frame.counter();
            column = frame.counter();
            index = frame.counter();
            views = new int[operands];
            arrays = new int[buffer.length];
            values = new int[buffer.length];
            loaded = new int[buffer.length];
            Arrays.fill(loaded, -1);
            for (int i = 0; i < operands; i++) {
                if (nest.operands().get(i).level() == Level.VIEW) {
                    views[i] = frame.counter();
                }
            }
            for (int i = 0; i < buffered.size(); i++) {
                int register = buffered.get(i);
                arrays[register] = frame.scratch(i, Frame.kind(nest, register));
            }
            for (int i = 0; i < values.length; i++) {
                values[i] =
                        i < operands && nest.operands().get(i).level() == Level.SCALAR
                                ? frame.operands[i]
                                : code.allocateLocal(Frame.kind(nest, i).local);
            }
        }

        void write() {
            var next = code.newLabel();
            var done = code.newLabel();
            code.iconst_0().istore(row).iconst_0().istore(index);
            code.labelBinding(next);
            code.iload(row).loadConstant(extent.rows()).if_icmpge(done);
            for (int i = 0; i < operands; i++) {
                if (nest.operands().get(i).level() == Level.ROW) {
                    load(i, frame.operands[i], row);
                }
            }
            for (int s = 0; s < stages; s++) {
                columns(s);
                rowValues(s);
            }
            code.iload(index).loadConstant(extent.columns()).iadd().istore(index);
            code.iinc(row, 1).goto_(next);
            code.labelBinding(done);
            for (int i = 0; i < nest.results().size(); i++) {
                leave(nest.results().get(i), frame.results[i]);
            }
            code.return_();
        }

        private void load(int register, int array, int at) {
            var kind = Frame.kind(nest, register);
            code.aload(array).iload(at).arrayLoad(kind.element);
            code.storeLocal(kind.local, values[register]);
        }

        /** The loop over the columns of a row that computes what belongs to a stage. */
        private void columns(int s) {
            var here = new ArrayList<Integer>();
            for (int k = 0; k < stage.length; k++) {
                if (stage[k] == s && isFull(operands + k)) {
                    here.add(k);
                }
            }
            if (here.isEmpty()) {
                return;
            }
            for (int i = 0; i < operands; i++) {
                var access = extent.accesses().get(i);
                if (nest.operands().get(i).level() == Level.VIEW
                        && access != null
                        && reads(here, i)) {
                    start(access);
                    code.istore(views[i]);
                }
            }
            var next = code.newLabel();
            var done = code.newLabel();
            code.iconst_0().istore(column).labelBinding(next);
            code.iload(column).loadConstant(extent.columns()).if_icmpge(done);
            for (int k : here) {
                element(s, k);
            }
            for (int i = 0; i < operands; i++) {
                var access = extent.accesses().get(i);
                if (nest.operands().get(i).level() == Level.VIEW
                        && access != null
                        && access.inner() != 0
                        && reads(here, i)) {
                    code.iload(views[i]).loadConstant(access.inner()).iadd().istore(views[i]);
                }
            }
            code.iinc(index, 1).iinc(column, 1).goto_(next);
            code.labelBinding(done);
            code.iload(index).loadConstant(extent.columns()).isub().istore(index);
        }

        private boolean reads(List<Integer> instructions, int register) {
            return instructions.stream()
                    .anyMatch(k -> nest.instructions().get(k).arguments().contains(register));
        }

        /** Leaves the index of the first element of this row on the stack. */
        private void start(Access access) {
            code.loadConstant(access.offset());
            int rest = 1;
            for (int i = access.dims().size() - 1; i >= 0; i--) {
                int dim = access.dims().get(i);
                if (dim > 1 && access.strides().get(i) != 0) {
                    code.iload(row).loadConstant(rest).idiv();
                    code.loadConstant(dim).irem();
                    code.loadConstant(access.strides().get(i)).imul().iadd();
                }
                rest *= dim;
            }
        }

        private void element(int s, int k) {
            var instruction = nest.instructions().get(k);
            for (int register : instruction.arguments().toArray()) {
                if (isFull(register) && loaded[register] != s) {
                    if (register < operands) {
                        boolean view = nest.operands().get(register).level() == Level.VIEW;
                        load(register, frame.operands[register], view ? views[register] : index);
                    } else {
                        load(register, arrays[register], index);
                    }
                    loaded[register] = s;
                }
            }
            compute(k);
            loaded[operands + k] = s;
            store(operands + k, index);
        }

        /** Computes an instruction from variables into its variable. */
        private void compute(int k) {
            var instruction = nest.instructions().get(k);
            for (int register : instruction.arguments().toArray()) {
                code.loadLocal(Frame.kind(nest, register).local, values[register]);
            }
            var kind = Frame.kind(nest, operands + k);
            ElementCode.emit(code, instruction.action(), Frame.kinds(nest, instruction), kind);
            code.storeLocal(kind.local, values[operands + k]);
        }

        private void store(int register, int at) {
            if (buffer[register] >= 0) {
                var kind = Frame.kind(nest, register);
                code.aload(arrays[register]).iload(at).loadLocal(kind.local, values[register]);
                code.arrayStore(kind.element);
            }
        }

        /** What a row comes to after the loop of a stage. */
        private void rowValues(int s) {
            for (int k = 0; k < stage.length; k++) {
                if (stage[k] != s || isFull(operands + k)) {
                    continue;
                }
                var instruction = nest.instructions().get(k);
                if (folds(instruction)) {
                    fold(k);
                } else {
                    compute(k);
                }
                store(operands + k, row);
            }
        }

        private void fold(int k) {
            var instruction = nest.instructions().get(k);
            int register = instruction.arguments().get(0);
            var from = Frame.kind(nest, register);
            var to = Frame.kind(nest, operands + k);
            code.aload(register < operands ? frame.operands[register] : arrays[register]);
            code.iload(index).loadConstant(extent.columns());
            ElementCode.call(code, rowFold(instruction), row(from));
            if (instruction.action() instanceof ArgReduce && to == Kind.LONG) {
                code.i2l();
            }
            code.storeLocal(to.local, values[operands + k]);
        }

        private void leave(Nest.Result result, int to) {
            int register = result.register();
            var fold = result.fold();
            code.aload(arrays[register]);
            if (!(fold instanceof Reduce reduce)) {
                code.iconst_0().aload(to).iconst_0().loadConstant(size(register));
                code.invokestatic(
                        ClassDesc.of("java.lang.System"),
                        "arraycopy",
                        MethodTypeDesc.ofDescriptor("(Ljava/lang/Object;ILjava/lang/Object;II)V"));
                return;
            }
            int rows = result.columnsToo() ? size(register) : extent.rows();
            code.loadConstant(rows).loadConstant(result.columnsToo() ? 1 : extent.columns());
            code.aload(to);
            ElementCode.call(code, name(reduce.fold()), matrix());
        }
    }
}
