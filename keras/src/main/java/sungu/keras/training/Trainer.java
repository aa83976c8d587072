package sungu.keras.training;

import org.jspecify.annotations.Nullable;

import sungu.gradient.GradientTape;
import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.keras.callbacks.Callback;
import sungu.keras.callbacks.History;
import sungu.keras.callbacks.Logs;
import sungu.keras.config.KerasConfig;
import sungu.keras.layers.Layer;
import sungu.keras.metrics.Metric;
import sungu.keras.models.Functional;
import sungu.keras.models.Model;
import sungu.keras.models.Sequential;
import sungu.keras.ops.KerasTensor;
import sungu.keras.optimizers.Optimizer;
import sungu.keras.optimizers.Optimizers;
import sungu.ops.Movements;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorType;
import sungu.trace.Context;
import sungu.trace.Trace;
import sungu.trace.TracedFunction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs the steps of a model. A step - forward, loss, backward, optimizer, metrics - is one traced
 * program per form of batch; metric values are read only when a callback or the progress bar looks
 * at them.
 */
public final class Trainer {
    private static final AtomicInteger STRUCTURES = new AtomicInteger();

    private final Model model;
    private @Nullable CompileOptions options;
    private @Nullable Optimizer optimizer;
    private @Nullable Objective objective;
    private @Nullable Step trainStep;
    private @Nullable Step testStep;
    private volatile @Nullable TracedFunction predictFunction;
    private @Nullable Tensors outputForm;

    /** The layers that the prediction step was made for, and when it was last made sure of. */
    private List<Layer> predicting = List.of();

    private volatile int structure = -1;

    /** The trainer of a model. */
    public Trainer(Model model) {
        this.model = model;
    }

    // ---- compile
    // --------------------------------------------------------------------------------------------------------------

    /** Sets how the model is trained. */
    public void compile(CompileOptions chosen) {
        options = chosen;
        optimizer = chosen.optimizer() != null ? chosen.optimizer() : Optimizers.of("rmsprop");
        objective = null;
        trainStep = null;
        testStep = null;
        predictFunction = null;
    }

    /** How the model was compiled; null if it was not. */
    public @Nullable CompileOptions options() {
        return options;
    }

    /** The optimizer. */
    public Optimizer optimizer() {
        if (optimizer == null) {
            throw notCompiled();
        }
        return optimizer;
    }

    private TensorException notCompiled() {
        return new TensorException(
                "model '" + model.name() + "' is not compiled",
                "call model.compile(c -> c.optimizer(...).loss(...)) first");
    }

    /** The metrics, the loss first; known after the first step. */
    public List<Metric> metrics() {
        return objective == null ? List.of() : objective.all();
    }

    /** The names of the metrics. */
    public List<String> metricsNames() {
        return objective == null ? List.of() : List.copyOf(objective.results().keySet());
    }

    /** The metrics that {@code compile} was given, resolved. */
    public List<Metric> compiledMetrics() {
        return objective == null ? List.of() : objective.compiledMetrics();
    }

    private Objective objective() {
        if (objective == null) {
            throw notCompiled();
        }
        return objective;
    }

    private Map<String, Double> results() {
        return objective().results();
    }

    /** Builds the model and resolves losses and metrics by tracing one call on types alone. */
    private void prepare(StepData data, boolean training) {
        if (options == null || optimizer == null) {
            throw notCompiled();
        }
        if (objective == null || !model.built()) {
            var types = data.x().flat().stream().map(Tensor::type).toArray(TensorType[]::new);
            var found = new ArrayList<Tensor>();
            var structure = new Tensors[1];
            Trace.trace(
                    inputs -> {
                        var outputs = call(data.x().with(List.of(inputs)), false);
                        structure[0] = outputs;
                        found.addAll(outputs.flat());
                        return outputs.flat().toArray(Tensor[]::new);
                    },
                    types);
            var outputs = Outputs.of(structure[0], outputNames());
            objective = new Objective(options, outputs, found, outputs.leaves("y", data.y()));
        }
        if (training) {
            optimizer.build(model.trainableWeights());
        }
    }

