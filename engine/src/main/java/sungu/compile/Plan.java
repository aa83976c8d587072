package sungu.compile;

import sungu.compile.Fusion.Group;
import sungu.graph.Graph;
import sungu.graph.Value;
import sungu.primitive.Literal;
import sungu.primitive.Reshaping;
import sungu.primitive.StopGradient;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.TensorType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Where the values of a graph live while it runs: inputs and constants where they are, outputs in
 * arrays of their own, everything else in a small set of arrays that values share when their lives
 * do not overlap.
 *
 * @param graph the graph
 * @param slots what each slot holds
 * @param slotOf the slot of each value
 * @param arrays the element type and size of each shared array
 * @param steps the nodes that compute, in order
 */
public record Plan(
        Graph graph,
        List<Slot> slots,
        Map<Value, Integer> slotOf,
        List<TensorType> arrays,
        List<Step> steps) {
    /** What a slot holds and where it lies. */
    public sealed interface Slot {
        /** An argument of the program. */
        record Input(int index) implements Slot {}

        /** A value known beforehand. */
        record Known(HostTensor value) implements Slot {}

        /** A value in a shared array. */
        record Shared(TensorType type, int array) implements Slot {}

        /** A value that leaves the program, in an array of its own. */
        record Fresh(TensorType type) implements Slot {}

        /** Another slot's array under another shape. */
        record Alias(TensorType type, int of) implements Slot {}
    }

    /** One group of nodes with the slots that it reads and writes. */
    public record Step(Group group, int[] inputs, int[] outputs) {}

    /** Plans a graph. */
    public static Plan of(Graph graph) {
        return new Planner(graph).plan();
    }

    /** Bytes of all shared arrays together. */
    public long arenaBytes() {
        return arrays.stream().mapToLong(Plan::bytes).sum();
    }

    /** Bytes that the values in shared arrays would take if each had an array of its own. */
    public long bytesWithoutSharing() {
        return slots.stream()
                .mapToLong(slot -> slot instanceof Slot.Shared shared ? bytes(shared.type()) : 0)
                .sum();
    }

    /**
     * Bytes that all values which are computed would take, those inside of nests too, if each had
     * an array of its own.
     */
    public long bytesWithoutFusion() {
        return graph.nodes().stream()
                .filter(node -> !(node.primitive() instanceof Literal))
                .flatMap(node -> node.outputs().stream())
                .mapToLong(value -> bytes(value.type()))
                .sum();
    }

    private static long bytes(TensorType type) {
        return (long) type.size() * type.dtype().bytes();
    }

    /** The nests as text, with the steps that run them. */
    public String nests() {
        var text = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            var group = steps.get(i).group();
            text.append("step ")
                    .append(i)
                    .append(": ")
                    .append(group.writes().stream().map(v -> v.type().toString()).toList())
                    .append(" = ")
                    .append(group.nest() == null ? group.label() : group.nest().text())
                    .append('\n');
        }
        return text.toString();
    }

    /**
     * The plan as text: a line per step with the slots that it reads and writes, then what the
     * arena takes.
     */
    public String text() {
        var text = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            text.append("step ")
                    .append(i)
                    .append(": ")
                    .append(places(step.outputs()))
                    .append(" = ")
                    .append(step.group().label())
                    .append(places(step.inputs()))
                    .append('\n');
        }
        return text.append("arena: ")
                .append(arenaBytes())
                .append(" bytes in ")
                .append(arrays.size())
                .append(" arrays; ")
                .append(bytesWithoutSharing())
                .append(" without sharing, ")
                .append(bytesWithoutFusion())
                .append(" without fusion\n")
                .toString();
    }

    private String places(int[] numbers) {
        var list = new StringJoiner(", ", "(", ")");
        for (int number : numbers) {
            list.add(place(number));
        }
        return list.toString();
    }

    private String place(int number) {
        return switch (slots.get(number)) {
            case Slot.Input input -> "input " + input.index();
            case Slot.Known known -> "constant " + known.value().type();
            case Slot.Shared shared -> "array " + shared.array();
            case Slot.Fresh fresh -> "output " + number;
            case Slot.Alias alias -> place(alias.of()) + " as " + alias.type();
        };
    }

    private static final class Planner {
        private final Graph graph;
        private final List<Slot> slots = new ArrayList<>();
        private final Map<Value, Integer> slotOf = new HashMap<>();
        private final List<TensorType> arrays = new ArrayList<>();
        private final List<Step> steps = new ArrayList<>();
        private final Map<TensorType, List<Integer>> free = new HashMap<>();
        private final Map<Integer, Integer> lastUse = new HashMap<>();

        Planner(Graph graph) {
            this.graph = graph;
        }

        Plan plan() {
            for (int i = 0; i < graph.inputs().size(); i++) {
                place(graph.inputs().get(i), new Slot.Input(i));
            }
            Set<Value> leaving = new HashSet<>(graph.outputs());
            for (var node : graph.nodes()) {
                if (node.primitive() instanceof Literal constant) {
                    place(node.outputs().get(0), new Slot.Known(constant.value()));
                }
            }
            var computing = new ArrayList<Group>();
            for (var group : Fusion.of(graph)) {
                var first = group.nodes().get(0);
                var moves =
                        group.nest() == null
                                && (first.primitive() instanceof Reshaping
                                        || first.primitive() instanceof StopGradient);
                if (moves && !leaving.contains(group.writes().get(0))) {
                    var view = group.writes().get(0);
                    place(view, new Slot.Alias(view.type(), root(slot(group.reads().get(0)))));
                } else {
                    // Slots are numbered now; shared arrays are given out in a second round, when
                    // lives are known.
                    group.writes()
                            .forEach(v ->
                                    place(
                                            v,
                                            leaving.contains(v)
                                                    ? new Slot.Fresh(v.type())
                                                    : new Slot.Shared(v.type(), -1)));
                    computing.add(group);
                }
            }
            for (int i = 0; i < computing.size(); i++) {
                for (var input : computing.get(i).reads()) {
                    lastUse.put(root(slot(input)), i);
                }
            }
            graph.outputs().forEach(v -> lastUse.put(root(slot(v)), Integer.MAX_VALUE));
            for (int i = 0; i < computing.size(); i++) {
                step(computing.get(i), i);
            }
            return new Plan(
                    graph,
                    List.copyOf(slots),
                    Map.copyOf(slotOf),
                    List.copyOf(arrays),
                    List.copyOf(steps));
        }

        private void place(Value value, Slot slot) {
            slotOf.put(value, slots.size());
            slots.add(slot);
        }

        private int slot(Value value) {
            Integer slot = slotOf.get(value);
            if (slot == null) {
                throw new IllegalStateException(
                        "value " + value + " is read before it is computed");
            }
            return slot;
        }

        private int root(int slot) {
            return slots.get(slot) instanceof Slot.Alias alias ? root(alias.of()) : slot;
        }

        private void step(Group group, int index) {
            for (var output : group.writes()) {
                int slot = slot(output);
                if (slots.get(slot) instanceof Slot.Shared shared) {
                    slots.set(slot, new Slot.Shared(shared.type(), take(shared.type())));
                }
            }
            steps.add(
                    new Step(
                            group,
                            group.reads().stream().mapToInt(this::slot).toArray(),
                            group.writes().stream().mapToInt(this::slot).toArray()));
            for (var input : group.reads()) {
                give(root(slot(input)), index);
            }
            for (var output : group.writes()) {
                if (!lastUse.containsKey(slot(output))) {
                    lastUse.put(slot(output), index);
                    give(slot(output), index);
                }
            }
        }

        private int take(TensorType type) {
            var same = free.get(sizeOf(type));
            if (same != null && !same.isEmpty()) {
                return same.removeLast();
            }
            arrays.add(sizeOf(type));
            return arrays.size() - 1;
        }

        private void give(int slot, int index) {
            if (slots.get(slot) instanceof Slot.Shared shared
                    && shared.array() >= 0
                    && lastUse.getOrDefault(slot, -1) == index) {
                lastUse.put(slot, -1);
                free.computeIfAbsent(sizeOf(shared.type()), t -> new ArrayList<>())
                        .add(shared.array());
            }
        }

        /** Arrays are shared among values of one element type and size, whatever the shape. */
        private static TensorType sizeOf(TensorType type) {
            return new TensorType(type.dtype(), Shape.of(type.size()));
        }
    }
}
