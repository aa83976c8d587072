package sungu.bytecode;

import org.jspecify.annotations.Nullable;

import sungu.compile.Extent;
import sungu.compile.Nest;

import java.util.List;
import java.util.stream.IntStream;

/** Chooses the nests that are worth a method. */
public final class Bytecode {
    /**
     * So many elements cost less in plain code than kernels do for each instruction, even before
     * HotSpot has compiled it. It is less than what the portable executor runs as one block.
     */
    private static final int SMALL = 256;

    /** So many elements soon repay the time that a loop takes to become vector code. */
    private static final int LARGE = 4096;

    /** Registers of a nest whose method HotSpot would not compile: those above 8000 bytes. */
    private static final int LONG = 200;

    private Bytecode() {}

    /**
     * The method of a nest, or null where the portable executor does as well: it needs no warming
     * up, and its kernels are vector code.
     */
    public static @Nullable Method method(Nest nest, List<Extent> extents) {
        int size = extents.stream().mapToInt(Extent::size).sum();
        int registers = nest.operands().size() + nest.instructions().size();
        if (size == 0 || registers > LONG || !hasKinds(nest, registers)) {
            return null;
        }
        if (nest.flat()) {
            return size <= SMALL
                    ? FlatMethod.small(nest)
                    : size >= LARGE ? FlatMethod.large(nest) : null;
        }
        return size <= SMALL && extents.size() == 1 ? RowMethod.of(nest, extents.get(0)) : null;
    }

    private static boolean hasKinds(Nest nest, int registers) {
        return IntStream.range(0, registers).allMatch(i -> Kind.of(nest.dtype(i)) != null);
    }
}