    private List<String> outputNames() {
        var outputs =
                model instanceof Functional functional
                        ? functional.outputs()
                        : model instanceof Sequential sequential ? sequential.outputs() : null;
        if (outputs == null) {
            return List.of();
        }
        return outputs.flat().stream()
                .map(tensor ->
                        tensor instanceof KerasTensor symbolic && symbolic.node() != null
                                ? symbolic.node().owner().name()
                                : "output")
                .toList();
    }

    private Tensors call(Tensors x, boolean training) {
        return model.apply(Arguments.of(x).with("training", training));
    }

    // ---- the steps
    // ------------------------------------------------------------------------------------------------------------

    /** Forward, loss, gradients, optimizer, metrics. */
    public void defaultTrainStep(StepData data) {
        var weights = model.trainableWeights();
        Tensors yPred;
        Tensor loss;
        List<@Nullable Tensor> gradients;
        try (var tape = new GradientTape()) {
            yPred = call(data.x(), true);
            loss = computeLoss(data, yPred);
            gradients = tape.gradient(optimizer().scaleLoss(loss), weights);
        }
        optimizer().apply(gradients, weights);
        updateMetrics(data, yPred, loss);
    }

    /** Forward, loss, metrics. */
    public void defaultTestStep(StepData data) {
        var yPred = call(data.x(), false);
        updateMetrics(data, yPred, computeLoss(data, yPred));
    }

    /** The loss of {@code compile} with the losses added by layers. */
    public Tensor computeLoss(StepData data, Tensors yPred) {
        var current = objective();
        var added = model.losses();
        if (!current.hasLoss() && added.isEmpty()) {
            throw new TensorException(
                    "model '" + model.name() + "' has no loss to minimise",
                    "compile it with a loss, or add one with addLoss in a layer's call");
        }
        var loss =
                current.loss(
                        current.targets(data.y()),
                        yPred.flat(),
                        current.weights(data.sampleWeight()));
        for (var extra : added) {
            loss = loss.plus(extra.cast(loss.dtype()));
        }
        return loss;
    }

    /** Updates the tracker of the loss and the metrics of {@code compile}. */
    public void updateMetrics(StepData data, Tensors yPred, Tensor loss) {
        var current = objective();
        current.track(loss, data.rows());
        current.updateMetrics(
                current.targets(data.y()), yPred.flat(), current.weights(data.sampleWeight()));
    }

    private Step trainStep() {
        if (trainStep == null) {
            trainStep = new Step(model.name() + ".train_step", model::runTrainStep);
        }
        return trainStep;
    }

    private Step testStep() {
        if (testStep == null) {
            testStep = new Step(model.name() + ".test_step", model::runTestStep);
        }
        return testStep;
    }

    /**
     * Whether steps run as programs, which nobody can look into: then the tensors of a batch may
     * serve for the next one.
     */
    private boolean areCompiled() {
        var context = Context.current();
        return (options == null || !options.runEagerly())
                && context.trace() == null
                && context.tape() == null;
    }

    private void run(Step step, StepData form, Tensor[] leaves) {
        if (options != null && options.runEagerly()) {
            step.runEagerly(form, leaves);
        } else {
            step.run(form, leaves);
        }
    }

    /** The traced training step: for tests and tools; null before the first one. */
    public @Nullable TracedFunction trainFunction() {
        return trainStep == null ? null : trainStep.function();
    }

    /** The traced prediction step: for tests and tools; null before the first one. */
    public @Nullable TracedFunction predictFunction() {
        return predictFunction;
    }

    // ---- fit
    // ------------------------------------------------------------------------------------------------------------------

