package sungu.portable;

import org.jspecify.annotations.Nullable;

import sungu.compile.Nest;
import sungu.primitive.Pointwise;
import sungu.primitive.Reduce;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Shape;

/**
 * Folds a register over the rows of a chunk: whole blocks are joined element by element, which is
 * one simple loop per block, and the rows of what results are folded at the end. So a float sum
 * adds few numbers one after the other in single precision, and the rest in double.
 */
final class ElementFolding implements Folding {
    private final Pointwise op;
    private final Reduce last;
    private final boolean columnsToo;
    private final int blockColumns;

    /** Per block of columns what the blocks so far came to. */
    private final @Nullable HostTensor[] sums;

    /** Per block of columns the array of its sums, as a block of the usual size. */
    private final HostTensor[] whole;

    private final HostTensor part;
    private final HostTensor[] pair;
    private final HostTensor[] out;

    ElementFolding(
            Reduce fold, Nest.Result result, HostTensor register, int blockColumns, int columns) {
        op =
                switch (fold.fold()) {
                    case SUM -> Pointwise.ADD;
                    case PRODUCT -> Pointwise.MULTIPLY;
                    case MAX -> Pointwise.MAXIMUM;
                    case MIN -> Pointwise.MINIMUM;
                };
        columnsToo = result.columnsToo();
        this.blockColumns = blockColumns;
        last = columnsToo ? fold.along(Ints.range(0, register.rank())) : fold;
        int across = columnsToo ? 1 : (columns + blockColumns - 1) / blockColumns;
        sums = new HostTensor[across];
        whole = new HostTensor[across];
        for (int i = 0; i < across; i++) {
            whole[i] = HostTensor.allocate(register.dtype(), register.shape());
        }
        part = HostTensor.allocate(register.dtype(), Shape.of(columnsToo ? 1 : blockColumns));
        pair = new HostTensor[] {part, part};
        out = new HostTensor[] {part};
    }

    @Override
    public void begin() {
        java.util.Arrays.fill(sums, null);
    }

    @Override
    public void add(HostTensor block, int column) {
        int at = columnsToo ? 0 : column / blockColumns;
        var sum = sums[at];
        if (sum == null) {
            System.arraycopy(block.array(), 0, whole[at].array(), 0, block.size());
            sums[at] = sums(at, block);
            return;
        }
        // A smaller block at the end joins the first elements, which lie in the same columns.
        pair[0] = sums(at, block);
        pair[1] = block;
        out[0] = pair[0];
        op.run(pair, out);
    }

    private HostTensor sums(int at, HostTensor block) {
        return whole[at].as(block.type());
    }

    @Override
    public void end(HostTensor parts, int chunk) {
        int width = parts.shape().dim(1);
        for (int i = 0; i < sums.length; i++) {
            var sum = sums[i];
            if (sum != null) {
                pair[0] = sum;
                out[0] = part;
                last.run(pair, out);
                int n = Math.min(part.size(), width - i * blockColumns);
                System.arraycopy(
                        part.array(), 0, parts.array(), chunk * width + i * blockColumns, n);
            }
        }
    }
}
