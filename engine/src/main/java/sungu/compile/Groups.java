package sungu.compile;

import org.jspecify.annotations.Nullable;

import sungu.compile.Extent.Access;
import sungu.compile.Nest.Level;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.ArgReduce;
import sungu.primitive.AxisReduction;
import sungu.primitive.Elementwise;
import sungu.primitive.Primitive;
import sungu.primitive.SquaredDeviations;
import sungu.tensor.Ints;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Writes clusters down as groups: registers are numbered, strides worked out. */
final class Groups {
    /** Flat nests up to this size share a step with others of their sort. */
    private static final int SHARED = 1 << 14;

    private final Cluster cluster;
    private final Map<Node, List<View>> views;
    private final int rows;
    private final int columns;
    private final List<Nest.Operand> operands = new ArrayList<>();
    private final List<@Nullable Access> accesses = new ArrayList<>();
    private final List<Value> reads = new ArrayList<>();
    private final Map<Object, Integer> registers = new HashMap<>();

    private Groups(Cluster cluster, Map<Node, List<View>> views) {
        this.cluster = cluster;
        this.views = views;
        columns = cluster.columns > 0 ? cluster.columns : Math.max(1, cluster.unit);
        rows = cluster.size / columns;
    }

    /**
     * A cluster as a group.
     *
     * @param views what each node reads
     * @param leaving the values that others read
     * @param order the place of each node in the graph
     */
    static Group of(
            Cluster cluster,
            Map<Node, List<View>> views,
            Set<Value> leaving,
            Map<Node, Integer> order) {
        var nodes = new ArrayList<>(cluster.levels.keySet());
        nodes.sort((a, b) -> Integer.compare(order.getOrDefault(a, 0), order.getOrDefault(b, 0)));
        var first = nodes.get(0);
        boolean single =
                nodes.size() == 1
                        && !(first.primitive() instanceof Elementwise)
                        && !(first.primitive() instanceof SquaredDeviations);
        return !cluster.nest || single && direct(first, views)
                ? alone(cluster, views)
                : new Groups(cluster, views).nest(nodes, leaving);
    }

    /** Whether a node reads its inputs as they are: a reduction alone then runs its own kernel. */
    private static boolean direct(Node node, Map<Node, List<View>> views) {
        var read = views.getOrDefault(node, List.of());
        return read.stream().map(View::base).toList().equals(node.inputs());
    }

    /** A node with its own kernel; lookups that it does itself come before it. */
    private static Group alone(Cluster cluster, Map<Node, List<View>> views) {
        var nodes = List.copyOf(cluster.levels.keySet());
        var reads = new ArrayList<Value>();
        for (var view : views.getOrDefault(nodes.getLast(), List.of())) {
            var lookup = view.base().node();
            if (lookup != null && cluster.levels.containsKey(lookup)) {
                views.getOrDefault(lookup, List.of()).forEach(seen -> reads.add(seen.base()));
            } else {
                reads.add(view.base());
            }
        }
        return new Group(
                nodes,
                null,
                List.of(),
                reads,
                nodes.getLast().outputs(),
                List.copyOf(cluster.rows));
    }

    private Group nest(List<Node> nodes, Set<Value> leaving) {
        for (var node : nodes) {
            var seen = views.getOrDefault(node, List.of());
            for (var view : seen) {
                if (!inside(view.base())) {
                    operand(view, readAt(node));
                }
            }
        }
        var instructions = new ArrayList<Nest.Instruction>();
        for (var node : nodes) {
            var level = cluster.levels.get(node);
            if (level == null) {
                continue;
            }
            var seen = views.getOrDefault(node, List.of());
            var arguments = seen.stream().mapToInt(view -> register(view, readAt(node))).toArray();
            var output = node.outputs().get(0);
            registers.put(output, operands.size() + instructions.size());
            instructions.add(
                    new Nest.Instruction(
                            action(node.primitive()),
                            output.type().dtype(),
                            level,
                            Ints.of(arguments)));
        }
        var results = new ArrayList<Nest.Result>();
        var writes = new ArrayList<Value>();
        for (var node : nodes) {
            var output = node.outputs().get(0);
            if (cluster.levels.get(node) == null) {
                var view = views.getOrDefault(node, List.of()).get(0);
                results.add(
                        new Nest.Result(
                                register(view, Level.FULL),
                                ((AxisReduction) node.primitive()).along(Ints.of(0)),
                                output.type().size() == 1));
                writes.add(output);
            } else if (leaving.contains(output)) {
                results.add(new Nest.Result(register(View.of(output), Level.FULL), null, false));
                writes.add(output);
            }
        }
        var nest = new Nest(List.copyOf(operands), List.copyOf(instructions), List.copyOf(results));
        var extent = new Extent(rows, columns, new ArrayList<>(accesses));
        return new Group(
                nodes, nest, List.of(extent), List.copyOf(reads), List.copyOf(writes), List.of());
    }

