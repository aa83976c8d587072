package sungu.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sungu.graph.Graph;
import sungu.graph.Node;
import sungu.graph.Value;
import sungu.primitive.Constant;
import sungu.primitive.Reshape;
import sungu.primitive.StopGradient;
import sungu.tensor.HostTensor;
import sungu.tensor.TensorType;

/**
 * Where the values of a graph live while it runs: inputs and constants where they are, outputs in arrays of their own, everything else
 * in a small set of arrays that values share when their lives do not overlap.
 *
 * @param graph the graph
 * @param slots what each slot holds
 * @param slotOf the slot of each value
 * @param arrays the element type and size of each shared array
 * @param steps the nodes that compute, in order
 */
public record Plan(Graph graph, List<Slot> slots, Map<Value, Integer> slotOf, List<TensorType> arrays, List<Step> steps) {
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

    /** One node with the slots that it reads and writes. */
    public record Step(Node node, int[] inputs, int[] outputs) {}

    /** Plans a graph. */
    public static Plan of(Graph graph) {
        return new Planner(graph).plan();
    }

    /** Bytes of all shared arrays together. */
    public long arenaBytes() {
        return arrays.stream().mapToLong(type -> (long) type.size() * type.dtype().bytes()).sum();
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
            var computing = new ArrayList<Node>();
            for (var node : graph.nodes()) {
                var first = node.outputs().get(0);
                if (node.primitive() instanceof Constant constant) {
                    place(first, new Slot.Known(constant.value()));
                } else if ((node.primitive() instanceof Reshape || node.primitive() instanceof StopGradient) && !leaving.contains(first)) {
                    place(first, new Slot.Alias(first.type(), root(slot(node.inputs().get(0)))));
                    computing.add(node);
                } else {
                    // Slots are numbered now; shared arrays are given out in a second round, when lives are known.
                    node.outputs().forEach(v -> place(v, leaving.contains(v) ? new Slot.Fresh(v.type()) : new Slot.Shared(v.type(), -1)));
                    computing.add(node);
                }
            }
            computing.removeIf(node -> slots.get(slot(node.outputs().get(0))) instanceof Slot.Alias);
            for (int i = 0; i < computing.size(); i++) {
                for (var input : computing.get(i).inputs()) {
                    lastUse.put(root(slot(input)), i);
                }
            }
            graph.outputs().forEach(v -> lastUse.put(root(slot(v)), Integer.MAX_VALUE));
            for (int i = 0; i < computing.size(); i++) {
                step(computing.get(i), i);
            }
            return new Plan(graph, List.copyOf(slots), Map.copyOf(slotOf), List.copyOf(arrays), List.copyOf(steps));
        }

        private void place(Value value, Slot slot) {
            slotOf.put(value, slots.size());
            slots.add(slot);
        }

        private int slot(Value value) {
            Integer slot = slotOf.get(value);
            if (slot == null) {
                throw new IllegalStateException("value " + value + " is read before it is computed");
            }
            return slot;
        }

        private int root(int slot) {
            return slots.get(slot) instanceof Slot.Alias alias ? root(alias.of()) : slot;
        }

        private void step(Node node, int index) {
            for (var output : node.outputs()) {
                int slot = slot(output);
                if (slots.get(slot) instanceof Slot.Shared shared) {
                    slots.set(slot, new Slot.Shared(shared.type(), take(shared.type())));
                }
            }
            steps.add(new Step(node, node.inputs().stream().mapToInt(this::slot).toArray(), node.outputs().stream().mapToInt(this::slot).toArray()));
            for (var input : new HashSet<>(node.inputs())) {
                give(root(slot(input)), index);
            }
            for (var output : node.outputs()) {
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
            if (slots.get(slot) instanceof Slot.Shared shared && shared.array() >= 0 && lastUse.getOrDefault(slot, -1) == index) {
                lastUse.put(slot, -1);
                free.computeIfAbsent(sizeOf(shared.type()), t -> new ArrayList<>()).add(shared.array());
            }
        }

        /** Arrays are shared among values of one element type and size, whatever the shape. */
        private static TensorType sizeOf(TensorType type) {
            return new TensorType(type.dtype(), sungu.tensor.Shape.of(type.size()));
        }
    }
}
