package sungu.keras.models;

import org.jspecify.annotations.Nullable;

import sungu.keras.Tensors;
import sungu.keras.callbacks.History;
import sungu.keras.config.DTypePolicy;
import sungu.keras.layers.Layer;
import sungu.keras.metrics.Metric;
import sungu.keras.optimizers.Optimizer;
import sungu.keras.saving.ModelFiles;
import sungu.keras.training.CompileOptions;
import sungu.keras.training.EvaluateOptions;
import sungu.keras.training.FitOptions;
import sungu.keras.training.StepData;
import sungu.keras.training.Trainer;
import sungu.tensor.Tensor;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A layer that can be trained: {@code compile} says how, {@code fit} trains, {@code evaluate} and
 * {@code predict} use it.
 *
 * <p>Extend it for models of your own: register layers with {@code track}, compute in {@code call};
 * override {@link #trainStep} for a training step of your own, which runs as one traced program
 * like the built-in one.
 */
public abstract class Model extends Layer {
    @SuppressWarnings("this-escape") // the trainer only keeps the reference
    private final Trainer trainer = new Trainer(this);

    @SuppressWarnings("this-escape") // as before
    private final DirectCalls directCalls = new DirectCalls(this);

    private volatile boolean stopTraining;

    /** For sub-classes. */
    protected Model() {}

    /** A model from symbolic inputs to outputs, each a tensor or a list or map of tensors. */
    public static Functional of(Object inputs, Object outputs) {
        return new Functional(inputs, outputs);
    }

    final void named(String unique) {
        rename(unique);
    }

    final void policy(DTypePolicy policy) {
        set(DTYPE, policy);
    }

    /** The layers directly inside this model, in order. */
    public List<Layer> layers() {
        return List.copyOf(sublayers().values());
    }

    /** The layer of that name. */
    public final Layer layer(String name) {
        for (var layer : layers()) {
            if (layer.name().equals(name)) {
                return layer;
            }
        }
        throw new sungu.tensor.TensorException(
                "model '" + name() + "' has no layer '" + name + "'",
                sungu.keras.config.Names.suggestion(
                        name, layers().stream().map(Layer::name).toList()));
    }

    /**
     * Sets how the model is trained: {@code model.compile(c ->
     * c.optimizer("adam").loss("mse").metrics("mae"))}.
     */
    public final void compile(UnaryOperator<CompileOptions> options) {
        compile(options.apply(CompileOptions.DEFAULT));
    }

    /** Sets how the model is trained. */
    public final void compile(CompileOptions options) {
        trainer.compile(options);
        directCalls.forget();
    }

    /** How the model was compiled; null if it was not. */
    public final @Nullable CompileOptions compiled() {
        return trainer.options();
    }

    /** The optimizer of {@code compile}. */
    public final Optimizer optimizer() {
        return trainer.optimizer();
    }

    /** The metrics of {@code compile}, the loss first; known after the first step. */
    public final List<Metric> metrics() {
        return trainer.metrics();
    }

    /** The names of {@link #metrics}. */
    public final List<String> metricsNames() {
        return trainer.metricsNames();
    }

    /** Trains with Keras' defaults. */
    public final History fit(Object x, Object y) {
        return fit(x, y, options -> options);
    }

    /**
     * Trains on rows of data: {@code model.fit(x, y, f -> f.epochs(50).batchSize(16))}.
     *
     * @param x a tensor or array, or a list or map of them, one per input
     * @param y the targets: a tensor or array, or a list or map of them, one per output
     */
    public final History fit(Object x, Object y, UnaryOperator<FitOptions> options) {
        return trainer.fit(
                Tensors.ofNested(x), Tensors.ofNested(y), options.apply(FitOptions.DEFAULT));
    }

    /**
     * Trains on inputs alone: the loss comes from {@code addLoss} or a training step of the model's
     * own.
     */
    public final History fit(Object x, UnaryOperator<FitOptions> options) {
        return trainer.fit(Tensors.ofNested(x), null, options.apply(FitOptions.DEFAULT));
    }

    /** The loss and metrics on data, by name. */
    public final Map<String, Double> evaluate(Object x, Object y) {
        return evaluate(x, y, options -> options);
    }

    /** The loss and metrics on data, by name. */
    public final Map<String, Double> evaluate(
            Object x, Object y, UnaryOperator<EvaluateOptions> options) {
        return trainer.evaluate(
                Tensors.ofNested(x), Tensors.ofNested(y), options.apply(EvaluateOptions.DEFAULT));
    }

    /** The output for rows of data. */
    public final Tensor predict(Object x) {
        return predictAll(x, options -> options.verbose(0)).only();
    }

    /** The output for rows of data. */
    public final Tensor predict(Object x, UnaryOperator<EvaluateOptions> options) {
        return predictAll(x, options).only();
    }

    /** The outputs for rows of data. */
    public final Tensors predictAll(Object x, UnaryOperator<EvaluateOptions> options) {
        return trainer.predict(Tensors.ofNested(x), options.apply(EvaluateOptions.DEFAULT));
    }

    /** One training step on one batch; returns the metrics so far. */
    public final Map<String, Double> trainOnBatch(Object x, Object y) {
        return trainer.trainOnBatch(Tensors.ofNested(x), Tensors.ofNested(y));
    }

    /** The output for one batch, as one program run. */
    public final Tensor predictOnBatch(Object x) {
        return trainer.predictOnBatch(Tensors.ofNested(x)).only();
    }

    /**
     * One training step; override it for a step of your own. It is traced: compute, take gradients
     * with a tape, apply the optimizer, update metrics.
     */
    protected void trainStep(StepData data) {
        trainer.defaultTrainStep(data);
    }

    /** One step of evaluation; override it for a step of your own. */
    protected void testStep(StepData data) {
        trainer.defaultTestStep(data);
    }

    /** Called by training; not for users. */
    public final void runTrainStep(StepData data) {
        trainStep(data);
    }

    /** Called by evaluation; not for users. */
    public final void runTestStep(StepData data) {
        testStep(data);
    }

    /**
     * The loss of {@code compile} with the losses added by layers; for training steps of your own.
     */
    protected final Tensor computeLoss(StepData data, Tensors yPred) {
        return trainer.computeLoss(data, yPred);
    }

    /** Updates the metrics of {@code compile}; for training steps of your own. */
    protected final void updateMetrics(StepData data, Tensors yPred, Tensor loss) {
        trainer.updateMetrics(data, yPred, loss);
    }

    @Override
    protected final @Nullable Tensor infer(Tensor input) {
        return directCalls.run(input);
    }

    @Override
    protected final boolean isBuiltIn() {
        return this instanceof Functional || this instanceof Sequential;
    }

    final boolean callsArePlain() {
        return isPlain();
    }

    /** Asks training to stop after the current epoch. */
    public final void stopTraining(boolean stop) {
        stopTraining = stop;
    }

    /** Whether training was asked to stop. */
    public final boolean stopTraining() {
        return stopTraining;
    }

    /** What runs the steps: for tests and tools. */
    public final Trainer trainer() {
        return trainer;
    }

    /** Saves the model in a {@code .keras} file, which Python Keras opens, too. */
    public final void save(Path file) {
        ModelFiles.save(this, file);
    }

    /** Loads a {@code .keras} file, written here or by Python Keras. */
    public static Model load(Path file) {
        return ModelFiles.load(file);
    }

    /** Saves the weights in a {@code .weights.h5} file. */
    public final void saveWeights(Path file) {
        ModelFiles.saveWeights(this, file);
    }

    /** Loads the weights of a {@code .weights.h5} or {@code .keras} file. */
    public final void loadWeights(Path file) {
        ModelFiles.loadWeights(this, file);
    }

    /** Prints the layers with their output shapes and parameters, as Keras does. */
    public final void summary() {
        summary(System.out);
    }

    /** Prints the summary to a stream. */
    public final void summary(PrintStream out) {
        out.print(Summary.DEFAULT.text(this));
    }

    /**
     * Prints the summary with options: {@code model.summary(s ->
     * s.expandNested(true).showTrainable(true))}.
     */
    public final void summary(UnaryOperator<Summary> options) {
        System.out.print(options.apply(Summary.DEFAULT).text(this));
    }
}
