package sungu.bytecode;

import org.jspecify.annotations.Nullable;

import sungu.compile.Nest;
import sungu.compile.Nest.Level;
import sungu.primitive.Pointwise;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A {@linkplain Nest#flat flat} nest: a loop over one index, which runs over blocks.
 *
 * <p>HotSpot turns a loop into vector code only when its body is small. So the results of a nest
 * over many elements are spread over several loops, each a method of its own, and a block passes
 * through all of them while it is in the first-level cache. Each loop computes one result from
 * operands and from results of the loops before.
 */
final class FlatMethod implements Method {
    /** Elements of a block: eight arrays of floats of that size fill the first-level cache. */
    private static final int BLOCK = 1024;

    /**
     * Up to so many arrays and instructions in a loop (an array counts twice) HotSpot emits vector
     * code; found by trial, with a margin.
     */
    private static final int VECTORISED = 18;

    private final Nest nest;
    private final List<Loop> loops;

    private FlatMethod(Nest nest, List<Loop> loops) {
        this.nest = nest;
        this.loops = loops;
    }

    /**
     * The method of a nest over few elements, in one loop; null when some instruction has no code.
     */
    static @Nullable FlatMethod small(Nest nest) {
        if (!supported(nest)) {
            return null;
        }
        var loop = new Loop(nest, range(nest.instructions().size()), range(nest.results().size()));
        return new FlatMethod(nest, List.of(loop));
    }

    private static List<Integer> range(int size) {
        return IntStream.range(0, size).boxed().toList();
    }

    /** The method of a nest over many elements; null unless all of it becomes vector code. */
    static @Nullable FlatMethod large(Nest nest) {
        if (!supported(nest) || !vectorised(nest)) {
            return null;
        }
        var loops = new ArrayList<Loop>();
        for (int i = 0; i < nest.results().size(); i++) {
            var instructions = new TreeSet<Integer>();
            var arrays = new TreeSet<Integer>();
            collect(nest, nest.results().get(i).register(), i, instructions, arrays);
            if (instructions.isEmpty()
                    || 2 * (arrays.size() + 1) + instructions.size() > VECTORISED) {
                return null;
            }
            loops.add(new Loop(nest, List.copyOf(instructions), List.of(i)));
        }
        return new FlatMethod(nest, loops);
    }

    /** Finds what a result takes, back to operands and to the results before it. */
    private static void collect(
            Nest nest, int register, int result, Set<Integer> instructions, Set<Integer> arrays) {
        int operands = nest.operands().size();
        if (register < operands) {
            if (nest.operands().get(register).level() == Level.FULL) {
                arrays.add(register);
            }
        } else if (earlier(nest, register, result) >= 0) {
            arrays.add(register);
        } else if (instructions.add(register - operands)) {
            for (int argument :
                    nest.instructions().get(register - operands).arguments().toArray()) {
                collect(nest, argument, result, instructions, arrays);
            }
        }
    }

    /** The result before {@code result} that is this register, or -1. */
    private static int earlier(Nest nest, int register, int result) {
        for (int i = 0; i < result; i++) {
            if (nest.results().get(i).register() == register) {
                return i;
            }
        }
        return -1;
    }

    private static boolean supported(Nest nest) {
        return nest.instructions().stream().allMatch(i -> ElementCode.supports(nest, i));
    }

    private static boolean vectorised(Nest nest) {
        return nest.operands().stream().allMatch(o -> Kind.of(o.dtype()) == Kind.FLOAT)
                && nest.instructions().stream()
                        .allMatch(i -> i.action() instanceof Pointwise op && vectorised(op));
    }

    private static boolean vectorised(Pointwise op) {
        return switch (op) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, NEGATE, ABS, SQRT, MINIMUM, MAXIMUM -> true;
            default -> false;
        };
    }

    @Override
    public Object[] scratch() {
        return new Object[0];
    }

    @Override
    public boolean splits() {
        return true;
    }

    @Override
    public boolean inPlace() {
        return loops.size() == 1;
    }

    @Override
    public List<Part> parts() {
        return loops.stream().map(loop -> new Part(loop.type, loop::write)).toList();
    }

    @Override
    public void write(CodeBuilder code, String name) {
        var frame = new Frame(code, nest);
        int end = frame.counter();
        var next = code.newLabel();
        var done = code.newLabel();
        code.labelBinding(next).iload(Frame.FROM).iload(Frame.TO).if_icmpge(done);
        code.iload(Frame.FROM).loadConstant(BLOCK).iadd().iload(Frame.TO);
        code.invokestatic(
                ClassDesc.of("java.lang.Math"),
                "min",
                MethodTypeDesc.of(
                        ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int));
        code.istore(end);
        for (int i = 0; i < loops.size(); i++) {
            loops.get(i).arguments(frame, end);
            code.invokestatic(ProgramClass.NAME, name + "_" + i, loops.get(i).type);
        }
        code.iload(end).istore(Frame.FROM).goto_(next);
        code.labelBinding(done).return_();
    }
}
