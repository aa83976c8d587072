package sungu.portable;

import sungu.backend.Backend;
import sungu.backend.Program;
import sungu.compile.Plan;
import sungu.graph.Graph;
import sungu.passes.Passes;

/** The host's processor, on plain Java: right everywhere, without any flag. */
public final class HostBackend implements Backend {
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
        return new HostProgram(Plan.of(Passes.run(graph)));
    }
}
