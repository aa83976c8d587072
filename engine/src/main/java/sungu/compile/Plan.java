package sungu.compile;

import sungu.graph.Graph;
import sungu.graph.Value;
import sungu.primitive.Literal;
import sungu.tensor.HostTensor;
import sungu.tensor.TensorType;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /**
     * One group of nodes with the slots that it reads and writes.
     *
     * @param epilogue whether it runs on what the step before has just finished, part by part
     * @param wave when it runs: the branches of one wave may run side by side
     * @param branch the steps of one branch run one after the other
     */
    public record Step(
            Group group, int[] inputs, int[] outputs, boolean epilogue, int wave, int branch) {
        /** About how long it takes on one thread. */
        public long nanos() {
            return Work.nanos(group);
        }
    }

    /** Plans a graph. */
    public static Plan of(Graph graph) {
        return new Planner(graph).plan();
    }

    /** Bytes of all shared arrays together. */
    public long arenaBytes() {
        return arrays.stream().mapToLong(Plan::bytes).sum();
    }

    /**
     * The most bytes in shared arrays that are wanted at one time: less than this no set of arrays
     * could have.
     */
    public long peakBytes() {
        var last = new int[slots.size()];
        for (int i = 0; i < steps.size(); i++) {
            for (int slot : steps.get(i).inputs()) {
                last[root(slot)] = i;
            }
            for (int slot : steps.get(i).outputs()) {
                last[slot] = i;
            }
        }
        // Per array what lives in it: a result in the array of an operand counts once.
        var wanted = new HashMap<Integer, Integer>();
        long peak = 0;
        for (int i = 0; i < steps.size(); i++) {
            for (int slot : steps.get(i).outputs()) {
                if (slots.get(slot) instanceof Slot.Shared shared) {
                    wanted.put(shared.array(), slot);
                }
            }
            if (i + 1 == steps.size() || !beside(i + 1)) {
                peak = Math.max(peak, bytes(wanted.values()));
                int step = i;
                wanted.values().removeIf(slot -> last[slot] <= step);
            }
        }
        return peak;
    }

    private long bytes(Collection<Integer> some) {
        return some.stream()
                .mapToLong(slot ->
                        slots.get(slot) instanceof Slot.Shared shared ? bytes(shared.type()) : 0)
                .sum();
    }

    private int root(int slot) {
        return slots.get(slot) instanceof Slot.Alias alias ? root(alias.of()) : slot;
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
                    .append(loops(group))
                    .append('\n');
        }
        return text.toString();
    }

    private static String loops(Group group) {
        var nest = group.nest();
        if (nest == null) {
            return group.label();
        }
        var sizes = new StringJoiner(", ", "for ", " ");
        group.extents().forEach(extent -> sizes.add(extent.rows() + " x " + extent.columns()));
        return sizes + nest.text();
    }

    /**
     * The plan as text: a line per step with the slots that it reads and writes, then what the
     * arena takes.
     */
    public String text() {
        var text = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            text.append(step.epilogue() ? "  then " : beside(i) ? "  with " : "step ")
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
                .append(" arrays, ")
                .append(peakBytes())
                .append(" wanted at one time; ")
                .append(bytesWithoutSharing())
                .append(" without sharing, ")
                .append(bytesWithoutFusion())
                .append(" without fusion\n")
                .toString();
    }

    private boolean beside(int step) {
        return step > 0 && steps.get(step).wave() == steps.get(step - 1).wave();
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
}
