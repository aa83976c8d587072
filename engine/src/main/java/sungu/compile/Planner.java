package sungu.compile;

import org.jspecify.annotations.Nullable;

import sungu.compile.Nest.Level;
import sungu.compile.Plan.Slot;
import sungu.compile.Plan.Step;
import sungu.graph.Graph;
import sungu.graph.Value;
import sungu.primitive.Literal;
import sungu.primitive.Reshaping;
import sungu.primitive.Scatter;
import sungu.primitive.StopGradient;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.TensorType;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives each value of a graph its place; see {@link Plan}. */
final class Planner {
    private final Graph graph;
    private final List<Slot> slots = new ArrayList<>();
    private final Map<Value, Integer> slotOf = new HashMap<>();
    private final List<TensorType> arrays = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Integer> free = new ArrayList<>();
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
            if (moves(group) && !leaving.contains(group.writes().get(0))) {
                var view = group.writes().get(0);
                place(view, new Slot.Alias(view.type(), root(slot(group.reads().get(0)))));
                continue;
            }
            // Slots are numbered now; shared arrays are given out in a second round, when lives
            // are known.
            for (var value : group.writes()) {
                place(
                        value,
                        leaving.contains(value)
                                ? new Slot.Fresh(value.type())
                                : new Slot.Shared(value.type(), -1));
            }
            computing.add(group);
        }
        for (int i = 0; i < computing.size(); i++) {
            for (var input : computing.get(i).reads()) {
                lastUse.put(root(slot(input)), i);
            }
        }
        graph.outputs().forEach(value -> lastUse.put(root(slot(value)), Integer.MAX_VALUE));
        var contractions = new ArrayList<@Nullable Group>();
        for (int i = 0; i < computing.size(); i++) {
            var before = i == 0 ? null : computing.get(i - 1);
            var ended = before != null && Epilogue.fits(before, computing.get(i)) ? before : null;
            contractions.add(ended);
            // What a contraction reads lives until its epilogue has run.
            for (var value : read(ended)) {
                lastUse.merge(root(slot(value)), i, Math::max);
            }
        }
        for (int i = 0; i < computing.size(); i++) {
            step(computing.get(i), contractions.get(i), i);
        }
        return new Plan(
                graph,
                List.copyOf(slots),
                Map.copyOf(slotOf),
                List.copyOf(arrays),
                List.copyOf(steps));
    }

    private static boolean moves(Group group) {
        var first = group.nodes().get(0).primitive();
        return group.nest() == null
                && (first instanceof Reshaping || first instanceof StopGradient);
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

    private static List<Value> read(@Nullable Group contraction) {
        return contraction == null ? List.of() : contraction.reads();
    }

    /** Places what a group writes; {@code contraction} is what it is the epilogue of, if it is. */
    private void step(Group group, @Nullable Group contraction, int index) {
        var ended = read(contraction);
        var inPlace = inPlace(group);
        ended.forEach(value -> inPlace.remove(root(slot(value))));
        inPlace.forEach(slot -> give(slot, index));
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
                        group.writes().stream().mapToInt(this::slot).toArray(),
                        contraction != null));
        ended.forEach(value -> give(root(slot(value)), index));
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

    /**
     * The operands of a nest whose arrays its results may take: each element is read before the one
     * at the same index is written. A result of other size could overtake what is still to be read,
     * so all results must be as large. What is scattered into becomes the result.
     */
    private Set<Integer> inPlace(Group group) {
        var nest = group.nest();
        var slots = new HashSet<Integer>();
        if (group.nodes().get(0).primitive() instanceof Scatter) {
            slots.add(root(slot(group.reads().get(0))));
            group.reads().stream().skip(1).forEach(value -> slots.remove(root(slot(value))));
        }
        if (nest == null || group.extents().size() > 1) {
            return slots;
        }
        int size = group.extents().get(0).size();
        int bytes = group.writes().get(0).type().dtype().bytes();
        for (var value : group.writes()) {
            if (value.type().size() != size || value.type().dtype().bytes() != bytes) {
                return slots;
            }
        }
        for (int i = 0; i < group.reads().size(); i++) {
            var type = group.reads().get(i).type();
            if (nest.operands().get(i).level() == Level.FULL && type.dtype().bytes() == bytes) {
                slots.add(root(slot(group.reads().get(i))));
            }
        }
        for (int i = 0; i < group.reads().size(); i++) {
            if (nest.operands().get(i).level() != Level.FULL) {
                slots.remove(root(slot(group.reads().get(i))));
            }
        }
        return slots;
    }

    /**
     * A free array of at least that size; else the largest free one, which grows; else a new one.
     */
    private int take(TensorType type) {
        var wanted = entries(type);
        int best = -1;
        for (int array : free) {
            var have = arrays.get(array);
            if (have.dtype() != wanted.dtype()) {
                continue;
            }
            if (best < 0) {
                best = array;
                continue;
            }
            int size = have.size();
            int bestSize = arrays.get(best).size();
            boolean fits = size >= wanted.size();
            boolean bestFits = bestSize >= wanted.size();
            if (fits && (!bestFits || size <= bestSize) || !fits && !bestFits && size >= bestSize) {
                best = array;
            }
        }
        if (best < 0) {
            arrays.add(wanted);
            return arrays.size() - 1;
        }
        free.remove(Integer.valueOf(best)); // the number, not the place
        if (arrays.get(best).size() < wanted.size()) {
            arrays.set(best, wanted);
        }
        return best;
    }

    private void give(int slot, int index) {
        if (slots.get(slot) instanceof Slot.Shared shared
                && shared.array() >= 0
                && lastUse.getOrDefault(slot, -1) == index) {
            lastUse.put(slot, -1);
            free.add(shared.array());
        }
    }

    /** The Java array that holds such a tensor, as a flat tensor of a type that stands for it. */
    private static TensorType entries(TensorType type) {
        var dtype =
                switch (type.dtype().storage()) {
                    case BYTES -> DType.INT8;
                    case SHORTS -> DType.INT16;
                    case INTS -> DType.INT32;
                    case LONGS -> DType.INT64;
                    case FLOATS -> DType.FLOAT32;
                    case DOUBLES -> DType.FLOAT64;
                    case STRINGS -> DType.STRING;
                };
        return new TensorType(dtype, Shape.of(type.size() * type.dtype().lanes()));
    }
}
