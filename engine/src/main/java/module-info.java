import org.jspecify.annotations.NullMarked;

/**
 * The engine: tensors, primitives and their rules, gradients, tracing, graphs, passes, the compiler
 * and the portable executor. It depends on the JDK only.
 */
@NullMarked
module sungu.engine {
    requires static org.jspecify;
}
