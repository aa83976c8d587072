package sungu.backend;

import sungu.graph.Graph;
import sungu.tensor.HostTensor;

import java.util.ServiceLoader;

/** The backends on the class or module path, and the programs made by them. */
public final class Backends {
    private static final class Chosen {
        static final Backend BACKEND =
                ServiceLoader.load(Backend.class, Backends.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(backend -> backend.unavailable().isEmpty())
                        .max((a, b) -> Integer.compare(a.preference(), b.preference()))
                        .orElseThrow(() ->
                                new IllegalStateException(
                                        "no backend found: the engine's jar lacks its"
                                                + " META-INF/services or module descriptor"));
    }

    private Backends() {}

    /** The backend in use. */
    public static Backend current() {
        return Chosen.BACKEND;
    }

    /** The program of a graph, made at its first use and kept with the graph. */
    public static Program program(Graph graph) {
        return graph.derived(Program.class, Backends::compile);
    }

    private static Program compile(Graph graph) {
        var event = Events.begin(Events.Kind.COMPILE);
        var program = Chosen.BACKEND.compile(graph);
        Events.end(event, graph);
        return program;
    }

    /** Runs a graph. */
    public static HostTensor[] run(Graph graph, HostTensor... inputs) {
        return program(graph).run(inputs);
    }

    /** Runs a graph into given outputs. */
    public static void run(Graph graph, HostTensor[] inputs, HostTensor[] outputs) {
        program(graph).run(inputs, outputs);
    }
}
