package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.keras.Weight;
import sungu.keras.activations.Activation;
import sungu.keras.activations.Activations;
import sungu.keras.config.Setting;
import sungu.keras.initializers.Initializer;
import sungu.keras.random.Dropouts;
import sungu.keras.random.SeedGenerator;
import sungu.ops.Movements;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.List;

/**
 * A cell whose gates are {@code f(x . kernel + h . recurrent + bias)}: the product with the input
 * is computed for all steps at once, so that a step has only the product with the state.
 */
abstract class GatedCell<S extends GatedCell<S>> extends RandomLayer<S> implements RecurrentCell {
    static final Setting<Integer> UNITS = Setting.integer("units").positive();
    static final Setting<Activation> ACTIVATION =
            WeightSettings.activation("activation", Activations.TANH);
    static final Setting<Activation> RECURRENT_ACTIVATION =
            WeightSettings.activation("recurrent_activation", Activations.SIGMOID);
    static final Setting<Boolean> USE_BIAS = Setting.flag("use_bias").defaults(true);
    static final WeightSetting KERNEL = WeightSetting.of("kernel", "glorot_uniform");
    static final WeightSetting RECURRENT = WeightSetting.of("recurrent", "orthogonal");
    static final WeightSetting BIAS = WeightSetting.of("bias", "zeros");
    static final Setting<Double> DROPOUT = Setting.number("dropout").defaults(0.0);
    static final Setting<Double> RECURRENT_DROPOUT =
            Setting.number("recurrent_dropout").defaults(0.0);

    private final int gates;
    private @Nullable Weight kernel;
    private @Nullable Weight recurrent;
    @Nullable Weight bias;

    /**
     * @param gates how many times the units each product has
     */
    GatedCell(int gates) {
        this.gates = gates;
    }

    /** The settings with which the layer around this cell was made. */
    final void adopt(GatedLayer<?> layer) {
        for (var setting : type().settings()) {
            if (setting != NAME) {
                adopt(layer, setting);
            }
        }
    }

    private <T> void adopt(GatedLayer<?> layer, Setting<T> setting) {
        set(setting, layer.value(setting));
    }

    @Override
    protected final List<String> parameters() {
        return List.of("inputs", "states", "training");
    }

    /** Keras draws a seed for every cell, with dropout or without. */
    @Override
    final boolean isRandom() {
        return true;
    }

    @Override
    public final int outputSize() {
        return get(UNITS);
    }

    @Override
    public final boolean outputIsState() {
        return true;
    }

    final Tensor zeros(int rows) {
        return Tensor.zeros(Shape.of(rows, get(UNITS)), computeDtype());
    }

    @Override
    public Tensors initialState(int rows) {
        return Tensors.of(List.of(zeros(rows)));
    }

    /** The shape of the bias. */
    Shape biasShape() {
        return Shape.of(gates * get(UNITS));
    }

    /** How the bias begins. */
    Initializer biasInitializer() {
        return get(BIAS.initializer());
    }

    /** What is added to the product with the input; null for nothing. */
    @Nullable Tensor inputBias() {
        return bias == null ? null : bias.value();
    }

    @Override
    protected void build(Shape input) {
        super.build(input);
        int width = input.dim(-1);
        if (width < 0) {
            throw new TensorException(
                    "the last dimension of the input must be known, got " + input);
        }
        int units = get(UNITS);
        kernel = addWeight("kernel", Shape.of(width, gates * units), KERNEL);
        recurrent = addWeight("recurrent_kernel", Shape.of(units, gates * units), RECURRENT);
        if (get(USE_BIAS)) {
            bias =
                    addWeight(
                            "bias",
                            biasShape(),
                            biasInitializer(),
                            find(BIAS.regularizer()),
                            find(BIAS.constraint()),
                            true);
        }
    }

    /** One step outside of a layer: an input and a list of states. */
    @Override
    protected Tensors call(Arguments arguments, CallContext context) {
        var input = input(arguments);
        var given = Arguments.of(arguments.named().get("states")).tensors();
        int rows = input.shape().dim(0);
        var pass = pass(rows, context.training());
        var step = pass.step(pass.prepare(input), initialState(rows).with(given));
        return new Tensors.Items(List.of(Tensors.of(step.output()), step.states()));
    }

    private static double share(double rate) {
        return Math.clamp(rate, 0, 1);
    }

    /** Factors that drop elements of each row, the same at all steps; none without dropout. */
    private List<Tensor> masks(double rate, int rows, int width, boolean training) {
        if (!training || rate <= 0 || rate >= 1) {
            return List.of();
        }
        // Without dropout of states the gates share a mask, so that one product serves them all.
        int count = gates > 1 && share(get(RECURRENT_DROPOUT)) > 0 ? gates : 1;
        var shape = Shape.of(rows, width);
        var ones = Tensor.ones(shape, computeDtype());
        var masks = new ArrayList<Tensor>();
        for (int i = 0; i < count; i++) {
            masks.add(Dropouts.drop(ones, rate, shape, SeedGenerator.reduced(nextSeed())));
        }
        return masks;
    }

    @Override
    public final Pass pass(int rows, boolean training) {
        int width = built(kernel).shape().dim(0);
        var inputs = masks(share(get(DROPOUT)), rows, width, training);
        var states = masks(share(get(RECURRENT_DROPOUT)), rows, get(UNITS), training);
        var weights = new Weights(built(kernel).value(), built(recurrent).value(), states);
        return new Pass() {
            @Override
            public Tensor prepare(Tensor x) {
                var product = product(x, weights.kernel, inputs);
                var offset = inputBias();
                return offset == null ? product : product.plus(offset);
            }

            @Override
            public Step step(Tensor prepared, Tensors before) {
                return GatedCell.this.step(prepared, before, weights);
            }
        };
    }

    /**
     * What a pass multiplies with.
     *
     * @param masks of the states; one per gate, one for all, or none
     */
    record Weights(Tensor kernel, Tensor recurrent, List<Tensor> masks) {}

    /** One step from the product with the input. */
    abstract Step step(Tensor x, Tensors states, Weights weights);

    /** The product of some gates with the state. */
    final Tensor recurrent(Tensor h, Weights weights, int from, int to) {
        var part = gates(weights.recurrent, from, to);
        var masks = weights.masks;
        return product(h, part, masks.size() <= 1 ? masks : masks.subList(from, to));
    }

    /** The product with weights of as many gates as there are masks. */
    private Tensor product(Tensor x, Tensor weights, List<Tensor> masks) {
        if (masks.size() <= 1) {
            return (masks.isEmpty() ? x : x.times(masks.getFirst())).matmul(weights);
        }
        var parts = new ArrayList<Tensor>();
        for (int i = 0; i < masks.size(); i++) {
            parts.add(x.times(masks.get(i)).matmul(gates(weights, i, i + 1)));
        }
        return Movements.concat(parts, -1);
    }

    /** Some gates out of a tensor that has all of them side by side along its last axis. */
    final Tensor gates(Tensor all, int from, int to) {
        int units = get(UNITS);
        return Movements.sliceAxis(all, -1, from * units, to * units);
    }
}
