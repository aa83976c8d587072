package sungu.portable;

import org.jspecify.annotations.Nullable;

import sungu.compile.KernelEmitter.Kernel;
import sungu.compile.Nest;
import sungu.compile.Plan;
import sungu.compile.Plan.Slot;
import sungu.graph.Value;
import sungu.kernel.Copy;
import sungu.kernel.Parallel;
import sungu.tensor.HostTensor;
import sungu.tensor.TensorType;

import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The arrays of one run of a program, and everything that each step reads and writes, prepared: a
 * run only puts its arguments and its new outputs where they belong.
 */
final class Arena {
    /**
     * A tensor that changes from run to run, and the places in the arrays of the steps where it
     * stands.
     */
    private static final class Patch {
        final HostTensor[][] arrays;
        final int[] indexes;

        Patch(List<HostTensor[]> arrays, List<Integer> indexes) {
            this.arrays = arrays.toArray(HostTensor[][]::new);
            this.indexes = indexes.stream().mapToInt(Integer::intValue).toArray();
        }

        @SuppressWarnings("NullAway") // null between runs only
        void put(@Nullable HostTensor tensor) {
            for (int i = 0; i < indexes.length; i++) {
                arrays[i][indexes[i]] = tensor;
            }
        }
    }

    /** The places of one changing tensor, while they are collected. */
    private record Places(List<HostTensor[]> arrays, List<Integer> indexes) {}

    private static final ProgramStep NOTHING = () -> {};

    /** What a pool keeps of this arena. */
    final SoftReference<Arena> reference = new SoftReference<>(this);

    private final Plan plan;
    private final @Nullable Kernel[] kernels;
    private final @Nullable Profile profile;
    private @Nullable Emission emission;

    /** Per slot whether it is a constant. */
    private final boolean[] fixed;

    /** Per slot the tensor; those of arguments and outputs stand here during a run only. */
    private final HostTensor[] slots;

    private final int[] changing;

    /** Per changing slot the argument that it is, or -1. */
    private final int[] argumentOf;

    /** Per changing slot the slot whose array it shares, or -1. */
    private final int[] aliasOf;

    /** Per changing slot that is no argument its type. */
    private final TensorType[] types;

    private final Patch[] patches;
    private final ProgramStep[] steps;

    /** Per step that begins a wave where the next wave begins. */
    private final int[] ends;

    /** Per step that begins a wave of several branches how they run; else null. */
    private final @Nullable Wave[] waves;

    private final HostTensor[][] inputs;
    private final HostTensor[][] outputs;
    private final int[] results;

    /** Per slot the output that it is, or -1. */
    private final int[] outputOf;

