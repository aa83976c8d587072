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
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

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
    private final ArrayDeque<SoftReference<Arena>> arenas = new ArrayDeque<>();
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
        var arena = pooled();
        if (arena == null) {
            return new Arena(plan, kernels, results, profile, emission);
        }
        arena.adopt(emission);
        return arena;
    }

    /** The arena that was given back last; null when there is none. */
    private @Nullable Arena pooled() {
        synchronized (arenas) {
            Arena arena = null;
            while (arena == null && !arenas.isEmpty()) {
                arena = arenas.pop().get();
            }
            return arena;
        }
    }

    /** Puts an arena back. After an error it is left to the garbage collector instead. */
    private void give(Arena arena) {
        arena.forget();
        if (runs.incrementAndGet() == WARM) {
            emit();
        }
        synchronized (arenas) {
            if (arenas.size() < POOLED) {
                arenas.push(arena.reference);
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
