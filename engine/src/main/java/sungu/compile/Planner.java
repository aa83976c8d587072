package sungu.compile;

import org.jspecify.annotations.Nullable;

import sungu.compile.Nest.Level;
import sungu.compile.Placement.Life;
import sungu.compile.Plan.Slot;
import sungu.compile.Plan.Step;
import sungu.graph.Graph;
import sungu.graph.Value;
import sungu.primitive.Literal;
import sungu.primitive.Reshaping;
import sungu.primitive.Scatter;
import sungu.primitive.StopGradient;
import sungu.tensor.TensorType;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives each value of a graph its place; see {@link Plan}. */
final class Planner {
    private final Graph graph;
    private final List<Slot> slots = new ArrayList<>();
    private final Map<Value, Integer> slotOf = new HashMap<>();

    /** Per view of an array without a step of its own the value that lies in it. */
    private final Map<Value, Value> rootOf = new HashMap<>();

    /** A group with the moment at which it runs. */
    private record Timed(Group group, @Nullable Group ended, int wave, int branch, boolean alone) {}

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
                var base = root(group.reads().get(0));
                rootOf.put(view, base);
                place(view, new Slot.Alias(view.type(), slot(base)));
                continue;
            }
            // Slots are numbered now; shared arrays are given out when lives are known.
            for (var value : group.writes()) {
                place(
                        value,
                        leaving.contains(value)
                                ? new Slot.Fresh(value.type())
                                : new Slot.Shared(value.type(), -1));
            }
            computing.add(group);
        }
        var timed = timed(computing);
        var arrays = place(timed);
        return new Plan(
                graph,
                List.copyOf(slots),
                Map.copyOf(slotOf),
                arrays,
                timed.stream().map(this::step).toList());
    }

    private List<Timed> timed(List<Group> computing) {
        var follows = new ArrayList<Boolean>();
        for (int i = 0; i < computing.size(); i++) {
            follows.add(i > 0 && Epilogue.fits(computing.get(i - 1), computing.get(i)));
        }
        var epilogues = Collections.newSetFromMap(new IdentityHashMap<Group, Boolean>());
        for (int i = 0; i < follows.size(); i++) {
            if (follows.get(i)) {
                epilogues.add(computing.get(i));
            }
        }
        var timed = new ArrayList<Timed>();
        int wave = 0;
        Group before = null;
        for (var branches : Waves.of(computing, follows, this::root)) {
            for (int branch = 0; branch < branches.size(); branch++) {
                for (var group : branches.get(branch).groups()) {
                    var ended = epilogues.contains(group) ? before : null;
                    boolean alone = branches.size() == 1;
                    timed.add(new Timed(group, ended, wave, branch, alone));
                    before = group;
                }
            }
            wave++;
        }
        return timed;
    }

    /** Gives the values between steps their arrays. */
    private List<TensorType> place(List<Timed> timed) {
        var birth = new int[slots.size()];
        var death = new int[slots.size()];
        for (var step : timed) {
            for (var value : step.group.writes()) {
                birth[slot(value)] = step.wave;
                death[slot(value)] = step.wave;
            }
            for (var value : step.group.reads()) {
                death[slot(root(value))] = step.wave;
            }
            // What a contraction reads lives until its epilogue has run.
            for (var value : read(step.ended)) {
                death[slot(root(value))] = step.wave;
            }
        }
        var lives = new ArrayList<Life>();
        for (var step : timed) {
            var takes = inPlace(step.group);
            read(step.ended).forEach(value -> takes.remove(slot(root(value))));
            if (!step.alone) {
                for (var other : timed) {
                    if (other.wave == step.wave && other != step) {
                        other.group.reads().forEach(value -> takes.remove(slot(root(value))));
                    }
                }
            }
            for (var value : step.group.writes()) {
                int slot = slot(value);
                if (slots.get(slot) instanceof Slot.Shared) {
                    lives.add(new Life(slot, value.type(), birth[slot], death[slot], takes));
                }
            }
        }
        var placement = new Placement();
        var placed = new int[slots.size()];
        placement.place(lives, placed);
        for (var life : lives) {
            if (slots.get(life.slot()) instanceof Slot.Shared shared) {
                slots.set(life.slot(), new Slot.Shared(shared.type(), placed[life.slot()]));
            }
        }
        return placement.arrays();
    }

    private Step step(Timed timed) {
        return new Step(
                timed.group,
                timed.group.reads().stream().mapToInt(this::slot).toArray(),
                timed.group.writes().stream().mapToInt(this::slot).toArray(),
                timed.ended != null,
                timed.wave,
                timed.branch);
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

    private Value root(Value value) {
        return rootOf.getOrDefault(value, value);
    }

    private static List<Value> read(@Nullable Group contraction) {
        return contraction == null ? List.of() : contraction.reads();
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
            slots.add(slot(root(group.reads().get(0))));
            group.reads().stream().skip(1).forEach(value -> slots.remove(slot(root(value))));
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
                slots.add(slot(root(group.reads().get(i))));
            }
        }
        for (int i = 0; i < group.reads().size(); i++) {
            if (nest.operands().get(i).level() != Level.FULL) {
                slots.remove(slot(root(group.reads().get(i))));
            }
        }
        return slots;
    }
}