    Arena(
            Plan plan,
            @Nullable Kernel[] kernels,
            int[] results,
            @Nullable Profile profile,
            @Nullable Emission emission) {
        this.plan = plan;
        this.kernels = kernels;
        this.profile = profile;
        this.emission = emission;
        this.results = results;
        var arrays =
                plan.arrays().stream()
                        .map(type -> HostTensor.newArray(type.dtype(), type.shape()))
                        .toArray();
        int n = plan.slots().size();
        slots = new HostTensor[n];
        outputOf = new int[n];
        Arrays.fill(outputOf, -1);
        for (int i = 0; i < results.length; i++) {
            outputOf[results[i]] = i;
        }
        var changes = new ArrayList<Integer>();
        fixed = new boolean[n];
        for (int i = 0; i < n; i++) {
            var slot = plan.slots().get(i);
            if (slot instanceof Slot.Known known) {
                slots[i] = known.value();
            } else if (slot instanceof Slot.Shared shared) {
                slots[i] = new HostTensor(shared.type(), arrays[shared.array()]);
            } else if (slot instanceof Slot.Alias alias && slots[alias.of()] != null) {
                slots[i] = new HostTensor(alias.type(), slots[alias.of()].array());
            } else {
                changes.add(i);
            }
            fixed[i] = slot instanceof Slot.Known;
        }
        int count = plan.steps().size();
        steps = new ProgramStep[count];
        inputs = new HostTensor[count][];
        outputs = new HostTensor[count][];
        for (int s = 0; s < count; s++) {
            var step = plan.steps().get(s);
            inputs[s] = tensors(step.inputs());
            outputs[s] = tensors(step.outputs());
        }
        prepare();
        ends = new int[count];
        waves = new Wave[count];
        for (int s = 0; s < count; s = ends[s]) {
            int end = s + 1;
            while (end < count && plan.steps().get(end).wave() == plan.steps().get(s).wave()) {
                end++;
            }
            ends[s] = end;
            waves[s] = end == s + 1 ? null : new Wave(s, end);
        }
        changing = changes.stream().mapToInt(Integer::intValue).toArray();
        patches = patches();
        argumentOf = new int[changing.length];
        aliasOf = new int[changing.length];
        types = new TensorType[changing.length];
        for (int i = 0; i < changing.length; i++) {
            var slot = plan.slots().get(changing[i]);
            argumentOf[i] = slot instanceof Slot.Input input ? input.index() : -1;
            aliasOf[i] = slot instanceof Slot.Alias alias ? alias.of() : -1;
            if (slot instanceof Slot.Alias alias) {
                types[i] = alias.type();
            } else if (slot instanceof Slot.Fresh fresh) {
                types[i] = fresh.type();
            }
        }
    }

    private void prepare() {
        for (int s = 0; s < steps.length; s++) {
            var step = step(s);
            steps[s] = profile == null ? step : profile.timed(s, step);
        }
    }

    /** Runs emitted methods from now on. */
    void adopt(@Nullable Emission emission) {
        if (this.emission != emission) {
            this.emission = emission;
            prepare();
        }
    }

    /** Branches that run side by side, each step by step. */
    private final class Wave implements Parallel.Range {
        /** Where each branch begins, and where the last one ends. */
        private final int[] starts;

        private final long nanos;

        Wave(int from, int to) {
            var all = plan.steps().subList(from, to);
            starts =
                    IntStream.rangeClosed(from, to)
                            .filter(s ->
                                    s == from
                                            || s == to
                                            || plan.steps().get(s).branch()
                                                    != plan.steps().get(s - 1).branch())
                            .toArray();
            nanos = all.stream().mapToLong(Plan.Step::nanos).sum() / (starts.length - 1);
        }

        void run() {
            Parallel.loop(starts.length - 1, 1, nanos, this);
        }

        @Override
        public void run(int from, int to) {
            for (int s = starts[from]; s < starts[to]; s++) {
                steps[s].run();
            }
        }
    }

    private HostTensor[] tensors(int[] numbers) {
        var tensors = new HostTensor[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            tensors[i] = slots[numbers[i]];
        }
        return tensors;
    }

    /** Makes a step ready; an epilogue is part of the step before and does nothing by itself. */
    private ProgramStep step(int s) {
        var step = plan.steps().get(s);
        var nest = step.group().nest();
        if (nest != null && emission != null && emission.has(s)) {
            return emission.step(s, step, inputs[s], outputs[s], nest(s, nest));
        }
        if (step.epilogue()) {
            return NOTHING;
        }
        if (nest != null) {
            var kernel = kernels[s];
            return kernel == null
                    ? nest(s, nest)
                    : new EmittedStep(
                            kernel, step.group().extents().get(0).size(), inputs[s], outputs[s]);
        }
        if (!step.group().rows().isEmpty()) {
            return RowsStep.of(step.group(), inputs[s], outputs[s]);
        }
        var node = step.group().nodes().get(0);
        var contraction = ContractionStep.of(node, inputs[s], outputs[s], epilogue(s + 1));
        if (contraction != null) {
            return contraction;
        }
        var read = inputs[s];
        var written = outputs[s];
        var scan = ScanStep.of(node, read, written);
        if (scan != null) {
            return scan;
        }
        var kernel = node.primitive().kernel(types(node.inputs()), types(node.outputs()));
        return () -> kernel.run(read, written);
    }

