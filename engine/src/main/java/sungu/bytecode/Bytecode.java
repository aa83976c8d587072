package sungu.bytecode;

import org.jspecify.annotations.Nullable;

import sungu.compile.Extent;
import sungu.compile.Nest;
import sungu.compile.Nest.Level;
import sungu.primitive.Pointwise;

import java.util.List;

/** Chooses the nests that are worth a method. */
public final class Bytecode {
    /** Elements of what the portable executor runs as one block. */
    private static final int SMALL = 1024;

    /** The same where functions are called element by element that the executor has as loops. */
    private static final int CALLS = 128;

    /** Registers of a nest whose method HotSpot would not compile: those above 8000 bytes. */
    private static final int LONG = 200;

    private Bytecode() {}

    /**
     * The method of a nest, or null where the portable executor does as well: it needs no warming
     * up, and its kernels are vector code.
     */
    public static @Nullable Method method(Nest nest, List<Extent> extents) {
        int size = extents.stream().mapToInt(Extent::size).sum();
        if (size == 0 || nest.operands().size() + nest.instructions().size() > LONG) {
            return null;
        }
        boolean small = size <= (calls(nest) ? CALLS : SMALL);
        if (nest.flat()) {
            return small ? FlatMethod.small(nest) : FlatMethod.large(nest);
        }
        return small && extents.size() == 1 ? RowMethod.of(nest, extents.get(0)) : null;
    }

    /** Whether a function such as tanh is called in each column. */
    private static boolean calls(Nest nest) {
        return nest.instructions().stream()
                .anyMatch(i ->
                        i.level() == Level.FULL
                                && i.dtype().isFloating()
                                && i.action() instanceof Pointwise op
                                && !isInstruction(op));
    }

    private static boolean isInstruction(Pointwise op) {
        return switch (op) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, NEGATE, ABS, SQRT -> true;
            case MINIMUM, MAXIMUM, SELECT -> true;
            default -> false;
        };
    }
}
