package sungu.keras.models;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.keras.training.Trainer;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;
import sungu.trace.Context;
import sungu.trace.TracedFunction;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * Calls of a model on one tensor, outside of training. After some calls for a type further ones run
 * the program of {@code predict} instead of one operation after the other, where nobody can tell
 * the difference: the layers are the library's own, nothing is being traced or watched by a tape,
 * no mask goes in or out, no variable is assigned, and on numbers made up for it the program has
 * given the same bits.
 */
final class DirectCalls {
    /** How many calls for a type run layer by layer: fewer are not worth a compilation. */
    private static final int LAYER_BY_LAYER = 8;

    /** How many types are looked at, so that inputs of ever new sizes are no reason to compile. */
    private static final int TYPES = 16;

    private static final int REFUSED = -1;

    private record Ready(TensorType type, int structure, TracedFunction program) {}

    private final Model model;
    private final Map<TensorType, Integer> calls = new HashMap<>();
    private volatile @Nullable Ready ready;

    DirectCalls(Model model) {
        this.model = model;
    }

    /** Begins anew: the model has changed. */
    synchronized void forget() {
        calls.clear();
        ready = null;
    }

    /** The output; null if the layers are to be called. */
    @Nullable Tensor run(Tensor input) {
        if (!(input instanceof HostTensor) || input.mask() != null) {
            return null;
        }
        var context = Context.current();
        // Inside of a layer's call operations have a place.
        if (context.trace() != null || context.tape() != null || !context.place().isEmpty()) {
            return null;
        }
        var known = ready;
        if (known == null
                || !known.type.equals(input.type())
                || known.structure != Trainer.structure()) {
            known = find(input);
        }
        return known == null ? null : known.program.callRows(input)[0];
    }

    private synchronized @Nullable Ready find(Tensor input) {
        int structure = Trainer.structure();
        var before = ready;
        if (before != null && before.structure != structure) {
            forget();
        }
        var type = input.type();
        int count = calls.getOrDefault(type, 0);
        if (count == REFUSED || count == 0 && calls.size() == TYPES) {
            return null;
        }
        if (count < LAYER_BY_LAYER) {
            calls.put(type, count + 1);
            return null;
        }
        if (count == LAYER_BY_LAYER) {
            boolean same = isSame(input);
            calls.put(type, same ? count + 1 : REFUSED);
            if (!same) {
                return null;
            }
        }
        var found = new Ready(type, structure, model.trainer().predictProgram(Tensors.of(input)));
        ready = found;
        return found;
    }

    /** Whether the program of {@code predict} does for inputs of this type what the layers do. */
    private boolean isSame(Tensor input) {
        var options = model.compiled();
        if (!model.built()
                || options != null && options.runEagerly()
                || !model.callsArePlain()
                || model.trainer().predictProgram(Tensors.of(input)).assigns(input)) {
            return false;
        }
        var numbers = madeUp(input);
        try {
            return model.apply(Arguments.of(numbers).with("training", false))
                            instanceof Tensors.Leaf(Tensor called)
                    && called.mask() == null
                    && model.trainer().predictOnBatch(Tensors.of(numbers))
                            instanceof Tensors.Leaf(Tensor predicted)
                    && called.type().equals(predicted.type())
                    && Objects.deepEquals(called.host().array(), predicted.host().array());
        } catch (TensorException e) {
            return false;
        }
    }

    /**
     * Numbers of the input's type: zeros, as users like to warm up with, would not show that sums
     * are in another order. Integers stay, for they may be positions in tables.
     */
    private static Tensor madeUp(Tensor input) {
        if (!input.dtype().isFloating()) {
            return input;
        }
        var random = new Random(input.size());
        var numbers = new float[input.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextFloat(-1, 1);
        }
        return new HostTensor(DType.FLOAT32, input.shape(), numbers).cast(input.dtype());
    }
}
