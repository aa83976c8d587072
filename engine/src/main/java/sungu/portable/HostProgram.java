package sungu.portable;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import sungu.backend.Program;
import sungu.compile.Plan;
import sungu.compile.Plan.Slot;
import sungu.tensor.HostTensor;

/** A planned graph that runs step by step on the reference kernels. Each run checks an arena out of a pool, so threads do not wait. */
final class HostProgram implements Program {
    private static final int POOLED = 4;

    /** The arrays of one run, and the tensors over them. */
    private static final class Arena {
        final HostTensor[] slots;
        final HostTensor[][] inputs;
        final HostTensor[][] outputs;

        Arena(Plan plan) {
            var arrays = plan.arrays().stream().map(type -> HostTensor.newArray(type.dtype(), type.shape())).toArray();
            slots = new HostTensor[plan.slots().size()];
            for (int i = 0; i < slots.length; i++) {
                switch (plan.slots().get(i)) {
                    case Slot.Known known -> slots[i] = known.value();
                    case Slot.Shared shared -> slots[i] = new HostTensor(shared.type(), arrays[shared.array()]);
                    default -> {}
                }
            }
            inputs = plan.steps().stream().map(step -> new HostTensor[step.inputs().length]).toArray(HostTensor[][]::new);
            outputs = plan.steps().stream().map(step -> new HostTensor[step.outputs().length]).toArray(HostTensor[][]::new);
        }
    }

    private final Plan plan;
    private final ConcurrentLinkedQueue<Arena> arenas = new ConcurrentLinkedQueue<>();
    private final LongAdder runs = new LongAdder();

    HostProgram(Plan plan) {
        this.plan = plan;
    }

    @Override
    public HostTensor[] run(HostTensor... arguments) {
        var arena = arenas.poll();
        if (arena == null) {
            arena = new Arena(plan);
        }
        var results = run(arena, arguments);
        runs.increment();
        if (arenas.size() < POOLED) {
            arenas.add(arena);
        }
        return results;
    }

    private HostTensor[] run(Arena arena, HostTensor[] arguments) {
        var slots = arena.slots;
        for (int i = 0; i < slots.length; i++) {
            switch (plan.slots().get(i)) {
                case Slot.Input input -> slots[i] = arguments[input.index()];
                case Slot.Fresh fresh -> slots[i] = HostTensor.allocate(fresh.type().dtype(), fresh.type().shape());
                case Slot.Alias alias -> slots[i] = new HostTensor(alias.type(), slots[alias.of()].array());
                default -> {}
            }
        }
        var steps = plan.steps();
        for (int s = 0; s < steps.size(); s++) {
            var step = steps.get(s);
            var in = arena.inputs[s];
            var out = arena.outputs[s];
            for (int i = 0; i < in.length; i++) {
                in[i] = slots[step.inputs()[i]];
            }
            for (int i = 0; i < out.length; i++) {
                out[i] = slots[step.outputs()[i]];
            }
            step.node().primitive().run(in, out);
        }
        var outputs = plan.graph().outputs();
        var results = new HostTensor[outputs.size()];
        for (int i = 0; i < results.length; i++) {
            results[i] = slots[plan.slotOf().get(outputs.get(i))].renewed();
        }
        return results;
    }

    @Override
    public long runs() {
        return runs.sum();
    }

    @Override
    public String text() {
        return plan.graph().text();
    }
}
