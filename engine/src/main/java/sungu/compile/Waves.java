package sungu.compile;

import sungu.graph.Value;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Finds branches of a graph that can run side by side: groups too short to be worth splitting, such
 * as the lookups of several embeddings, and short chains of them that do not read from each other.
 * A wave of branches is one parallel loop; it is made only if it saves more than waking up another
 * thread takes. Everything else stays in its order, and splits its own loops.
 */
final class Waves {
    /** Longer groups share out their own loops, and branches grow no longer. */
    private static final long LONG_NANOS = 40_000;

    /** What two threads must save on a wave. */
    private static final long WORTH_NANOS = 30_000;

    /** Elements up to which a nest is one chunk. */
    private static final int CHUNK = 1 << 15;

    /** Groups that run one after the other. */
    record Branch(List<Group> groups) {
        long nanos() {
            return groups.stream().mapToLong(Work::nanos).sum();
        }
    }

    /** Branches that may run side by side; only one if it is not open. */
    private record Wave(boolean open, List<Branch> branches) {
        boolean pays() {
            long sum = branches.stream().mapToLong(Branch::nanos).sum();
            long longest = branches.stream().mapToLong(Branch::nanos).max().orElse(0);
            return Math.min(sum / 2, sum - longest) > WORTH_NANOS;
        }
    }

    /** Where a value is computed. */
    private record Place(int wave, Branch branch) {}

    private final UnaryOperator<Value> root;
    private final List<Wave> waves = new ArrayList<>();
    private final Map<Value, Place> places = new HashMap<>();

    private Waves(UnaryOperator<Value> root) {
        this.root = root;
    }

    /**
     * Groups in an order in which they can run: lists of branches that run side by side.
     *
     * @param groups the groups in order
     * @param follows per group whether it has to come right after the one before
     * @param root what a value that is only another view of an array lies in
     */
    static List<List<Branch>> of(
            List<Group> groups, List<Boolean> follows, UnaryOperator<Value> root) {
        long all = groups.stream().filter(Waves::isShort).mapToLong(Work::nanos).sum();
        if (all / 2 < WORTH_NANOS) {
            return groups.stream().map(group -> List.of(new Branch(List.of(group)))).toList();
        }
        var found = new Waves(root);
        for (int i = 0; i < groups.size(); i++) {
            boolean pair = follows.get(i) || i + 1 < groups.size() && follows.get(i + 1);
            found.add(groups.get(i), !pair && isShort(groups.get(i)));
        }
        return found.lists();
    }

    private static boolean isShort(Group group) {
        int size = group.extents().stream().mapToInt(Extent::size).sum();
        return size <= CHUNK && Work.nanos(group) < LONG_NANOS;
    }

    private void add(Group group, boolean joins) {
        int last = -1;
        Branch branch = null;
        for (var value : group.reads()) {
            var place = places.get(root.apply(value));
            if (place != null && place.wave >= last) {
                branch = place.wave > last || place.branch == branch ? place.branch : null;
                last = place.wave;
            }
        }
        int at = last;
        if (!joins || branch == null || !waves.get(last).open || !continues(branch, group)) {
            branch = new Branch(new ArrayList<>());
            at = last + 1;
            while (at < waves.size() && !(joins && waves.get(at).open)) {
                at++;
            }
            if (at == waves.size()) {
                waves.add(new Wave(joins, new ArrayList<>()));
            }
            waves.get(at).branches.add(branch);
        }
        branch.groups.add(group);
        for (var value : group.writes()) {
            places.put(value, new Place(at, branch));
        }
    }

    /** Whether a group reads what the last of a branch computes, and the branch stays short. */
    private boolean continues(Branch branch, Group group) {
        var writes = branch.groups.getLast().writes();
        return branch.nanos() + Work.nanos(group) < LONG_NANOS
                && group.reads().stream().map(root).anyMatch(writes::contains);
    }

    private List<List<Branch>> lists() {
        var lists = new ArrayList<List<Branch>>();
        for (var wave : waves) {
            if (wave.pays()) {
                // The longest begin first: the short ones fill up what is left.
                wave.branches.sort((a, b) -> Long.compare(b.nanos(), a.nanos()));
                lists.add(List.copyOf(wave.branches));
            } else {
                for (var branch : wave.branches) {
                    branch.groups.forEach(group -> lists.add(List.of(new Branch(List.of(group)))));
                }
            }
        }
        return lists;
    }
}
