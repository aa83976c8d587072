package sungu.portable;

import org.jspecify.annotations.Nullable;

import sungu.backend.Events;
import sungu.backend.Program;
import sungu.backend.Stage;
import sungu.compile.KernelEmitter;
import sungu.compile.KernelEmitter.Kernel;
import sungu.compile.Plan;
import sungu.graph.Graph;
import sungu.tensor.HostTensor;

import java.lang.ref.SoftReference;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A planned graph that runs step by step. Each run checks an arena out of a pool, so threads do not
 * wait; when memory is short, the collector takes pooled arenas.
 */
final class HostProgram implements Program {
    private static final int POOLED = 64;

    /** After so many runs a program is worth emitting: many run once only. */
    private static final int WARM = 4;

    private final Graph source;
    private final Plan plan;
    private final @Nullable Kernel[] kernels;
    private final int[] results;
    private final AtomicReferenceArray<@Nullable SoftReference<Arena>> arenas =
            new AtomicReferenceArray<>(POOLED);
    private final AtomicLong runs = new AtomicLong();
    private volatile @Nullable Emission emission;
    private final @Nullable Profile profile;

    HostProgram(Graph source, Plan plan, List<KernelEmitter> emitters) {
        this.source = source;
        this.plan = plan;
        profile = Profile.ON ? Profile.of(plan, source.name()) : null;
        var outputs = plan.graph().outputs();
        results = outputs.stream().mapToInt(plan.slotOf()::get).toArray();
        kernels = new Kernel[plan.steps().size()];
        for (int i = 0; i < kernels.length; i++) {
            var nest = plan.steps().get(i).group().nest();
            for (var emitter : emitters) {
                if (nest != null
                        && nest.flat()
                        && plan.steps().get(i).group().extents().size() == 1
                        && kernels[i] == null
                        && emitter.supports(nest)) {
                    kernels[i] = emitter.emit(nest);
                }
            }
        }
    }

    @Override
    public HostTensor[] run(HostTensor... arguments) {
        var event = Events.begin(Events.Kind.RUN);
        var arena = take();
        var outputs = arena.run(arguments);
        give(arena);
        Events.end(event, source);
        return outputs;
    }

    @Override
    public void run(HostTensor[] arguments, HostTensor[] outputs) {
        var event = Events.begin(Events.Kind.RUN);
        var arena = take();
        arena.run(arguments, outputs);
        give(arena);
        Events.end(event, source);
    }

    private Arena take() {
        for (int i = 0; i < POOLED; i++) {
            var pooled = arenas.getAcquire(i) == null ? null : arenas.getAndSet(i, null);
            var arena = pooled == null ? null : pooled.get();
            if (arena != null) {
                arena.adopt(emission);
                return arena;
            }
        }
        return new Arena(plan, kernels, results, profile, emission);
    }

    /** Puts an arena back. After an error it is left to the garbage collector instead. */
    private void give(Arena arena) {
        arena.forget();
        if (runs.incrementAndGet() == WARM) {
            emit();
        }
        for (int i = 0; i < POOLED; i++) {
            if (arenas.getAcquire(i) == null && arenas.compareAndSet(i, null, arena.reference)) {
                break;
            }
        }
    }

    /** Emits what is worth it; runs from now on use it. */
    void emit() {
        emission = Emission.of(plan);
    }

    @Override
    public long runs() {
        return runs.get();
    }

    @Override
    public String text(Stage stage) {
        return switch (stage) {
            case GRAPH -> source.text();
            case REWRITTEN -> plan.graph().text();
            case FUSED -> plan.text();
            case LOOPS -> plan.nests();
        };
    }
}
