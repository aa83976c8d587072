package sungu.trace;

import org.jspecify.annotations.Nullable;

import sungu.gradient.GradientTape;
import sungu.primitive.Primitive;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.SymbolicTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TracedTensor;
import sungu.tensor.Variable;

/**
 * What surrounds an operation on the current thread: the function being traced, if any, and the
 * tapes that are open in it.
 *
 * <p>Every operation ends in {@link #bind}: it evaluates or records, and lets the tapes note it.
 * That is the whole mechanism behind eager execution, tracing and gradients of any order.
 */
public final class Context {
    private static final ThreadLocal<Context> CURRENT = ThreadLocal.withInitial(Context::new);

    private @Nullable Trace trace;
    private @Nullable GradientTape tape;
    private @Nullable DType autocast;
    private String place = "";

    private Context() {}

    /** The context of the current thread. */
    public static Context current() {
        return CURRENT.get();
    }

    /** Applies a primitive with one output. */
    public static Tensor bind(Primitive primitive, Tensor... inputs) {
        return bindAll(primitive, inputs)[0];
    }

    /**
     * Applies a primitive: evaluates it, or records it in the innermost trace; open tapes note it.
     */
    public static Tensor[] bindAll(Primitive primitive, Tensor... inputs) {
        var context = CURRENT.get();
        for (int i = 0; i < inputs.length; i++) {
            if (inputs[i] instanceof Variable variable) {
                inputs[i] = variable.value();
            }
        }
        var trace = context.trace;
        Tensor[] outputs =
                trace == null
                        ? evaluate(primitive, inputs)
                        : trace.record(primitive, inputs, context.place);
        for (var tape = context.tape; tape != null; tape = tape.outer()) {
            tape.note(primitive, inputs, outputs);
        }
        return outputs;
    }

    private static Tensor[] evaluate(Primitive primitive, Tensor[] inputs) {
        var values = new HostTensor[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            if (inputs[i] instanceof HostTensor value) {
                values[i] = value;
            } else {
                throw notAValue(primitive, inputs[i]);
            }
        }
        return primitive.evaluate(values);
    }

    private static TensorException notAValue(Primitive primitive, Tensor input) {
        if (input instanceof SymbolicTensor) {
            return new TensorException(
                    primitive.label()
                            + ": an engine operation got a symbolic tensor "
                            + input.type(),
                    "use the operations of sungu.keras.ops, or a layer, on the inputs of a model");
        }
        if (input instanceof TracedTensor traced) {
            return new TensorException(
                    primitive.label()
                            + ": "
                            + traced
                            + " belongs to a function whose trace is over",
                    "return values from the traced function instead of storing them outside");
        }
        return new TensorException(primitive.label() + ": no value in " + input);
    }

    /** The innermost trace; null when operations are evaluated. */
    public @Nullable Trace trace() {
        return trace;
    }

    /** The innermost tape of the innermost trace; null when none is open. */
    public @Nullable GradientTape tape() {
        return tape;
    }

    /** Makes a tape the innermost one; null leaves none. */
    public void tape(@Nullable GradientTape innermost) {
        tape = innermost;
    }

    /**
     * The floating dtype that variables are read in, for mixed precision; null leaves them as they
     * are.
     */
    public @Nullable DType autocast() {
        return autocast;
    }

    /**
     * Sets the floating dtype that variables are read in and returns the one before; null leaves
     * them as they are.
     */
    public @Nullable DType autocast(@Nullable DType dtype) {
        var before = autocast;
        autocast = dtype;
        return before;
    }

    /** Where in the user's model operations come from now, such as a layer's path; may be empty. */
    public String place() {
        return place;
    }

    /** Sets where operations come from and returns what was set before. */
    public String place(String now) {
        var before = place;
        place = now;
        return before;
    }

    /**
     * Runs {@code body} with operations recorded in a trace; tapes that are open outside do not see
     * into it.
     */
    <T> T tracing(Trace inner, java.util.function.Supplier<T> body) {
        var outerTrace = trace;
        var outerTape = tape;
        var outerCast = autocast;
        trace = inner;
        tape = null;
        try {
            return body.get();
        } finally {
            trace = outerTrace;
            tape = outerTape;
            autocast = outerCast;
        }
    }

    /**
     * Runs {@code body} with operations evaluated although a function is being traced: for values
     * that must exist now.
     */
    public static <T> T eagerly(java.util.function.Supplier<T> body) {
        var context = CURRENT.get();
        var outerTrace = context.trace;
        var outerTape = context.tape;
        var outerCast = context.autocast;
        context.trace = null;
        context.tape = null;
        context.autocast = null;
        try {
            return body.get();
        } finally {
            context.trace = outerTrace;
            context.tape = outerTape;
            context.autocast = outerCast;
        }
    }
}
