package sungu.compile;

import org.jspecify.annotations.Nullable;

import sungu.tensor.Ints;

import java.util.List;

/**
 * The sizes of one run of a {@link Nest}.
 *
 * @param rows how many rows there are
 * @param columns how many columns a row has
 * @param accesses per operand where its elements lie; null unless it is a view
 */
public record Extent(int rows, int columns, List<@Nullable Access> accesses) {
    /**
     * Where a view finds its elements.
     *
     * @param offset the first element
     * @param dims the sizes whose product is the number of rows, outermost first
     * @param strides the step along each of them
     * @param inner the step from column to column
     */
    public record Access(int offset, Ints dims, Ints strides, int inner) {
        /** Where a row begins. */
        public int row(int row) {
            int at = offset;
            int rest = row;
            for (int i = dims.size() - 1; i >= 0; i--) {
                int dim = dims.get(i);
                at += rest % dim * strides.get(i);
                rest /= dim;
            }
            return at;
        }
    }

    /** The number of elements of a full operand. */
    public int size() {
        return rows * columns;
    }
}
