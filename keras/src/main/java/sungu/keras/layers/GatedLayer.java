package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.activations.Activation;
import sungu.keras.activations.Activations;
import sungu.keras.config.Setting;
import sungu.keras.constraints.Constraint;
import sungu.keras.initializers.Initializer;
import sungu.keras.regularizers.Regularizer;
import sungu.tensor.Shape;

/** A recurrent layer that has its cell's settings as its own. */
abstract class GatedLayer<S extends GatedLayer<S>> extends RecurrentLayer<S> {
    static final Setting<Regularizer> ACTIVITY_REGULARIZER =
            WeightSettings.regularizer("activity_regularizer");

    private @Nullable GatedCell<?> cell;

    GatedLayer() {
        inputSpec(InputSpec.rank(3));
    }

    /** A cell without settings. */
    abstract GatedCell<?> makeCell();

    final <T> @Nullable T value(Setting<T> setting) {
        return find(setting);
    }

    /** The cell is made as soon as all settings are known, so that seeds are drawn in order. */
    @Override
    public void settle() {
        super.settle();
        cell();
    }

    @Override
    final GatedCell<?> cell() {
        var known = cell;
        if (known == null) {
            known = makeCell();
            known.adopt(this);
            cell = track("cell", known);
            known.settle();
        }
        return known;
    }

    @Override
    protected void build(Shape input) {
        super.build(input);
        penalizeActivity(find(ACTIVITY_REGULARIZER));
    }

    /** The activation by name, such as {@code tanh}. */
    public S activation(String function) {
        return with(GatedCell.ACTIVATION, Activations.of(function));
    }

    /** The activation. */
    public S activation(Activation function) {
        return with(GatedCell.ACTIVATION, function);
    }

    /** The activation as a function. */
    public S activation(Activation.Function function) {
        return with(GatedCell.ACTIVATION, Activation.of("custom", function));
    }

    /** Whether a bias is added. */
    public S useBias(boolean value) {
        return with(GatedCell.USE_BIAS, value);
    }

    /** How the weights of the input begin. */
    public S kernelInitializer(Initializer chosen) {
        return with(GatedCell.KERNEL.initializer(), chosen);
    }

    /** How the weights of the state begin. */
    public S recurrentInitializer(Initializer chosen) {
        return with(GatedCell.RECURRENT.initializer(), chosen);
    }

    /** How the bias begins. */
    public S biasInitializer(Initializer chosen) {
        return with(GatedCell.BIAS.initializer(), chosen);
    }

    /** The penalty on the weights of the input. */
    public S kernelRegularizer(Regularizer chosen) {
        return with(GatedCell.KERNEL.regularizer(), chosen);
    }

    /** The penalty on the weights of the state. */
    public S recurrentRegularizer(Regularizer chosen) {
        return with(GatedCell.RECURRENT.regularizer(), chosen);
    }

    /** The penalty on the bias. */
    public S biasRegularizer(Regularizer chosen) {
        return with(GatedCell.BIAS.regularizer(), chosen);
    }

    /** The penalty on the output. */
    public S activityRegularizer(Regularizer chosen) {
        return with(ACTIVITY_REGULARIZER, chosen);
    }

    /** The limits of the weights of the input. */
    public S kernelConstraint(Constraint chosen) {
        return with(GatedCell.KERNEL.constraint(), chosen);
    }

    /** The limits of the weights of the state. */
    public S recurrentConstraint(Constraint chosen) {
        return with(GatedCell.RECURRENT.constraint(), chosen);
    }

    /** The limits of the bias. */
    public S biasConstraint(Constraint chosen) {
        return with(GatedCell.BIAS.constraint(), chosen);
    }

    /** The share of the inputs that is dropped in training, the same ones at all steps. */
    public S dropout(double rate) {
        return with(GatedCell.DROPOUT, rate);
    }

    /** The share of the states that is dropped in training, the same ones at all steps. */
    public S recurrentDropout(double rate) {
        return with(GatedCell.RECURRENT_DROPOUT, rate);
    }

    /** The seed of dropout. */
    public S seed(int seed) {
        return with(RandomLayer.SEED, seed);
    }
}
