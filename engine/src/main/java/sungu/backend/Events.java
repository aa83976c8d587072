package sungu.backend;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;

import org.jspecify.annotations.Nullable;

import sungu.graph.Graph;

/**
 * What JDK Flight Recorder sees of this engine: traces, compilations, and runs of programs that
 * take longer than a threshold. Without the module {@code jdk.jfr}, or while nobody records, events
 * cost nothing.
 */
public final class Events {
    private static final boolean AVAILABLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

    /** What is recorded. */
    public enum Kind {
        /** A Java function becomes a graph. */
        TRACE,
        /** A graph becomes a program. */
        COMPILE,
        /** A program runs. */
        RUN
    }

    private Events() {}

    /** Begins an event; null while nobody records. */
    public static @Nullable Object begin(Kind kind) {
        return AVAILABLE && FlightRecorder.isInitialized() ? Recording.begin(kind) : null;
    }

    /** Ends an event that has begun. */
    public static void end(@Nullable Object begun, Graph graph) {
        if (begun != null) {
            Recording.end(begun, graph);
        }
    }

    @Category("Sungu")
    @StackTrace(false)
    @SuppressWarnings("UnusedVariable") // the recorder reads the fields
    private abstract static class GraphEvent extends Event {
        @Label("Function")
        String function = "";

        @Label("Nodes")
        int nodes;
    }

    @Name("sungu.Trace")
    @Label("Trace")
    @Description("A Java function has been traced")
    private static final class TraceEvent extends GraphEvent {}

    @Name("sungu.Compile")
    @Label("Compile")
    @Description("A graph has been made a program")
    private static final class CompileEvent extends GraphEvent {}

    @Name("sungu.Run")
    @Label("Program run")
    @Description("A program has run")
    @Threshold("1 ms")
    private static final class RunEvent extends GraphEvent {}

    /** Touched only where the module of the recorder is there. */
    private static final class Recording {
        static Object begin(Kind kind) {
            var event =
                    switch (kind) {
                        case TRACE -> new TraceEvent();
                        case COMPILE -> new CompileEvent();
                        case RUN -> new RunEvent();
                    };
            event.begin();
            return event;
        }

        static void end(Object begun, Graph graph) {
            var event = (GraphEvent) begun;
            event.end();
            if (event.shouldCommit()) {
                event.function = graph.name();
                event.nodes = graph.nodes().size();
                event.commit();
            }
        }
    }
}
