package sungu.compile;

import org.jspecify.annotations.Nullable;

import sungu.compile.Nest.Level;
import sungu.graph.Node;
import sungu.graph.Value;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Nodes that will run as one step, while they are being gathered: one node with a kernel of its
 * own, or a nest over {@code size} elements in rows of {@code columns}.
 */
final class Cluster {
    /** More instructions than this do not stay in the first-level cache block by block. */
    private static final int NODES = 96;

    private static final int OPERANDS = 40;

    /** Views that jump from column to column are loaded element by element: small ones only. */
    private static final int SCATTERED = 1 << 13;

    final int id;
    final boolean nest;

    /** The elements of the loop. */
    final int size;

    /** Whether another cluster has taken in the nodes. */
    boolean gone;

    /** The columns, once a row level or a fold over rows fixes them; else 0. */
    int columns;

    /** A size that the columns must divide, for views; 0 without views. */
    int unit;

    /** The nodes with the level of what they compute; null for those that fold over rows. */
    final Map<Node, @Nullable Level> levels = new LinkedHashMap<>();

    /** The clusters that must run before, by id. */
    final BitSet before = new BitSet();

    /** How a node with a kernel of its own reads operands by rows; empty if it does not. */
    final List<Rows> rows = new ArrayList<>();

    /** What is read from outside. */
    final Set<Value> reads = new HashSet<>();

    Cluster(int id, boolean nest, int size) {
        this.id = id;
        this.nest = nest;
        this.size = size;
    }

    int rows() {
        return columns == 0 ? size : size / columns;
    }

    boolean hasRoom(int more) {
        return levels.size() + more <= NODES && reads.size() <= OPERANDS;
    }

    /** The level at which an elementwise result of {@code n} elements is computed here. */
    @Nullable Level levelOf(int n) {
        return n == size ? Level.FULL : columns > 0 && n == rows() ? Level.ROW : null;
    }

    /** Whether columns of this number agree with what is fixed already. */
    boolean takesColumns(int wanted) {
        return columns == wanted || columns == 0 && (unit == 0 || unit % wanted == 0);
    }

    /** Whether a view of a value from outside can be an operand at a level. */
    boolean loads(View view, Level level) {
        if (!nest) {
            return true; // Fusion shows it what it can read only.
        }
        if (view.scalar()) {
            return true;
        }
        if (level == Level.ROW) {
            return view.whole() && view.base().type().size() == rows();
        }
        return view.whole() || view.size() == size && fits(view);
    }

    private boolean fits(View view) {
        int inner = view.innermost();
        int step = view.strides().get(view.strides().size() - 1);
        if (step != 0 && step != 1 && size > SCATTERED) {
            return false;
        }
        return columns > 0
                ? inner % columns == 0
                : unit == 0 || unit % inner == 0 || inner % unit == 0;
    }

    /** Notes that a view is read. */
    void load(View view, Level level) {
        reads.add(view.base());
        if (!view.scalar() && !view.whole() && level == Level.FULL) {
            unit = unit == 0 ? view.innermost() : Math.min(unit, view.innermost());
        }
    }

    /** Whether the nodes of another nest can be computed here, too. */
    boolean takes(Cluster other) {
        if (!nest
                || !other.nest
                || levels.size() + other.levels.size() > NODES
                || reads.size() + other.reads.size() > OPERANDS) {
            return false;
        }
        if (size == other.size) {
            boolean units =
                    unit == 0
                            || other.unit == 0
                            || unit % other.unit == 0
                            || other.unit % unit == 0;
            return columns == other.columns && units
                    || columns == 0 && takesColumns(other.columns)
                    || other.columns == 0 && other.takesColumns(columns);
        }
        return columns > 0 && other.size == rows() && other.plain();
    }

    /** Whether this is elementwise work over contiguous operands only. */
    private boolean plain() {
        return columns == 0
                && unit == 0
                && levels.values().stream().allMatch(level -> level == Level.FULL);
    }

    /** Takes in the nodes of another nest. */
    void take(Cluster other) {
        boolean rows = other.size != size;
        other.levels.forEach((node, level) -> levels.put(node, rows ? Level.ROW : level));
        reads.addAll(other.reads);
        if (!rows) {
            columns = Math.max(columns, other.columns);
            unit =
                    unit == 0 || other.unit == 0
                            ? Math.max(unit, other.unit)
                            : Math.min(unit, other.unit);
        }
        before.or(other.before);
    }
}
