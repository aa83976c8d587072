package sungu.compile;

import org.jspecify.annotations.Nullable;

import sungu.compile.Nest.Level;
import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.ArgReduce;
import sungu.primitive.AxisReduction;
import sungu.primitive.Broadcast;
import sungu.primitive.Concatenation;
import sungu.primitive.Elementwise;
import sungu.primitive.Gather;
import sungu.primitive.Literal;
import sungu.primitive.Primitive;
import sungu.primitive.Reshaping;
import sungu.primitive.Reverse;
import sungu.primitive.Scatter;
import sungu.primitive.Slicing;
import sungu.primitive.StopGradient;
import sungu.primitive.Transpose;
import sungu.tensor.DType;
import sungu.tensor.TensorType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Gathers the nodes of a graph into what runs as one step. Elementwise nodes and reductions over
 * one loop become a {@link Nest}, with the movements that their operands go through folded into the
 * way they are read; every other node is a step of its own. A node joins the nests that compute
 * what it reads as long as no step would have to run both before and after another.
 */
final class Fusion {
    /** Loops this small are joined side by side, only to save steps. */
    private static final int TINY = 64;

    /** Loops this large are joined when they read the same operand, to read it once. */
    private static final int LARGE = 1 << 12;

    private final Graph graph;
    private final Map<Node, Integer> order = new HashMap<>();
    private final Map<Node, Cluster> clusterOf = new HashMap<>();
    private final Map<Node, List<View>> views = new HashMap<>();

    /** How often a value is read, or leaves. */
    private final Map<Value, Integer> uses = new HashMap<>();

    private final Set<Cluster> clusters = new LinkedHashSet<>();
    private int next;

    private Fusion(Graph graph) {
        this.graph = graph;
    }

    /** The groups of a graph in an order in which they can run; constants are in none. */
    static List<Group> of(Graph graph) {
        return new Fusion(graph).groups();
    }

