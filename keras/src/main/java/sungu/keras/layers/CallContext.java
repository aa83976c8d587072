package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.tensor.Tensor;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * One call of a layer: whether it is for training, the masks of its inputs, further arguments, and
 * the losses added during the outermost call that it belongs to.
 */
public final class CallContext {
    private static final ThreadLocal<@Nullable CallContext> CURRENT = new ThreadLocal<>();

    private final @Nullable CallContext outer;
    private final Layer layer;
    private final boolean training;
    private final Arguments arguments;
    private final Map<Layer, List<Tensor>> losses;

    private CallContext(
            @Nullable CallContext outer, Layer layer, boolean training, Arguments arguments) {
        this.outer = outer;
        this.layer = layer;
        this.training = training;
        this.arguments = arguments;
        this.losses = outer == null ? new IdentityHashMap<>() : outer.losses;
    }

    static @Nullable CallContext current() {
        return CURRENT.get();
    }

    static CallContext enter(Layer layer, boolean training, Arguments arguments) {
        var context = new CallContext(CURRENT.get(), layer, training, arguments);
        CURRENT.set(context);
        return context;
    }

    /** Sets aside the call in progress: what runs next must not add losses to it. */
    static @Nullable CallContext suspend() {
        var context = CURRENT.get();
        CURRENT.remove();
        return context;
    }

    static void resume(@Nullable CallContext context) {
        CURRENT.set(context);
    }

    void exit() {
        CURRENT.set(outer);
    }

    /** Whether the call is for training, where dropout drops and batch statistics are used. */
    public boolean training() {
        return training;
    }

    /** The mask of the first input; null for none. */
    public @Nullable Tensor mask() {
        if (arguments.named().get("mask") instanceof Tensor given) {
            return given;
        }
        var tensors = arguments.tensors();
        return tensors.isEmpty() ? null : tensors.getFirst().mask();
    }

    /** All arguments of the call. */
    public Arguments arguments() {
        return arguments;
    }

    /** An argument by name; null if it was not given. */
    public @Nullable Object argument(String name) {
        return arguments.named().get(name);
    }

    /** The layer called. */
    Layer layer() {
        return layer;
    }

    @Nullable CallContext outer() {
        return outer;
    }

    void addLoss(Tensor loss) {
        losses.computeIfAbsent(layer, l -> new ArrayList<>()).add(loss);
    }

    Map<Layer, List<Tensor>> losses() {
        return losses;
    }
}
