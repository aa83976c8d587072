package sungu.portable;

import sungu.backend.Backend;
import sungu.backend.Program;
import sungu.compile.KernelEmitter;
import sungu.compile.Plan;
import sungu.graph.Graph;
import sungu.passes.Dump;
import sungu.passes.Passes;

import java.util.List;
import java.util.ServiceLoader;

/**
 * The host's processor: nests run as emitted code where an emitter takes them, all else in plain
 * Java that is right everywhere.
 */
public final class HostBackend implements Backend {
    private static final class Emitters {
        static final List<KernelEmitter> FOUND =
                ServiceLoader.load(KernelEmitter.class, KernelEmitter.class.getClassLoader())
                        .stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
    }

    /** Called by the service loader. */
    public HostBackend() {}

    @Override
    public String name() {
        return "host";
    }

    @Override
    public String unavailable() {
        return "";
    }

    @Override
    public int preference() {
        return 0;
    }

    @Override
    public Program compile(Graph graph) {
        var plan = Plan.of(Passes.run(graph));
        Dump.stage("nests", plan::nests);
        Dump.stage("plan", plan::text);
        return new HostProgram(graph, plan, Emitters.FOUND);
    }
}