    private List<Group> groups() {
        var nodes = graph.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            order.put(nodes.get(i), i);
            nodes.get(i).inputs().forEach(value -> uses.merge(value, 1, Integer::sum));
        }
        graph.outputs().forEach(value -> uses.merge(value, 1, Integer::sum));
        for (var node : nodes) {
            if (!isSeenThrough(node.primitive())) {
                take(node, fusible(node));
            }
        }
        graph.outputs().forEach(this::materialize);
        joinSiblings();
        return Groups.merged(ordered());
    }

    /** Whether readers look through it: a view, or a constant. */
    private static boolean isSeenThrough(Primitive primitive) {
        return primitive instanceof Literal
                || primitive instanceof Broadcast
                || primitive instanceof Transpose
                || primitive instanceof Reshaping
                || primitive instanceof Slicing
                || primitive instanceof Reverse
                || primitive instanceof StopGradient;
    }

    private void take(Node node, boolean fusible) {
        var primitive = node.primitive();
        if (!fusible) {
            alone(node);
        } else if (primitive instanceof Elementwise) {
            elementwise(node);
        } else if (primitive instanceof AxisReduction reduce) {
            reduce(node, reduce);
        } else if (primitive instanceof ArgReduce reduce
                && reduce.axis() == node.inputs().get(0).type().shape().rank() - 1) {
            rowReduce(node, node.outputs().get(0).type().size());
        } else if (primitive instanceof Concatenation concatenation) {
            concatenate(node, concatenation);
        } else if (primitive instanceof Scatter scatter) {
            scatter(node, scatter);
        } else {
            alone(node);
        }
    }

    /** Whether a node can be part of a nest: something is computed, and not of strings. */
    private static boolean fusible(Node node) {
        return !node.outputs().isEmpty()
                && node.inputs().stream().allMatch(v -> numeric(v.type()))
                && numeric(node.outputs().get(0).type());
    }

    private static boolean numeric(TensorType type) {
        return type.size() > 0 && type.dtype() != DType.STRING && type.dtype().bytes() > 0;
    }

    // ---- single nodes

    private void elementwise(Node node) {
        int size = node.outputs().get(0).type().size();
        var seen = node.inputs().stream().map(View::through).toList();
        var home = home(size, seen);
        if (home == null) {
            home = open(true, size);
        }
        var level = home.levelOf(size);
        add(node, home, level == null ? Level.FULL : level, seen);
    }

    /** The nest that computes some operand and can take the node, joined with others like it. */
    private @Nullable Cluster home(int size, List<View> seen) {
        var producers = new LinkedHashSet<Cluster>();
        for (var view : seen) {
            var cluster = cluster(view.base());
            if (cluster != null && cluster.nest) {
                producers.add(cluster);
            }
        }
        var candidates = new ArrayList<>(producers);
        candidates.sort((a, b) ->
                a.columns > 0 != b.columns > 0
                        ? a.columns > 0 ? -1 : 1
                        : Integer.compare(b.id, a.id));
        for (var candidate : candidates) {
            var home = candidate;
            for (var other : candidates) {
                if (other != home && !other.gone && !home.gone) {
                    home = joined(home, other);
                }
            }
            if (!home.gone && takes(home, size, seen)) {
                return home;
            }
        }
        return null;
    }

    private boolean takes(Cluster home, int size, List<View> seen) {
        var level = home.levelOf(size);
        if (level == null || !home.hasRoom(1)) {
            return false;
        }
        boolean linked = false;
        for (var view : seen) {
            var producer = cluster(view.base());
            if (producer == home) {
                if (!readsRegister(home, view, level)) {
                    return false;
                }
                linked = true;
            } else if (producer != null && producer.before.get(home.id)) {
                return false;
            }
        }
        return linked;
    }

    private static boolean readsRegister(Cluster home, View view, Level level) {
        var node = view.base().node();
        var computed = node == null ? null : home.levels.get(node);
        if (computed == null) {
            return false;
        }
        return computed == level
                ? view.whole()
                : computed == Level.ROW && home.columns > 0 && view.rows(home.columns);
    }

    private void reduce(Node node, AxisReduction reduce) {
        var shape = node.inputs().get(0).type().shape();
        int rank = shape.rank();
        int folded = reduce.axes().size();
        int out = node.outputs().get(0).type().size();
        // Blocks hold what is stretched once only.
        boolean stretched = View.through(node.inputs().get(0)).base().type().size() < shape.size();
        if (folded == 0 || out == shape.size() || stretched) {
            alone(node);
        } else if (folded == rank || out == 1) {
            foldRows(node, 0);
        } else if (leading(reduce, 0, folded)) {
            foldRows(node, out);
        } else if (leading(reduce, rank - folded, folded)) {
            rowReduce(node, out);
        } else {
            alone(node);
        }
    }

    private static boolean leading(AxisReduction reduce, int from, int count) {
        for (int i = 0; i < count; i++) {
            if (!reduce.axes().contains(from + i)) {
                return false;
            }
        }
        return true;
    }

    /** All columns of a row become one element. */
    private void rowReduce(Node node, int rows) {
        var view = View.through(node.inputs().get(0));
        int size = view.size();
        int columns = size / rows;
        var home = cluster(view.base());
        boolean joins =
                home != null
                        && home.nest
                        && home.size == size
                        && home.takesColumns(columns)
                        && home.hasRoom(1)
                        && readsRegister(home, view, Level.FULL);
        if (home == null || !joins) {
            home = open(true, size);
        }
        home.columns = columns;
        add(node, home, Level.ROW, List.of(view));
    }

    /**
     * All rows become one; all columns, too, if {@code columns} is 0. Small floats are left to
     * their kernel, which rounds once.
     */
    private void foldRows(Node node, int columns) {
        var view = View.through(node.inputs().get(0));
        var dtype = view.base().type().dtype();
        boolean exact = !dtype.isComplex() && (!dtype.isFloating() || dtype.bytes() >= 4);
        var home = cluster(view.base());
        var level = home == null || !home.nest ? null : home.levelOf(view.size());
        boolean joins =
                exact
                        && home != null
                        && level != null
                        && (columns == 0 || level == Level.FULL && home.takesColumns(columns))
                        && home.hasRoom(1)
                        && readsRegister(home, view, level);
        if (!exact) {
            alone(node);
            return;
        }
        if (home == null || !joins) {
            home = open(true, view.size());
        }
        if (columns > 0) {
            home.columns = columns;
        }
        add(node, home, null, List.of(view));
    }

    /** A node that runs its own kernel; what it reads must lie in memory. */
    private void alone(Node node) {
        var cluster = open(false, 0);
        add(node, cluster, null, node.inputs().stream().map(View::of).toList());
    }

    /** Tensors side by side: their rows are read where they lie, those of lookups in tables. */
    private void concatenate(Node node, Concatenation concatenation) {
        int count = node.outputs().get(0).type().shape().slice(0, concatenation.axis()).size();
        var cluster = open(false, 0);
        var seen = new ArrayList<View>();
        for (var input : node.inputs()) {
            int width = input.type().size() / count;
            var lookup = lookup(input, width);
            if (lookup == null) {
                seen.add(rows(input, count, cluster));
            } else {
                take(cluster, lookup);
                cluster.rows.add(new Rows(0, width, count, width, true));
                seen.add(View.of(lookup.outputs().get(0)));
            }
        }
        add(node, cluster, null, seen);
    }

    /** A lookup of rows of that width whose only reader a value is; null if it is none. */
    private @Nullable Node lookup(Value value, int width) {
        var at = value;
        while (uses.getOrDefault(at, 0) == 1 && at.node() != null) {
            var node = at.node();
            if (node.primitive() instanceof Gather g) {
                var table = node.inputs().get(0).type().shape();
                boolean rows = g.batch() + g.outer() == 0 && !g.lenient();
                return rows && table.slice(g.depth(), table.rank()).size() == width ? node : null;
            }
            if (!(node.primitive() instanceof Reshaping)) {
                return null;
            }
            at = node.inputs().get(0);
        }
        return null;
    }

    /** Makes a node with a kernel of its own part of the step that reads it. */
    private void take(Cluster home, Node node) {
        var alone = cluster(node.outputs().get(0));
        if (alone != null) {
            home.before.or(alone.before);
            alone.gone = true;
            clusters.remove(alone);
        }
        home.levels.put(node, null);
        clusterOf.put(node, home);
    }

    /** A view whose rows can be read where they lie: the value as it is if there is no other. */
    private static View rows(Value value, int count, Cluster reader) {
        var view = View.through(value);
        var rows = view.rows(count, false);
        if (rows == null) {
            view = View.of(value);
            rows = new Rows(0, view.size() / count, count, view.size() / count, false);
        }
        reader.rows.add(rows);
        return view;
    }

    /** Sums of rows: updates are read where they lie, and zeros need no array. */
    private void scatter(Node node, Scatter scatter) {
        var x = node.inputs().get(0);
        var indices = node.inputs().get(1);
        if (scatter.combine() != Scatter.Combine.ADD
                || x.type().dtype() != DType.FLOAT32
                || scatter.batch() + scatter.outer() > 0) {
            alone(node);
            return;
        }
        var cluster = open(false, 0);
        var into = View.through(x);
        int count = scatter.vectors().sizes(x.type().shape(), indices.type().shape()).get(3);
        var updates = rows(node.inputs().get(2), count, cluster);
        add(
                node,
                cluster,
                null,
                List.of(into.scalar() ? into : View.of(x), View.of(indices), updates));
    }

    /** Sees to it that a value is computed as it is, not only looked at through views. */
    private void materialize(Value value) {
        var node = value.node();
        if (node != null
                && !clusterOf.containsKey(node)
                && !(node.primitive() instanceof Literal)) {
            alone(node);
        }
    }

    // ---- clusters

    private Cluster open(boolean nest, int size) {
        var cluster = new Cluster(next++, nest, size);
        clusters.add(cluster);
        return cluster;
    }

    private @Nullable Cluster cluster(Value value) {
        return value.node() == null ? null : clusterOf.get(value.node());
    }

    /** Puts a node into a cluster; operands that can't be read through their views are computed. */
    private void add(Node node, Cluster home, @Nullable Level level, List<View> seen) {
        home.levels.put(node, level);
        clusterOf.put(node, home);
        var readAt = level != null && node.primitive() instanceof Elementwise ? level : Level.FULL;
        var read = new ArrayList<View>();
        for (int i = 0; i < seen.size(); i++) {
            var view = seen.get(i);
            if (cluster(view.base()) != home) {
                if (!home.loads(view, readAt)) {
                    view = View.of(node.inputs().get(i));
                }
                materialize(view.base());
                home.load(view, readAt);
                after(home, cluster(view.base()));
            }
            read.add(view);
        }
        views.put(node, read);
    }

    /** Notes that a cluster runs after another, and so do all that run after it. */
    private void after(Cluster cluster, @Nullable Cluster producer) {
        if (producer == null || cluster.before.get(producer.id)) {
            return;
        }
        cluster.before.or(producer.before);
        cluster.before.set(producer.id);
        for (var other : clusters) {
            if (other.before.get(cluster.id)) {
                other.before.or(cluster.before);
            }
        }
    }

    /** Two nests as one if that can be; else the first. */
    private Cluster joined(Cluster first, Cluster second) {
        boolean independent = !first.before.get(second.id) && !second.before.get(first.id);
        var home = first.takes(second) ? first : second.takes(first) ? second : null;
        if (!independent || home == null) {
            return first;
        }
        var other = home == first ? second : first;
        home.take(other);
        other.levels.keySet().forEach(node -> clusterOf.put(node, home));
        other.gone = true;
        clusters.remove(other);
        for (var cluster : clusters) {
            if (cluster.before.get(other.id) || cluster.before.get(home.id)) {
                cluster.before.set(home.id);
                cluster.before.or(home.before);
            }
        }
        return home;
    }

    /** Nests that read the same operand become one, and tiny nests do to save steps. */
    private void joinSiblings() {
        var readers = new HashMap<Value, List<Cluster>>();
        for (var cluster : clusters) {
            if (cluster.nest && cluster.size >= LARGE) {
                for (var value : cluster.reads) {
                    if (value.type().size() == cluster.size) {
                        readers.computeIfAbsent(value, v -> new ArrayList<>()).add(cluster);
                    }
                }
            }
        }
        readers.values().stream()
                .filter(list -> list.size() > 1)
                .sorted((a, b) -> Integer.compare(a.get(0).id, b.get(0).id))
                .forEach(this::join);
        var tiny = new HashMap<Integer, List<Cluster>>();
        for (var cluster : clusters) {
            if (cluster.nest && cluster.size <= TINY) {
                tiny.computeIfAbsent(cluster.size, s -> new ArrayList<>()).add(cluster);
            }
        }
        tiny.values().forEach(this::join);
    }

    private void join(List<Cluster> some) {
        for (int i = 0; i < some.size(); i++) {
            for (int k = i + 1; k < some.size(); k++) {
                var first = some.get(i);
                var second = some.get(k);
                if (first != second && !first.gone && !second.gone) {
                    some.set(i, joined(first, second));
                }
            }
        }
    }

    // ---- order

    /** The clusters as groups, each after those it reads from, and as early as its last node. */
    private List<Group> ordered() {
        var leaving = new HashSet<>(graph.outputs());
        for (var cluster : clusters) {
            for (var node : cluster.levels.keySet()) {
                for (var view : views.getOrDefault(node, List.of())) {
                    if (cluster(view.base()) != cluster) {
                        leaving.add(view.base());
                    }
                }
            }
        }
        var waiting = new HashMap<Cluster, Integer>();
        var readers = new HashMap<Cluster, List<Cluster>>();
        var last = new HashMap<Cluster, Integer>();
        for (var cluster : clusters) {
            int at = 0;
            Set<Cluster> producers = new HashSet<>();
            for (var node : cluster.levels.keySet()) {
                at = Math.max(at, order.getOrDefault(node, 0));
                for (var view : views.getOrDefault(node, List.of())) {
                    var producer = cluster(view.base());
                    if (producer != null && producer != cluster) {
                        producers.add(producer);
                    }
                }
            }
            last.put(cluster, at);
            waiting.put(cluster, producers.size());
            producers.forEach(p -> readers.computeIfAbsent(p, c -> new ArrayList<>()).add(cluster));
        }
        var ready =
                new PriorityQueue<Cluster>((a, b) -> {
                    int before = Integer.compare(last.getOrDefault(a, 0), last.getOrDefault(b, 0));
                    return before != 0 ? before : Integer.compare(a.id, b.id);
                });
        clusters.stream().filter(c -> waiting.getOrDefault(c, 0) == 0).forEach(ready::add);
        var groups = new ArrayList<Group>();
        while (!ready.isEmpty()) {
            var cluster = ready.remove();
            groups.add(Groups.of(cluster, views, leaving, order));
            for (var reader : readers.getOrDefault(cluster, List.of())) {
                if (waiting.merge(reader, -1, Integer::sum) == 0) {
                    // What a contraction made possible runs right after it, while its result is
                    // in the cache.
                    boolean next = !cluster.nest && reader.nest;
                    last.computeIfPresent(reader, (c, at) -> next ? -1 : at);
                    ready.add(reader);
                }
            }
        }
        if (groups.size() != clusters.size()) {
            throw new IllegalStateException("steps wait for each other");
        }
        return groups;
    }
}
