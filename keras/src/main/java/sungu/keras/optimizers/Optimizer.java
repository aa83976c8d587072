package sungu.keras.optimizers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Weight;
import sungu.keras.config.Codec;
import sungu.keras.config.Codecs;
import sungu.keras.config.Configured;
import sungu.keras.config.KerasConfig;
import sungu.keras.config.Names;
import sungu.keras.config.Serialization;
import sungu.keras.config.Setting;
import sungu.keras.schedules.LearningRateSchedule;
import sungu.ops.Controls;
import sungu.ops.Elements;
import sungu.ops.Reductions;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Changes weights along their gradients.
 *
 * <p>A sub-class makes its slots in {@link #createSlots} and changes one weight in {@link
 * #updateStep}. Clipping, weight decay, moving averages, gradient accumulation, loss scaling and
 * constraints are the same for all and applied here. All state is variables and all arithmetic is
 * ops, so a step runs eagerly and in a trace.
 */
public abstract class Optimizer extends Configured {
    private static final Codec<Object> RATE =
            Codecs.of(
                    "a number or a learning rate schedule",
                    value ->
                            value instanceof Double rate
                                    ? (Object)
                                            (KerasConfig.floatx() == DType.FLOAT64
                                                    ? rate
                                                    : (double) rate.floatValue())
                                    : Serialization.serialize(value),
                    Optimizer::readRate);

    /** The name. */
    public static final Setting<String> NAME = Setting.text("name").optional();

    static final Setting<Object> LEARNING_RATE =
            Setting.of("learning_rate", RATE).defaults(0.001).live();
    static final Setting<Double> WEIGHT_DECAY = Setting.number("weight_decay").optional().live();
    static final Setting<Double> CLIPNORM = Setting.number("clipnorm").optional().live();
    static final Setting<Double> GLOBAL_CLIPNORM =
            Setting.number("global_clipnorm").optional().live();
    static final Setting<Double> CLIPVALUE = Setting.number("clipvalue").optional().live();
    static final Setting<Boolean> USE_EMA = Setting.flag("use_ema").defaults(false);
    static final Setting<Double> EMA_MOMENTUM =
            Setting.number("ema_momentum")
                    .defaults(0.99)
                    .check(m -> m >= 0 && m <= 1, "in the range [0, 1]")
                    .live();
    static final Setting<Integer> EMA_OVERWRITE_FREQUENCY =
            Setting.integer("ema_overwrite_frequency").optional().positive().live();
    static final Setting<Double> LOSS_SCALE_FACTOR =
            Setting.number("loss_scale_factor").optional().live();
    static final Setting<Integer> GRADIENT_ACCUMULATION_STEPS =
            Setting.integer("gradient_accumulation_steps")
                    .optional()
                    .check(steps -> steps == 0 || steps >= 2, "an integer >= 2");

    /** A float or a schedule; Keras refuses integers, which are a frequent slip. */
    private static Object readRate(Object tree) {
        if (tree instanceof Double || tree instanceof Map<?, ?> map && map.containsKey("float")) {
            return Codecs.NUMBER.decode(tree);
        }
        if (tree instanceof Number) {
            throw Codecs.expected("a float or a learning rate schedule", tree);
        }
        return Serialization.deserialize(tree, LearningRateSchedule.class);
    }

    private static final Setting<?>[] BASE = {
        NAME,
        LEARNING_RATE,
        WEIGHT_DECAY,
        CLIPNORM,
        GLOBAL_CLIPNORM,
        CLIPVALUE,
        USE_EMA,
        EMA_MOMENTUM,
        EMA_OVERWRITE_FREQUENCY,
        LOSS_SCALE_FACTOR,
        GRADIENT_ACCUMULATION_STEPS
    };

    private final List<Weight> variables = new ArrayList<>();
    private final Map<Weight, Integer> positions = new IdentityHashMap<>();
    private final Set<Weight> undecayed =
            java.util.Collections.newSetFromMap(new IdentityHashMap<>());
    private List<Weight> trained = List.of();
    private @Nullable Pattern undecayedNames;
    private @Nullable Weight iteration;
    private @Nullable Weight rate;
    private @Nullable Slots averages;
    private @Nullable Slots accumulators;
    private boolean built;

    /** For sub-classes. */
    protected Optimizer() {}

    /** The settings that all optimizers share, in the order of configs. */
    protected static Setting<?>[] base() {
        return BASE.clone();
    }

    @Override
    protected List<Setting<?>> settings() {
        return List.of(BASE);
    }

    /** Makes the state that goes with the weights, by {@link #addSlots}. */
    protected abstract void createSlots(List<Weight> weights);

    /** Changes one weight; {@code learningRate} is in the weight's dtype. */
    protected abstract void updateStep(Tensor gradient, Weight weight, Tensor learningRate);

    /** Called once before the weights of a step are changed. */
    protected void beforeUpdates() {}

    /** The name: as set, else made from the class name. */
    public final String name() {
        var name = find(NAME);
        if (name == null) {
            name = KerasConfig.uniqueName(Names.snakeCase(type().className()));
            set(NAME, name);
        }
        return name;
    }

    @Override
    protected void configured() {
        checkClipping();
    }

    private void checkClipping() {
        long given =
                java.util.stream.Stream.of(CLIPNORM, CLIPVALUE, GLOBAL_CLIPNORM)
                        .filter(setting -> find(setting) != null)
                        .count();
        if (given > 1) {
            throw new TensorException(
                    "Only one of `clipnorm`, `clipvalue` and `global_clipnorm` can be set."
                            + " Received: clipnorm="
                            + find(CLIPNORM)
                            + ", clipvalue="
                            + find(CLIPVALUE)
                            + ", global_clipnorm="
                            + find(GLOBAL_CLIPNORM));
        }
    }

    // ---- state
    // ----------------------------------------------------------------------------------------------------------------

    /** The number of calls of {@link #apply} so far, int64. */
    public final Weight iterationVariable() {
        if (iteration == null) {
            name();
            iteration = track(Tensor.zeros(Shape.SCALAR, DType.INT64), "iteration");
            if (get(LEARNING_RATE) instanceof Double value) {
                rate =
                        track(
                                Tensor.full(Shape.SCALAR, value, KerasConfig.floatx()),
                                "learning_rate");
            }
        }
        return iteration;
    }

    /** The number of updates so far: with gradient accumulation, several calls make one. */
    public final Tensor iterations() {
        var calls = iterationVariable();
        var steps = find(GRADIENT_ACCUMULATION_STEPS);
        return steps == null || steps == 0
                ? calls
                : Elements.floorDivide(calls, Elements.weak((long) steps, calls));
    }

    /** The learning rate now. */
    public final Tensor learningRate() {
        var calls = iterationVariable();
        if (get(LEARNING_RATE) instanceof LearningRateSchedule schedule) {
            return schedule.apply(calls);
        }
        return java.util.Objects.requireNonNull(rate);
    }

    /** Whether the learning rate follows a schedule, so that it can't be assigned. */
    public final boolean isScheduled() {
        return get(LEARNING_RATE) instanceof LearningRateSchedule;
    }

    /** Sets the learning rate, at any time. */
    public final void assignLearningRate(double value) {
        if (iteration != null && rate == null) {
            throw new TensorException(
                    "This optimizer was created with a `LearningRateSchedule` object as its"
                        + " `learning_rate` constructor argument, hence its learning rate is not"
                        + " settable.",
                    "make it with a number, such as learningRate(0.01)");
        }
        set(LEARNING_RATE, value);
        if (rate != null) {
            rate.assign(Tensor.full(Shape.SCALAR, value, rate.dtype()));
        }
    }

    final void schedule(LearningRateSchedule schedule) {
        set(LEARNING_RATE, schedule);
        if (rate != null) {
            variables.remove(rate);
            rate = null;
        }
    }

    /** All state: the iteration count, the learning rate unless scheduled, and the slots. */
    public final List<Weight> variables() {
        iterationVariable();
        return List.copyOf(variables);
    }

    /** Whether the slots exist. */
    public final boolean isBuilt() {
        return built;
    }

    /** Adds a state variable. */
    protected final Weight addVariable(Tensor initial, String variableName) {
        return track(initial, variableName);
    }

    private Weight track(Tensor initial, String variableName) {
        var variable = new Weight(initial, variableName, name());
        variable.trainable(false);
        variables.add(variable);
        return variable;
    }

    /** A state variable per weight, of its shape and dtype, zero at first. */
    protected final Slots addSlots(List<Weight> weights, String slotName) {
        return addSlots(weights, 0, slotName)[0];
    }

    /** Several state variables per weight; those of one weight stand together, as in Keras. */
    protected final Slots[] addSlots(List<Weight> weights, double initial, String... slotNames) {
        var slots = new Slots[slotNames.length];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new Slots();
        }
        for (var weight : weights) {
            for (int i = 0; i < slots.length; i++) {
                var value = Tensor.full(weight.shape(), initial, weight.dtype());
                slots[i].put(
                        weight, track(value, weight.path().replace('/', '_') + "_" + slotNames[i]));
            }
        }
        return slots;
    }

    /** Makes the slots for these weights, once. */
    public final void build(List<Weight> weights) {
        if (built) {
            return;
        }
        checkClipping();
        iterationVariable();
        if (get(USE_EMA)) {
            averages = addSlots(weights, "average");
        }
        var steps = find(GRADIENT_ACCUMULATION_STEPS);
        if (steps != null && steps > 0) {
            accumulators = addSlots(weights, "gradient_accumulator");
        }
        for (int i = 0; i < weights.size(); i++) {
            positions.put(weights.get(i), i);
        }
        trained = List.copyOf(weights);
        createSlots(trained);
        freeze();
        built = true;
    }

    /**
     * Exempts weights, and those in whose names one of the regular expressions is found, from
     * weight decay; before the first update.
     */
    public final void excludeFromWeightDecay(List<Weight> weights, List<String> names) {
        if (built) {
            throw new TensorException(
                    "`exclude_from_weight_decay()` can only be configured before the optimizer is"
                            + " built.");
        }
        undecayed.clear();
        undecayed.addAll(weights);
        undecayedNames = names.isEmpty() ? null : Pattern.compile(String.join("|", names));
    }

    /** Whether weight decay acts on a weight. */
    protected final boolean decays(Weight weight) {
        return !undecayed.contains(weight)
                && (undecayedNames == null || !undecayedNames.matcher(weight.name()).find());
    }

    // ---- a step
    // ---------------------------------------------------------------------------------------------------------------

    /** One update; a null gradient leaves its weight alone. */
    public final void apply(List<? extends @Nullable Tensor> gradients, List<Weight> weights) {
        if (gradients.isEmpty()) {
            return;
        }
        build(weights);
        var present = new ArrayList<Tensor>();
        var changed = new ArrayList<Weight>();
        boolean overwritten = false;
        for (int i = 0; i < weights.size(); i++) {
            var gradient = gradients.get(i);
            if (!positions.containsKey(weights.get(i))) {
                throw new TensorException(
                        "Unknown variable: "
                                + weights.get(i).path()
                                + ". This optimizer can only be called for the variables it was"
                                + " originally built with.",
                        "make a new optimizer for another set of variables");
            }
            if (gradient != null && weights.get(i).overwrittenWithGradient()) {
                weights.get(i).assign(gradient);
                overwritten = true;
            } else if (gradient != null) {
                present.add(gradient);
                changed.add(weights.get(i));
            }
        }
        if (present.isEmpty() && !overwritten) {
            throw new TensorException(
                    "No gradients provided for any variable.",
                    "does the loss depend on the weights?");
        }
        var scale = find(LOSS_SCALE_FACTOR);
        if (scale != null) {
            present.replaceAll(gradient -> gradient.div(scale));
        }
        if (accumulators == null) {
            update(present, changed);
        } else {
            accumulate(present, changed, accumulators);
        }
        if (averages != null) {
            average(averages);
        }
        for (var weight : changed) {
            var constraint = weight.constraint();
            if (constraint != null) {
                weight.assign(constraint.apply(weight.value()));
            }
        }
        iterationVariable().assign(iterationVariable().value().plus(1L));
    }

    private void update(List<Tensor> gradients, List<Weight> weights) {
        var clipped = clip(gradients);
        applyWeightDecay(weights);
        beforeUpdates();
        var now = learningRate();
        for (int i = 0; i < weights.size(); i++) {
            var weight = weights.get(i);
            updateStep(clipped.get(i).cast(weight.dtype()), weight, now.cast(weight.dtype()));
        }
    }

    private void accumulate(List<Tensor> gradients, List<Weight> weights, Slots sums) {
        int steps = get(GRADIENT_ACCUMULATION_STEPS);
        var calls = iterationVariable().value();
        var due =
                Elements.equal(
                        Elements.floorMod(calls.plus(1L), Elements.weak((long) steps, calls)),
                        Elements.weak(0L, calls));
        Controls.cond(
                due,
                () -> {
                    var means = new ArrayList<Tensor>();
                    for (int i = 0; i < weights.size(); i++) {
                        means.add(
                                gradients.get(i).plus(sums.of(weights.get(i)).value()).div(steps));
                    }
                    update(means, weights);
                    for (var weight : trained) {
                        sums.of(weight).assign(Tensor.zeros(weight.shape(), weight.dtype()));
                    }
                    return new Tensor[0];
                },
                () -> {
                    for (int i = 0; i < weights.size(); i++) {
                        sums.of(weights.get(i))
                                .assign(gradients.get(i).plus(sums.of(weights.get(i)).value()));
                    }
                    return new Tensor[0];
                });
    }

    private void average(Slots into) {
        var notFirst = Elements.notEqual(iterations(), Tensor.zeros(Shape.SCALAR, DType.INT64));
        for (var weight : trained) {
            var momentum = notFirst.cast(weight.dtype()).times(get(EMA_MOMENTUM));
            var average = into.of(weight);
            average.assign(
                    momentum.times(average)
                            .plus(Elements.onesLike(momentum).minus(momentum).times(weight)));
        }
        var every = find(EMA_OVERWRITE_FREQUENCY);
        if (every != null) {
            var next = iterations().plus(1L);
            var due =
                    Elements.equal(
                            Elements.floorMod(next, Elements.weak((long) every, next)),
                            Elements.weak(0L, next));
            Controls.cond(
                    due,
                    () -> {
                        overwrite(into);
                        return new Tensor[0];
                    },
                    () -> new Tensor[0]);
        }
    }

    private void overwrite(Slots averaged) {
        trained.forEach(weight -> weight.assign(averaged.of(weight).value()));
    }

    private List<Tensor> clip(List<Tensor> gradients) {
        var norm = find(CLIPNORM);
        var all = find(GLOBAL_CLIPNORM);
        var bound = find(CLIPVALUE);
        if (norm != null && norm > 0) {
            return gradients.stream().map(gradient -> clipNorm(gradient, norm)).toList();
        }
        if (all != null && all > 0) {
            Tensor squares = null;
            for (var gradient : gradients) {
                var one = gradient.square().sum();
                squares = squares == null ? one : squares.plus(one.cast(squares.dtype()));
            }
            if (squares == null) {
                return gradients;
            }
            var length = squares.sqrt();
            var factor =
                    Elements.minimum(
                                    Elements.weak(1.0, length).div(length),
                                    Elements.weak(1.0 / all, length))
                            .times(all);
            // Adds NaN when the norm is infinite or NaN, so that the failure shows.
            var scale = factor.plus(length.minus(length));
            return gradients.stream()
                    .map(gradient -> gradient.times(scale.cast(gradient.dtype())))
                    .toList();
        }
        if (bound != null && bound > 0) {
            return gradients.stream()
                    .map(gradient ->
                            Elements.clip(
                                    gradient,
                                    Elements.weak(-bound, gradient),
                                    Elements.weak((double) bound, gradient)))
                    .toList();
        }
        return gradients;
    }

    private static Tensor clipNorm(Tensor gradient, double norm) {
        var length = Reductions.sum(gradient.square(), gradient.rank() > 0).sqrt();
        return gradient.times(norm).div(Elements.maximum(length, Elements.weak(norm, length)));
    }

    /** Shrinks the weights by weight decay times learning rate. */
    protected void applyWeightDecay(List<Weight> weights) {
        var decay = find(WEIGHT_DECAY);
        if (decay != null) {
            weights.stream().filter(this::decays).forEach(weight -> decay(weight, decay));
        }
    }

    /** Shrinks one weight by {@code decay} times learning rate. */
    protected final void decay(Weight weight, double decay) {
        var value = weight.value();
        weight.assign(value.minus(value.times(decay).times(learningRate().cast(weight.dtype()))));
    }

    /** The number of the update under way, from 1 on, in a dtype. */
    protected final Tensor step(DType dtype) {
        return iterations().plus(1L).cast(dtype);
    }

    /** The loss scaled for gradients in low precision. */
    public Tensor scaleLoss(Tensor loss) {
        var scale = find(LOSS_SCALE_FACTOR);
        return scale == null ? loss : loss.times(scale);
    }

    /** Called at the end of training: puts averaged weights in place where they are kept. */
    public void finalizeWeights(List<Weight> weights) {
        if (averages != null) {
            overwrite(averages);
        }
    }

    @Override
    public Map<String, @Nullable Object> config() {
        name();
        var config = new LinkedHashMap<String, @Nullable Object>(super.config());
        if (rate != null) {
            config.put("learning_rate", rate.stored().doubleValue());
        }
        return config;
    }

    /** The names of all state variables. */
    @Override
    public String toString() {
        return super.toString()
                + variables.stream()
                        .map(Weight::path)
                        .collect(Collectors.joining(", ", built ? " with " : "", ""));
    }

    /** State variables by the weight that they go with. */
    protected static final class Slots {
        private final Map<Weight, Weight> byWeight = new IdentityHashMap<>();

        void put(Weight weight, Weight slot) {
            byWeight.put(weight, slot);
        }

        /** The state variable of a weight. */
        public Weight of(Weight weight) {
            return java.util.Objects.requireNonNull(byWeight.get(weight));
        }
    }

    /** The settings of every optimizer, which return the optimizer itself. */
    public abstract static class Of<S extends Of<S>> extends Optimizer {
        /** For sub-classes. */
        protected Of() {}

        @SuppressWarnings("unchecked")
        private S self() {
            return (S) this;
        }

        /** Sets a value and returns this. */
        protected final <T> S with(Setting<T> setting, @Nullable T value) {
            set(setting, value);
            return self();
        }

        /** The name, which the paths of the state variables begin with. */
        public S name(String name) {
            return with(NAME, name);
        }

        /** The learning rate; it can be changed at any time. */
        public S learningRate(double rate) {
            assignLearningRate(rate);
            return self();
        }

        /** A learning rate that follows the number of steps. */
        public S learningRate(LearningRateSchedule schedule) {
            schedule(schedule);
            return self();
        }

        /** How much of each weight, times the learning rate, is taken away at each step. */
        public S weightDecay(@Nullable Double decay) {
            return with(WEIGHT_DECAY, decay);
        }

        /** Limits the length of each gradient. */
        public S clipnorm(@Nullable Double norm) {
            return with(CLIPNORM, norm);
        }

        /** Limits the length of all gradients together. */
        public S globalClipnorm(@Nullable Double norm) {
            return with(GLOBAL_CLIPNORM, norm);
        }

        /** Limits the elements of gradients. */
        public S clipvalue(@Nullable Double bound) {
            return with(CLIPVALUE, bound);
        }

        /**
         * Whether moving averages of the weights are kept and put in place at the end of training.
         */
        public S useEma(boolean on) {
            return with(USE_EMA, on);
        }

        /** The share of the old average in each new one. */
        public S emaMomentum(double momentum) {
            return with(EMA_MOMENTUM, momentum);
        }

        /** After how many steps weights are replaced by their averages. */
        public S emaOverwriteFrequency(@Nullable Integer steps) {
            return with(EMA_OVERWRITE_FREQUENCY, steps);
        }

        /**
         * What the loss is multiplied by and gradients divided by, against underflow in low
         * precision.
         */
        public S lossScaleFactor(@Nullable Double factor) {
            return with(LOSS_SCALE_FACTOR, factor);
        }

        /** How many gradients are averaged before each update. */
        public S gradientAccumulationSteps(@Nullable Integer steps) {
            return with(GRADIENT_ACCUMULATION_STEPS, steps);
        }
    }
}
