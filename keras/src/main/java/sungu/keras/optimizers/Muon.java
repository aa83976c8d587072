package sungu.keras.optimizers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.Codecs;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Elements;
import sungu.ops.Movements;
import sungu.tensor.Tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Steps made orthogonal by Newton-Schulz iterations for matrices (Jordan 2024), Adam with weight
 * decay for all other weights.
 */
public final class Muon extends Optimizer.Of<Muon> {
    static final Setting<Double> ADAM_BETA_1 = Setting.number("adam_beta_1").defaults(0.9).live();
    static final Setting<Double> ADAM_BETA_2 = Setting.number("adam_beta_2").defaults(0.999).live();
    static final Setting<Double> EPSILON = Setting.number("epsilon").defaults(1e-7).live();
    static final Setting<List<String>> EXCLUDE_LAYERS =
            Setting.of(
                            "exclude_layers",
                            Codecs.of(
                                    "a list of regular expressions",
                                    ArrayList::new,
                                    tree ->
                                            tree instanceof List<?> list
                                                    ? list.stream().map(String::valueOf).toList()
                                                    : List.of(Codecs.TEXT.decode(tree))))
                    .defaults(List.of());
    static final Setting<Double> MUON_A = Setting.number("muon_a").defaults(3.4445).live();
    static final Setting<Double> MUON_B = Setting.number("muon_b").defaults(-4.775).live();
    static final Setting<Double> MUON_C = Setting.number("muon_c").defaults(2.0315).live();
    static final Setting<Double> ADAM_LR_RATIO =
            Setting.number("adam_lr_ratio").defaults(1.0).live();
    static final Setting<Double> MOMENTUM = Setting.number("momentum").defaults(0.95).live();
    static final Setting<Integer> NS_STEPS = Setting.integer("ns_steps").defaults(5).live();
    static final Setting<Boolean> NESTEROV = Setting.flag("nesterov").defaults(true).live();
    static final Setting<Boolean> EXCLUDE_EMBEDDINGS =
            Setting.flag("exclude_embeddings").defaults(true);
    static final Setting<Double> ADAM_WEIGHT_DECAY =
            Setting.number("adam_weight_decay").defaults(0.004).optional().live();
    static final Setting<Double> RMS_RATE =
            Setting.number("rms_rate").defaults(0.2).optional().live();
    static final ObjectType<Muon> TYPE =
            ObjectType.of(
                            "keras.optimizers",
                            "Muon",
                            Muon::new,
                            ADAM_BETA_1,
                            ADAM_BETA_2,
                            EPSILON,
                            EXCLUDE_LAYERS,
                            MUON_A,
                            MUON_B,
                            MUON_C,
                            ADAM_LR_RATIO,
                            MOMENTUM,
                            NS_STEPS,
                            NESTEROV,
                            EXCLUDE_EMBEDDINGS,
                            ADAM_WEIGHT_DECAY,
                            RMS_RATE)
                    .withBase(base());

    private @Nullable Slots momenta;
    private @Nullable Slots velocities;

    /** With Keras' defaults. */
    public Muon() {
        set(WEIGHT_DECAY, 0.004);
    }

    /** The decay of the mean of gradients in Adam. */
    public Muon adamBeta1(double adamBeta1) {
        return with(ADAM_BETA_1, adamBeta1);
    }

    /** The decay of the mean of squared gradients in Adam. */
    public Muon adamBeta2(double adamBeta2) {
        return with(ADAM_BETA_2, adamBeta2);
    }

    /** Keeps the division finite in Adam. */
    public Muon epsilon(double epsilon) {
        return with(EPSILON, epsilon);
    }

    /** Regular expressions; weights in whose paths one is found are changed by Adam. */
    public Muon excludeLayers(String... patterns) {
        return with(EXCLUDE_LAYERS, List.of(patterns));
    }

    /** The first coefficient of the iteration. */
    public Muon muonA(double muonA) {
        return with(MUON_A, muonA);
    }

    /** The second coefficient of the iteration. */
    public Muon muonB(double muonB) {
        return with(MUON_B, muonB);
    }

    /** The third coefficient of the iteration. */
    public Muon muonC(double muonC) {
        return with(MUON_C, muonC);
    }

    /** The learning rate of Adam in terms of that of Muon. */
    public Muon adamLrRatio(double adamLrRatio) {
        return with(ADAM_LR_RATIO, adamLrRatio);
    }

