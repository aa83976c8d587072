package sungu.tensor;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * What is known of a shape: all of it, some dimensions, the rank only, or nothing. Two partial
 * shapes are compatible if one shape could have both.
 *
 * @param known the dimensions, those not known as {@link Shape#UNKNOWN}; null if not even the rank
 *     is known
 */
public record TensorShape(@Nullable Shape known) {
    /** The shape of which nothing is known. */
    public static final TensorShape UNKNOWN = new TensorShape(null);

    /** The shape with these dimensions; {@link Shape#UNKNOWN} for those not known. */
    public static TensorShape of(int... dims) {
        return new TensorShape(Shape.of(dims));
    }

    /** A shape of so many unknown dimensions. */
    public static TensorShape ofRank(int rank) {
        var dims = new int[rank];
        Arrays.fill(dims, Shape.UNKNOWN);
        return of(dims);
    }

    /** Whether the number of dimensions is known. */
    public boolean hasRank() {
        return known != null;
    }

    /**
     * The number of dimensions.
     *
     * @throws TensorException if it is not known
     */
    public int rank() {
        return shape("rank").rank();
    }

    /** Whether all dimensions are known. */
    public boolean isFullyDefined() {
        return known != null && known.isKnown();
    }

    /** The number of elements, or {@link Shape#UNKNOWN} if it is not known. */
    public int elements() {
        return known != null && known.isKnown() ? known.size() : Shape.UNKNOWN;
    }

    /** The dimensions, those not known as {@link Shape#UNKNOWN}. */
    public int[] dims() {
        return shape("dims").dims();
    }

    /** The size of a dimension, or {@link Shape#UNKNOWN}; negative axes count from the end. */
    public int dim(int axis) {
        return known == null ? Shape.UNKNOWN : known.dim(axis);
    }

    /**
     * Dimensions {@code from} (inclusive) to {@code to} (exclusive) as between Python's brackets:
     * negative ones count from the end, null is the start or the end, and what lies outside is cut.
     */
    public TensorShape slice(@Nullable Integer from, @Nullable Integer to, int step) {
        if (step == 0) {
            throw new TensorException("slice: the step is 0");
        }
        if (known == null) {
            return unknownPart(from, to, step);
        }
        int rank = known.rank();
        int low = step > 0 ? 0 : -1;
        int high = step > 0 ? rank : rank - 1;
        int start = bound(from, rank, low, high, step > 0 ? low : high);
        int stop = bound(to, rank, low, high, step > 0 ? high : low);
        var dims = new int[rank];
        int count = 0;
        for (int i = start; step > 0 ? i < stop : i > stop; i += step) {
            dims[count++] = known.dim(i);
        }
        return of(Arrays.copyOf(dims, count));
    }

    /** Of an unknown rank a slice from the front, and with an end, is as long as it says. */
    private static TensorShape unknownPart(@Nullable Integer from, @Nullable Integer to, int step) {
        int start = from == null ? 0 : from;
        if (to == null || to < 0 || start < 0 || step != 1) {
            return UNKNOWN;
        }
        return ofRank(Math.max(0, to - start));
    }

    private static int bound(@Nullable Integer given, int rank, int low, int high, int missing) {
        if (given == null) {
            return missing;
        }
        return Math.clamp(given < 0 ? given + rank : given, low, high);
    }

    /** This shape followed by another; unknown if one of the ranks is. */
    public TensorShape concatenate(TensorShape other) {
        return known == null || other.known == null
                ? UNKNOWN
                : new TensorShape(known.concat(other.known));
    }

    /** Whether one shape could be both. */
    public boolean isCompatibleWith(TensorShape other) {
        if (known == null || other.known == null) {
            return true;
        }
        boolean fits = known.rank() == other.known.rank();
        for (int i = 0; fits && i < known.rank(); i++) {
            fits = known.dim(i) == other.known.dim(i) || known.dim(i) < 0 || other.known.dim(i) < 0;
        }
        return fits;
    }

    /** Whether every shape that could be this one could be the other, too. */
    public boolean isSubtypeOf(TensorShape other) {
        if (known == null || other.known == null) {
            return other.known == null;
        }
        boolean fits = known.rank() == other.known.rank();
        for (int i = 0; fits && i < known.rank(); i++) {
            fits = other.known.dim(i) < 0 || known.dim(i) == other.known.dim(i);
        }
        return fits;
    }

    /**
     * What is known of a shape that is both.
     *
     * @throws TensorException if the shapes are not compatible
     */
    public TensorShape mergeWith(TensorShape other) {
        if (!isCompatibleWith(other)) {
            throw new TensorException("shapes " + this + " and " + other + " are not compatible");
        }
        if (known == null || other.known == null) {
            return known == null ? other : this;
        }
        var dims = known.dims();
        for (int i = 0; i < dims.length; i++) {
            dims[i] = Math.max(dims[i], other.known.dim(i));
        }
        return of(dims);
    }

    /** The most that is known of a shape that is one of both: the dimensions they agree on. */
    public TensorShape mostSpecificCompatible(TensorShape other) {
        if (known == null || other.known == null || known.rank() != other.known.rank()) {
            return UNKNOWN;
        }
        var dims = known.dims();
        for (int i = 0; i < dims.length; i++) {
            dims[i] = dims[i] == other.known.dim(i) ? dims[i] : Shape.UNKNOWN;
        }
        return of(dims);
    }

    /**
     * The shape with this rank known.
     *
     * @throws TensorException if it has another one
     */
    public TensorShape withRank(int rank) {
        if (known != null && known.rank() != rank) {
            throw new TensorException("shape " + this + " does not have rank " + rank);
        }
        return known != null ? this : ofRank(rank);
    }

    /** The shape, which must not have fewer dimensions. */
    public TensorShape withRankAtLeast(int rank) {
        if (known != null && known.rank() < rank) {
            throw new TensorException("shape " + this + " has a rank below " + rank);
        }
        return this;
    }

    /** The shape, which must not have more dimensions. */
    public TensorShape withRankAtMost(int rank) {
        if (known != null && known.rank() > rank) {
            throw new TensorException("shape " + this + " has a rank above " + rank);
        }
        return this;
    }

    /** What is known of the shape that two shapes broadcast to. */
    public static TensorShape broadcast(TensorShape a, TensorShape b) {
        if (a.known == null || b.known == null) {
            return UNKNOWN;
        }
        int rank = Math.max(a.known.rank(), b.known.rank());
        var dims = new int[rank];
        for (int i = 1; i <= rank; i++) {
            int x = i <= a.known.rank() ? a.known.dim(-i) : 1;
            int y = i <= b.known.rank() ? b.known.dim(-i) : 1;
            if (x != y && x > 1 && y > 1) {
                throw new TensorException("shapes " + a + " and " + b + " do not broadcast");
            }
            // An unknown dimension beside one above 1 is 1 or the same.
            dims[rank - i] = x == 1 ? y : y == 1 || x == y ? x : Math.max(x, y);
        }
        return of(dims);
    }

    /**
     * The shape itself.
     *
     * @throws TensorException if not all of it is known
     */
    public Shape require() {
        if (!isFullyDefined()) {
            throw new TensorException("shape " + this + " is not fully known");
        }
        return shape("shape");
    }

    private Shape shape(String wanted) {
        if (known == null) {
            throw new TensorException("a shape of unknown rank has no " + wanted);
        }
        return known;
    }

    /** The dimensions in brackets: {@code [2,?]}; {@code <unknown>} if there is no rank. */
    @Override
    public String toString() {
        return known == null ? "<unknown>" : known.toString();
    }
}
