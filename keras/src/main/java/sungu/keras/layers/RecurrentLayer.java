package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.keras.config.Setting;
import sungu.ops.Controls;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.Variable;
import sungu.trace.Context;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A cell repeated over the steps of sequences (rows, steps, ...).
 *
 * <p>What of a step does not need the states - for the cells here the product with the input - is
 * computed for all steps at once; the rest is one loop over the steps. Where a step is masked, the
 * states stay as they are and the output is that of the step before.
 */
abstract class RecurrentLayer<S extends RecurrentLayer<S>> extends Layer.Of<S> {
    static final Setting<Boolean> RETURN_SEQUENCES =
            Setting.flag("return_sequences").defaults(false);
    static final Setting<Boolean> RETURN_STATE = Setting.flag("return_state").defaults(false);
    static final Setting<Boolean> GO_BACKWARDS = Setting.flag("go_backwards").defaults(false);
    static final Setting<Boolean> STATEFUL = Setting.flag("stateful").defaults(false);
    static final Setting<Boolean> UNROLL = Setting.flag("unroll").defaults(false);
    static final Setting<Boolean> ZERO_OUTPUT_FOR_MASK =
            Setting.flag("zero_output_for_mask").defaults(false);

    private List<Variable> states = List.of();

    RecurrentLayer() {}

    /** A class's settings after those of all recurrent layers. */
    static Setting<?>[] recurrent(Setting<?>... own) {
        return Stream.concat(
                        Stream.of(
                                RETURN_SEQUENCES,
                                RETURN_STATE,
                                GO_BACKWARDS,
                                STATEFUL,
                                UNROLL,
                                ZERO_OUTPUT_FOR_MASK),
                        Arrays.stream(own))
                .toArray(Setting<?>[]::new);
    }

    /** The cell, which is a layer. */
    abstract RecurrentCell cell();

    /** Whether the outputs of all steps are returned, not only that of the last one. */
    public S returnSequences(boolean on) {
        return with(RETURN_SEQUENCES, on);
    }

    /** Whether the last states are returned after the output. */
    public S returnState(boolean on) {
        return with(RETURN_STATE, on);
    }

    /** Whether the last step comes first; then outputs are in that order, too. */
    public S goBackwards(boolean on) {
        return with(GO_BACKWARDS, on);
    }

    /**
     * Whether each row begins with the states in which the same row of the batch before ended. The
     * number of rows is fixed then.
     */
    public S stateful(boolean on) {
        return with(STATEFUL, on);
    }

    /** For model files of Keras: the steps are one loop here in any case. */
    public S unroll(boolean on) {
        return with(UNROLL, on);
    }

    /** Whether the outputs of masked steps are zeros. */
    public S zeroOutputForMask(boolean on) {
        return with(ZERO_OUTPUT_FOR_MASK, on);
    }

    /** Whether a setting is on. */
    final boolean is(Setting<Boolean> setting) {
        return get(setting);
    }

    /** Sets the states of a stateful layer to zero. */
    public final void resetState() {
        states.forEach(state -> state.assign(Tensor.zeros(state.shape(), state.dtype())));
    }

    @Override
    protected final List<String> parameters() {
        return List.of("sequences", "initial_state", "mask", "training");
    }

    @Override
    protected void build(Shape input) {
        if (input.rank() < 3) {
            throw new TensorException("takes sequences (rows, steps, ...), got " + input);
        }
        var cell = cell();
        ((Layer) cell).buildFor(input.remove(1));
        if (get(STATEFUL)) {
            int rows = input.dim(0);
            if (rows < 0) {
                throw new TensorException(
                        "a stateful layer must know the number of rows, got an input of shape "
                                + input,
                        "give the batch size: Input.batchShape(rows, steps, size)");
            }
            states =
                    Context.eagerly(() ->
                            cell.initialState(rows).flat().stream()
                                    .map(this::stateVariable)
                                    .toList());
        }
    }

    private Variable stateVariable(Tensor zeros) {
        return trackState(
                new Variable(zeros.cast(policy().variableDtype()), "rnn_state").trainable(false));
    }