    private Level readAt(Node node) {
        var level = cluster.levels.get(node);
        return level != null && node.primitive() instanceof Elementwise ? level : Level.FULL;
    }

    private boolean inside(Value value) {
        return value.node() != null && cluster.levels.containsKey(value.node());
    }

    /** Reductions see blocks of rows: what they reduce is axis 1. */
    private static Primitive action(Primitive primitive) {
        if (primitive instanceof AxisReduction reduction) {
            return reduction.along(Ints.of(1));
        }
        return primitive instanceof ArgReduce reduce
                ? new ArgReduce(reduce.largest(), 1, reduce.index())
                : primitive;
    }

    private int register(View view, Level readAt) {
        var key = inside(view.base()) ? view.base() : List.of(view, kind(view, readAt));
        var register = registers.get(key);
        if (register == null) {
            throw new IllegalStateException(view + " is in no register");
        }
        return register;
    }

    private Level kind(View view, Level readAt) {
        if (view.scalar()) {
            return Level.SCALAR;
        }
        if (readAt == Level.ROW) {
            return Level.ROW;
        }
        return view.whole() ? Level.FULL : view.rows(columns) ? Level.ROW : Level.VIEW;
    }

    private void operand(View view, Level readAt) {
        var level = kind(view, readAt);
        if (registers.putIfAbsent(List.of(view, level), operands.size()) != null) {
            return;
        }
        operands.add(new Nest.Operand(view.base().type().dtype(), level));
        reads.add(view.base());
        accesses.add(level == Level.VIEW ? access(view) : null);
    }

    private Access access(View view) {
        int rank = view.dims().size();
        var dims = view.dims().toArray();
        var strides = view.strides().toArray();
        int inner = strides[rank - 1];
        dims[rank - 1] /= columns;
        strides[rank - 1] *= columns;
        return new Access(view.offset(), Ints.of(dims), Ints.of(strides), inner);
    }

    // ---- several loops in one step

    /**
     * Small flat nests that are equal and do not need each other become one step over all of their
     * loops, such as the updates of many weights.
     */
    static List<Group> merged(List<Group> groups) {
        var alike = new LinkedHashMap<List<@Nullable Object>, List<Integer>>();
        for (int i = 0; i < groups.size(); i++) {
            var group = groups.get(i);
            var nest = group.nest();
            if (nest != null && nest.flat() && group.extents().get(0).size() <= SHARED) {
                alike.computeIfAbsent(key(nest, group.reads()), n -> new ArrayList<>()).add(i);
            }
        }
        var result = new ArrayList<Optional<Group>>();
        groups.forEach(group -> result.add(Optional.of(group)));
        for (var list : alike.values()) {
            if (list.size() > 1) {
                share(groups, list, result);
            }
        }
        return result.stream().flatMap(Optional::stream).toList();
    }

    /** Equal for nests that can share a step: those of one structure with the same scalars. */
    private static List<@Nullable Object> key(Nest nest, List<Value> reads) {
        var key = new ArrayList<@Nullable Object>();
        for (var operand : nest.operands()) {
            key.add(operand.dtype());
            key.add(operand.level());
        }
        for (var instruction : nest.instructions()) {
            key.add(instruction.action());
            key.add(instruction.dtype());
            key.add(instruction.level());
            key.add(instruction.arguments());
        }
        for (var result : nest.results()) {
            key.add(result.register());
            key.add(result.fold());
            key.add(result.columnsToo());
        }
        for (int i = 0; i < reads.size(); i++) {
            if (nest.operands().get(i).level() == Level.SCALAR) {
                key.add(reads.get(i));
            }
        }
        return key;
    }

    /** Puts as many of the groups as can wait into one at the place of the last. */
    private static void share(
            List<Group> groups, List<Integer> list, List<Optional<Group>> result) {
        int last = list.getLast();
        var chosen = new ArrayList<Integer>();
        chosen.add(last);
        for (int k = list.size() - 2; k >= 0; k--) {
            // A group can wait when nothing between it and the last reads what it writes.
            int at = list.get(k);
            var writes = new HashSet<>(groups.get(at).writes());
            boolean free = true;
            for (int i = at + 1; i <= last && free; i++) {
                free = groups.get(i).reads().stream().noneMatch(writes::contains);
            }
            if (free) {
                chosen.addFirst(at);
            }
        }
        if (chosen.size() < 2) {
            return;
        }
        var nodes = new ArrayList<Node>();
        var extents = new ArrayList<Extent>();
        var reads = new ArrayList<Value>();
        var writes = new ArrayList<Value>();
        for (int at : chosen) {
            var group = groups.get(at);
            nodes.addAll(group.nodes());
            extents.addAll(group.extents());
            reads.addAll(group.reads());
            writes.addAll(group.writes());
            result.set(at, Optional.empty());
        }
        result.set(
                last,
                Optional.of(
                        new Group(
                                nodes,
                                groups.get(last).nest(),
                                extents,
                                reads,
                                writes,
                                List.of())));
    }
}
