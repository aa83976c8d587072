import org.jspecify.annotations.NullMarked;

/**
 * The engine: tensors, primitives and their rules, gradients, tracing, graphs, passes, the compiler
 * and the portable executor. It depends on the JDK only.
 */
@NullMarked
module sungu.engine {
    requires static jdk.jfr;
    requires static org.jspecify;

    exports sungu;
    exports sungu.tensor;
    exports sungu.ops;
    exports sungu.gradient;
    exports sungu.trace;
    exports sungu.graph;
    exports sungu.primitive;
    exports sungu.backend;
    exports sungu.kernel;
    exports sungu.passes;
    exports sungu.compile;

    uses sungu.backend.Backend;
    uses sungu.compile.KernelEmitter;

    provides sungu.backend.Backend with
            sungu.portable.HostBackend;
}
