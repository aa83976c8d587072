package sungu.keras.ops;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.Tensors;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * One call of a layer or operation on symbolic tensors: what it was called with and what came out.
 * Models are made of such calls.
 */
public final class CallNode {
    /** What can be called symbolically: a layer or an operation. */
    public interface Owner {
        /** The unique name of the layer or operation in a model. */
        String name();

        /**
         * Calls it on values, as it was called symbolically; {@code training} null leaves the flag
         * to the surrounding call.
         */
        Tensors replay(Arguments arguments, @Nullable Boolean training);

        /** All symbolic calls so far; the owner only keeps the list. */
        List<CallNode> calls();
    }

    private static final ThreadLocal<Boolean> UNRECORDED = ThreadLocal.withInitial(() -> false);

    private final Owner owner;
    private final Arguments arguments;
    private final int index;
    private final List<KerasTensor> outputs = new ArrayList<>();
    private Tensors structure = Tensors.of(List.of());

    CallNode(Owner owner, Arguments arguments) {
        this.owner = owner;
        this.arguments = arguments;
        this.index = owner.calls().size();
        if (!UNRECORDED.get()) {
            owner.calls().add(this);
        }
    }

    /**
     * Runs {@code body}; the symbolic calls in it are for their types alone and become no part of
     * any model.
     */
    public static <T> T unrecorded(Supplier<T> body) {
        boolean before = UNRECORDED.get();
        UNRECORDED.set(true);
        try {
            return body.get();
        } finally {
            UNRECORDED.set(before);
        }
    }

    /** The layer or operation called. */
    public Owner owner() {
        return owner;
    }

    /** The arguments, with symbolic tensors in them. */
    public Arguments arguments() {
        return arguments;
    }

    /** The number of this call among those of its owner. */
    public int index() {
        return index;
    }

    /** The results, in order. */
    public List<KerasTensor> outputs() {
        return Collections.unmodifiableList(outputs);
    }

    /** The results in the structure in which the owner gave them. */
    public Tensors structure() {
        return structure;
    }

    void add(KerasTensor output) {
        outputs.add(output);
    }

    void structure(Tensors results) {
        structure = results;
    }

    /** The symbolic tensors among the arguments, in order. */
    public List<KerasTensor> parents() {
        return arguments.tensors().stream()
                .filter(KerasTensor.class::isInstance)
                .map(KerasTensor.class::cast)
                .toList();
    }

    /** Runs the call on values. */
    public Tensors replay(Arguments values, @Nullable Boolean training) {
        return owner.replay(values, training);
    }
}
