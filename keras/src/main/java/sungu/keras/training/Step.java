package sungu.keras.training;

import org.jspecify.annotations.Nullable;

import sungu.tensor.Tensor;
import sungu.trace.TracedFunction;

import java.util.function.Consumer;

/**
 * What a model does with a batch, for training or for evaluation, as one traced program per form of
 * batch. Programs see the leaves of a batch only; what they are leaves of is put back for the
 * trace.
 */
final class Step {
    private static final Tensor[] NOTHING = {};

    private final Consumer<StepData> body;
    private final TracedFunction function;
    private @Nullable StepData form;

    /** What Java code in a step looks at besides its inputs: a change of it traces anew. */
    private String parts = "";

    Step(String name, Consumer<StepData> body) {
        this.body = body;
        function =
                TracedFunction.of(
                        name,
                        leaves -> {
                            body.accept(rebuilt(leaves));
                            return NOTHING;
                        },
                        () -> parts);
    }

    TracedFunction function() {
        return function;
    }

    /**
     * Runs it on a batch.
     *
     * @param batch the batch, or another one of its form
     * @param leaves the tensors of the batch: inputs, targets, weights
     */
    void run(StepData batch, Tensor[] leaves) {
        take(batch);
        function.call(leaves);
    }

    /** Runs it operation by operation. */
    void runEagerly(StepData batch, Tensor[] leaves) {
        take(batch);
        body.accept(rebuilt(leaves));
    }

    private void take(StepData batch) {
        if (form != batch) {
            form = batch;
            parts =
                    (batch.y() == null ? "x" : "x, y")
                            + (batch.sampleWeight() == null ? "" : ", weights");
        }
    }

    private StepData rebuilt(Tensor[] leaves) {
        if (form == null) {
            throw new IllegalStateException("a step runs outside of the trainer");
        }
        return form.with(leaves);
    }
}
