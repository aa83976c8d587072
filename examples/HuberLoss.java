import module sungu.keras;

/**
 * A loss of its own class: quadratic for small errors, linear for those above a threshold. Its
 * setting is saved with a model.
 */
static class ThresholdHuber extends Loss.Of<ThresholdHuber> {
    static final Setting<Double> THRESHOLD = Setting.number("threshold").defaults(1.0);

    ThresholdHuber threshold(double errors) {
        return with(THRESHOLD, errors);
    }

    @Override
    protected Tensor call(Tensor yTrue, Tensor yPred) {
        return huber(yTrue, yPred, get(THRESHOLD));
    }
}

static Tensor huber(Tensor yTrue, Tensor yPred, double threshold) {
    var error = yTrue.minus(yPred).abs();
    var quadratic = error.square().times(0.5);
    var linear = error.minus(threshold / 2).times(threshold);
    return Elements.select(error.greater(threshold), linear, quadratic);
}

void main() throws IOException {
    Keras.setRandomSeed(5);
    var x = KerasRandom.uniform(Shape.of(200, 2), -1, 1, 1);
    var y = x.matmul(Tensor.ones(Shape.of(2, 1), DType.FLOAT32));

    // A function is enough to train with.
    var model = Sequential.of(Input.shape(2), new Dense(1));
    model.compile(c ->
            c.optimizer(new SGD().learningRate(0.1))
                    .loss((yTrue, yPred) -> huber(yTrue, yPred, 1)));
    model.fit(x, y, f -> f.epochs(5).verbose(0));
    IO.println(
            "as a lambda:    loss %.5f"
                    .formatted(model.evaluate(x, y, e -> e.verbose(0)).get("loss")));

    // A class can be saved, too. Files bring to life only what is registered.
    CustomObjects.register(
            "examples", ThresholdHuber.class, ThresholdHuber::new, ThresholdHuber.THRESHOLD);
    model.compile(c ->
            c.optimizer(new SGD().learningRate(0.1)).loss(new ThresholdHuber().threshold(0.5)));
    model.fit(x, y, f -> f.epochs(5).verbose(0));
    IO.println(
            "as a class:     loss %.5f"
                    .formatted(model.evaluate(x, y, e -> e.verbose(0)).get("loss")));

    var file = Files.createTempDirectory("sungu").resolve("huber.keras");
    model.save(file);
    var loaded = Model.load(file);
    IO.println(
            "after loading:  loss %.5f"
                    .formatted(loaded.evaluate(x, y, e -> e.verbose(0)).get("loss")));
    IO.println("what it is:     " + loaded.compiled().loss());
}