    @Override
    protected Tensors call(Arguments arguments, CallContext context) {
        var given = input(arguments);
        int rows = given.shape().dim(0);
        var dtype = ((Layer) cell()).computeDtype();
        var sequences = given.cast(dtype);
        var begin = initialState(arguments.named().get("initial_state"), rows, dtype);
        var pass = cell().pass(rows, context.training());
        // Steps first: a row of the loop is a step of all sequences.
        var prepared = pass.prepare(stepsFirst(sequences));
        var mask = context.mask();
        var run =
                new Run(pass, begin, mask == null ? null : stepsFirst(mask.cast(DType.BOOL)))
                        .over(prepared);
        var end = run.states.map(state -> state.cast(computeDtype()));
        var values = end.flat();
        for (int i = 0; i < states.size(); i++) {
            states.get(i).assign(values.get(i).cast(states.get(i).dtype()));
        }
        var output = Tensors.of(run.output.cast(computeDtype()));
        if (!get(RETURN_STATE)) {
            return output;
        }
        var all = new ArrayList<Tensors>(List.of(output));
        all.addAll(((Tensors.Items) end).items());
        return new Tensors.Items(all);
    }

    private Tensors initialState(@Nullable Object given, int rows, DType dtype) {
        var zeros = cell().initialState(rows);
        List<? extends Tensor> values;
        if (given != null) {
            values = Arguments.of(given).tensors();
        } else if (!states.isEmpty()) {
            if (states.getFirst().shape().dim(0) != rows) {
                throw new TensorException(
                        "a stateful layer takes batches of one size, expected "
                                + states.getFirst().shape().dim(0)
                                + " rows, got "
                                + rows);
            }
            values = states.stream().map(Variable::value).toList();
        } else {
            return zeros;
        }
        if (values.size() != zeros.flat().size()) {
            throw new TensorException(
                    "takes " + zeros.flat().size() + " initial states, got " + values.size());
        }
        return zeros.with(values.stream().map(value -> value.cast(dtype)).toList());
    }

    private static Tensor stepsFirst(Tensor x) {
        var order = new int[x.rank()];
        Arrays.setAll(order, i -> i < 2 ? 1 - i : i);
        return Movements.transpose(x, order);
    }

    private record Result(Tensor output, Tensors states) {}

    /** One pass over all steps. */
    private final class Run {
        private final RecurrentCell.Pass pass;
        private final Tensors begin;
        private final @Nullable Tensor mask;
        private final int count;
        private final boolean all = get(RETURN_SEQUENCES);
        private final boolean carriesOutput;

        Run(RecurrentCell.Pass pass, Tensors begin, @Nullable Tensor mask) {
            this.pass = pass;
            this.begin = begin;
            this.mask = mask;
            this.count = begin.flat().size();
            this.carriesOutput = mask != null || !all && !cell().outputIsState();
        }

        /**
         * The carried values are the states and, where it is needed, the output of the step before.
         */
        Result over(Tensor prepared) {
            var carried = new ArrayList<>(begin.flat());
            if (carriesOutput) {
                int rows = begin.flat().getFirst().shape().dim(0);
                carried.add(
                        Tensor.zeros(
                                Shape.of(rows, cell().outputSize()),
                                begin.flat().getFirst().dtype()));
            }
            var results =
                    Controls.scan(
                            this::step,
                            carried.toArray(Tensor[]::new),
                            mask == null ? new Tensor[] {prepared} : new Tensor[] {prepared, mask},
                            -1,
                            get(GO_BACKWARDS));
            var last = begin.with(List.of(results).subList(0, count));
            var output =
                    all ? outputs(results[results.length - 1]) : results[carriesOutput ? count : 0];
            return new Result(output, last);
        }

        /** The outputs in the order in which they were made, sequences first. */
        private Tensor outputs(Tensor stacked) {
            return stepsFirst(get(GO_BACKWARDS) ? Movements.reverse(stacked, 0) : stacked);
        }

        private Tensor[] step(Tensor[] values) {
            var before = begin.with(List.of(values).subList(0, count));
            int next = count + (carriesOutput ? 1 : 0);
            var made = pass.step(values[next], before);
            var output = made.output();
            var after = made.states().flat();
            if (mask != null) {
                var use = values[next + 1];
                var used = new ArrayList<Tensor>();
                for (int i = 0; i < count; i++) {
                    used.add(chosen(use, after.get(i), values[i]));
                }
                after = used;
                var masked = get(ZERO_OUTPUT_FOR_MASK) ? Elements.zerosLike(output) : values[count];
                output = chosen(use, output, masked);
            }
            var results = new ArrayList<>(after);
            if (carriesOutput) {
                results.add(output);
            }
            if (all) {
                results.add(output);
            }
            return results.toArray(Tensor[]::new);
        }

        private static Tensor chosen(Tensor use, Tensor x, Tensor y) {
            Tensor wide = use;
            while (wide.rank() < x.rank()) {
                wide = Movements.expandDims(wide, -1);
            }
            return Elements.select(wide, x, y);
        }
    }
}