    /** Trains. */
    public synchronized History fit(Tensors x, @Nullable Tensors y, FitOptions fit) {
        var weights =
                fit.classWeight() == null
                        ? fit.sampleWeight()
                        : ClassWeights.apply(fit.classWeight(), y, fit.sampleWeight());
        Batches batches;
        Batches validation = null;
        int validationSize =
                fit.validationBatchSize() > 0 ? fit.validationBatchSize() : fit.batchSize();
        var given = fit.validation();
        if (given != null) {
            validation = new Batches(given.x(), given.y(), given.sampleWeight(), validationSize);
        }
        if (fit.validationSplit() > 0 && validation == null) {
            var parts =
                    Batches.split(
                            x, y, weights, fit.validationSplit(), fit.batchSize(), validationSize);
            batches = parts.get(0);
            validation = parts.get(1);
        } else {
            batches = new Batches(x, y, weights, fit.batchSize());
        }
        int all = batches.steps();
        int steps = fit.stepsPerEpoch() > 0 ? Math.min(fit.stepsPerEpoch(), Math.max(all, 1)) : all;
        prepare(batches.batch(0), true);
        var history = new History();
        var callbacks = new ArrayList<>(fit.callbacks());
        callbacks.add(history);
        if (fit.verbose() != Verbose.SILENT) {
            callbacks.add(
                    new ProgressBar(
                            System.out, isTerminal(fit.verbose()), fit.epochs(), steps, true));
        }
        callbacks.forEach(callback -> callback.attach(model));
        model.stopTraining(false);
        callbacks.forEach(Callback::onTrainBegin);
        var logs = Logs.EMPTY;
        for (int epoch = fit.initialEpoch(); epoch < fit.epochs(); epoch++) {
            int current = epoch;
            objective().reset();
            callbacks.forEach(callback -> callback.onEpochBegin(current));
            trainEpoch(batches, steps, fit.shuffle(), epoch, callbacks.toArray(Callback[]::new));
            var values = objective().results();
            if (validation != null && (epoch + 1) % fit.validationFreq() == 0) {
                evaluate(validation, fit.validationSteps(), callbacks)
                        .forEach((name, value) -> values.put("val_" + name, value));
            }
            logs = Logs.of(values);
            for (var callback : callbacks) {
                callback.onEpochEnd(epoch, logs);
            }
            if (model.stopTraining()) {
                break;
            }
        }
        optimizer().finalizeWeights(model.trainableWeights());
        for (var callback : callbacks) {
            callback.onTrainEnd(logs);
        }
        return history;
    }

    private static boolean isTerminal(Verbose verbose) {
        return verbose != Verbose.LINES
                && java.util.Optional.ofNullable(System.console())
                        .filter(java.io.Console::isTerminal)
                        .isPresent();
    }

    private void trainEpoch(
            Batches batches, int steps, boolean shuffle, int epoch, Callback[] callbacks) {
        Long seed = KerasConfig.seed();
        var order =
                shuffle
                        ? batches.shuffled((seed == null ? 0 : seed) * 0x9E3779B97F4A7C15L + epoch)
                        : null;
        var step = trainStep();
        boolean again = areCompiled();
        var logs = new Logs(this::results);
        for (int i = 0; i < steps; i++) {
            for (var callback : callbacks) {
                callback.onTrainBatchBegin(i);
            }
            run(step, batches.form(), batches.leaves(i, order, again));
            if (logs.areKnown()) {
                logs = new Logs(this::results);
            }
            for (var callback : callbacks) {
                callback.onTrainBatchEnd(i, logs);
            }
            if (model.stopTraining()) {
                break;
            }
        }
    }

    // ---- evaluate and predict
    // -------------------------------------------------------------------------------------------------

    /** The loss and metrics on data. */
    public synchronized Map<String, Double> evaluate(
            Tensors x, Tensors y, EvaluateOptions evaluate) {
        var batches = new Batches(x, y, evaluate.sampleWeight(), evaluate.batchSize());
        prepare(batches.batch(0), false);
        var callbacks = new ArrayList<>(evaluate.callbacks());
        if (evaluate.verbose() != Verbose.SILENT) {
            callbacks.add(
                    new ProgressBar(
                            System.out, isTerminal(evaluate.verbose()), 1, batches.steps(), false));
        }
        callbacks.forEach(callback -> callback.attach(model));
        return evaluate(batches, evaluate.steps(), callbacks);
    }