    private static TensorType[] types(List<Value> values) {
        return values.stream().map(Value::type).toArray(TensorType[]::new);
    }

    private Parallel.@Nullable Range epilogue(int s) {
        if (s == plan.steps().size() || !plan.steps().get(s).epilogue()) {
            return null;
        }
        if (emission != null && emission.has(s)) {
            return null;
        }
        var step = plan.steps().get(s);
        var nest = step.group().nest();
        if (nest == null) {
            throw new IllegalStateException("an epilogue is a nest");
        }
        return nest(s, nest)::part;
    }

    private NestStep nest(int s, Nest nest) {
        var step = plan.steps().get(s);
        var known = new boolean[nest.operands().size()];
        for (int i = 0; i < known.length; i++) {
            // Steps of several loops have the same scalars in each.
            known[i] = fixed[step.inputs()[i]];
        }
        return new NestStep(nest, step.group().extents(), known, inputs[s], outputs[s]);
    }

    private Patch[] patches() {
        var places = new Places[slots.length];
        for (int slot : changing) {
            places[slot] = new Places(new ArrayList<>(), new ArrayList<>());
        }
        for (int s = 0; s < steps.length; s++) {
            note(plan.steps().get(s).inputs(), inputs[s], places);
            note(plan.steps().get(s).outputs(), outputs[s], places);
        }
        return IntStream.of(changing)
                .mapToObj(slot -> new Patch(places[slot].arrays, places[slot].indexes))
                .toArray(Patch[]::new);
    }

    private static void note(int[] numbers, HostTensor[] tensors, @Nullable Places[] places) {
        for (int i = 0; i < numbers.length; i++) {
            var found = places[numbers[i]];
            if (found != null) {
                found.arrays.add(tensors);
                found.indexes.add(i);
            }
        }
    }

    /** Runs the steps into new outputs. */
    HostTensor[] run(HostTensor[] arguments) {
        compute(arguments, null);
        var leaving = new HostTensor[results.length];
        for (int i = 0; i < leaving.length; i++) {
            leaving[i] = slots[results[i]].renewed();
        }
        return leaving;
    }

    /** Runs the steps into given outputs, none of which shares an array with an argument. */
    void run(HostTensor[] arguments, HostTensor[] given) {
        compute(arguments, given);
        for (int i = 0; i < given.length; i++) {
            // Arguments, constants and repeated values may be outputs.
            var array = slots[results[i]].array();
            if (array != given[i].array()) {
                Copy.flat(array, given[i].array(), given[i].size() * given[i].dtype().lanes());
            }
        }
    }

    private void compute(HostTensor[] arguments, HostTensor @Nullable [] given) {
        for (int i = 0; i < changing.length; i++) {
            int slot = changing[i];
            int argument = argumentOf[i];
            int alias = aliasOf[i];
            slots[slot] =
                    argument >= 0
                            ? arguments[argument]
                            : alias >= 0
                                    ? slots[alias].as(types[i])
                                    : given != null
                                            ? given[outputOf[slot]]
                                            : HostTensor.allocate(
                                                    types[i].dtype(), types[i].shape());
            patches[i].put(slots[slot]);
        }
        for (int s = 0; s < steps.length; s = ends[s]) {
            var wave = waves[s];
            if (wave == null) {
                steps[s].run();
            } else {
                wave.run();
            }
        }
    }

    /**
     * Forgets the arguments and outputs of the last run, so that a pooled arena keeps nothing of
     * theirs alive.
     */
    @SuppressWarnings("NullAway") // the places are filled again before anything reads them
    void forget() {
        for (int i = 0; i < changing.length; i++) {
            slots[changing[i]] = null;
            patches[i].put(null);
        }
    }
}