    /** The share of the last step that goes into the next. */
    public Muon momentum(double momentum) {
        return with(MOMENTUM, momentum);
    }

    /** The number of iterations. */
    public Muon nsSteps(int nsSteps) {
        return with(NS_STEPS, nsSteps);
    }

    /** Whether the momentum is applied ahead of the gradient. */
    public Muon nesterov(boolean nesterov) {
        return with(NESTEROV, nesterov);
    }

    /** Whether Adam changes embeddings. */
    public Muon excludeEmbeddings(boolean excludeEmbeddings) {
        return with(EXCLUDE_EMBEDDINGS, excludeEmbeddings);
    }

    /** The weight decay of Adam; null for none. */
    public Muon adamWeightDecay(@Nullable Double adamWeightDecay) {
        return with(ADAM_WEIGHT_DECAY, adamWeightDecay);
    }

    /** The size of an update; null leaves it as it is. */
    public Muon rmsRate(@Nullable Double rmsRate) {
        return with(RMS_RATE, rmsRate);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    private boolean isAdams(Weight weight) {
        return weight.rank() != 2
                || get(EXCLUDE_EMBEDDINGS)
                        && weight.path().toLowerCase(java.util.Locale.ROOT).contains("embedding")
                || get(EXCLUDE_LAYERS).stream()
                        .anyMatch(
                                pattern -> Pattern.compile(pattern).matcher(weight.path()).find());
    }

    @Override
    protected void createSlots(List<Weight> weights) {
        momenta = new Slots();
        velocities = new Slots();
        for (var weight : weights) {
            momenta.put(weight, addSlots(List.of(weight), "momentum").of(weight));
            if (isAdams(weight)) {
                velocities.put(weight, addSlots(List.of(weight), "velocity").of(weight));
            }
        }
    }

    @Override
    protected void applyWeightDecay(List<Weight> weights) {
        for (var weight : weights) {
            var decay = find(isAdams(weight) ? ADAM_WEIGHT_DECAY : WEIGHT_DECAY);
            if (decay != null && decays(weight)) {
                decay(weight, decay);
            }
        }
    }

    @Override
    protected void updateStep(Tensor gradient, Weight weight, Tensor learningRate) {
        var m = Objects.requireNonNull(momenta).of(weight);
        if (isAdams(weight)) {
            adam(gradient, weight, learningRate.times(get(ADAM_LR_RATIO)), m);
            return;
        }
        m.assignAdd(gradient.plus(m.times(get(MOMENTUM) - 1)));
        var direction = get(NESTEROV) ? gradient.plus(m.times(get(MOMENTUM))) : m.value();
        var step = learningRate.times(orthogonal(direction));
        var rate = find(RMS_RATE);
        if (rate != null) {
            step =
                    step.times(Math.sqrt(Math.max(weight.shape().dim(0), weight.shape().dim(1))))
                            .times(rate);
        }
        weight.assignSub(step);
    }

    private void adam(Tensor gradient, Weight weight, Tensor rate, Weight m) {
        var one = Elements.weak(1.0, gradient);
        var step = step(weight.dtype());
        var v = Objects.requireNonNull(velocities).of(weight);
        var correction =
                one.minus(Elements.weak((double) get(ADAM_BETA_2), gradient).pow(step)).sqrt();
        var alpha =
                rate.times(correction)
                        .div(
                                one.minus(
                                        Elements.weak((double) get(ADAM_BETA_1), gradient)
                                                .pow(step)));
        m.assignAdd(gradient.minus(m).times(1 - get(ADAM_BETA_1)));
        v.assignAdd(gradient.square().minus(v).times(1 - get(ADAM_BETA_2)));
        weight.assignSub(m.times(alpha).div(v.sqrt().plus(get(EPSILON))));
    }

    /**
     * Moves the singular values of a matrix towards 1 by a polynomial of degree five, applied a few
     * times.
     */
    private Tensor orthogonal(Tensor matrix) {
        boolean tall = matrix.shape().dim(0) > matrix.shape().dim(1);
        var x = tall ? Movements.transpose(matrix) : matrix;
        x = x.div(x.square().sum().sqrt().plus(1e-7));
        for (int i = 0; i < get(NS_STEPS); i++) {
            var square = x.matmul(Movements.transpose(x));
            var polynomial =
                    square.times(get(MUON_B)).plus(square.times(get(MUON_C)).matmul(square));
            x = x.times(get(MUON_A)).plus(polynomial.matmul(x));
        }
        return tall ? Movements.transpose(x) : x;
    }
}