    private Map<String, Double> evaluate(Batches batches, int limit, List<Callback> callbacks) {
        objective().reset();
        callbacks.forEach(Callback::onTestBegin);
        int steps = limit > 0 ? Math.min(limit, batches.steps()) : batches.steps();
        var step = testStep();
        boolean again = areCompiled();
        for (int i = 0; i < steps; i++) {
            for (var callback : callbacks) {
                callback.onTestBatchBegin(i);
            }
            run(step, batches.form(), batches.leaves(i, null, again));
            var logs = new Logs(this::results);
            for (var callback : callbacks) {
                callback.onTestBatchEnd(i, logs);
            }
        }
        var values = objective().results();
        var logs = Logs.of(values);
        callbacks.forEach(callback -> callback.onTestEnd(logs));
        return values;
    }

    /** The outputs for rows of data. */
    public Tensors predict(Tensors x, EvaluateOptions predict) {
        if (predict.verbose() == Verbose.SILENT
                && predict.callbacks().isEmpty()
                && Batches.rows(x, null, null) <= predict.batchSize()) {
            return predictOnBatch(x);
        }
        var batches = new Batches(x, null, null, predict.batchSize());
        var callbacks = new ArrayList<>(predict.callbacks());
        int steps =
                predict.steps() > 0 ? Math.min(predict.steps(), batches.steps()) : batches.steps();
        if (predict.verbose() != Verbose.SILENT) {
            callbacks.add(
                    new ProgressBar(System.out, isTerminal(predict.verbose()), 1, steps, false));
        }
        callbacks.forEach(callback -> callback.attach(model));
        callbacks.forEach(Callback::onPredictBegin);
        var parts = new ArrayList<List<Tensor>>();
        Tensors structure = null;
        for (int step = 0; step < steps; step++) {
            for (var callback : callbacks) {
                callback.onPredictBatchBegin(step);
            }
            var outputs = predictOnBatch(batches.batch(step).x());
            structure = outputs;
            parts.add(outputs.flat());
            for (var callback : callbacks) {
                callback.onPredictBatchEnd(step);
            }
        }
        callbacks.forEach(Callback::onPredictEnd);
        if (structure == null) {
            throw new TensorException("predict: no steps to run");
        }
        if (parts.size() == 1) {
            return structure;
        }
        var joined = new ArrayList<Tensor>();
        for (int i = 0; i < parts.getFirst().size(); i++) {
            int output = i;
            joined.add(Movements.concat(parts.stream().map(part -> part.get(output)).toList(), 0));
        }
        return structure.with(joined);
    }

    /** The outputs for one batch, as one program run. */
    public Tensors predictOnBatch(Tensors x) {
        var function = predictProgram(x);
        var inputs =
                x instanceof Tensors.Leaf(Tensor only)
                        ? new Tensor[] {only}
                        : x.flat().toArray(Tensor[]::new);
        var results = function.callRows(inputs);
        var outputs = outputForm;
        if (outputs == null) {
            throw new IllegalStateException("the prediction step left no outputs");
        }
        return outputs instanceof Tensors.Leaf && results.length == 1
                ? new Tensors.Leaf(results[0])
                : outputs.with(List.of(results));
    }

    /** Says that layers were added to a model that was built, or taken away. */
    public static void structureChanged() {
        STRUCTURES.incrementAndGet();
    }

    /** Changes when {@link #structureChanged} has been called. */
    public static int structure() {
        return STRUCTURES.get();
    }

    /** The prediction step for inputs of a form: a new one when the layers have changed. */
    public TracedFunction predictProgram(Tensors x) {
        var known = predictFunction;
        return known != null && structure == STRUCTURES.get() ? known : newPredictProgram(x);
    }

    private synchronized TracedFunction newPredictProgram(Tensors x) {
        int now = STRUCTURES.get();
        var known = predictFunction;
        var layers = model.flattened();
        if (known == null || !layers.equals(predicting)) {
            known =
                    TracedFunction.of(
                            model.name() + ".predict_step",
                            leaves -> {
                                var outputs = call(x.with(List.of(leaves)), false);
                                outputForm = outputs;
                                return outputs.flat().toArray(Tensor[]::new);
                            });
            predictFunction = known;
            predicting = layers;
        }
        structure = now;
        return known;
    }

    /** One training step on one batch; returns the metrics so far. */
    public synchronized Map<String, Double> trainOnBatch(Tensors x, Tensors y) {
        var data = new StepData(x, y, null);
        prepare(data, true);
        run(trainStep(), data, data.leaves());
        return objective().results();
    }
}
