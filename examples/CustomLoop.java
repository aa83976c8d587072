import module sungu.keras;

/** A model of its own class: layers are tracked by name, call says how they work together. */
class Line extends Model {
    private final Dense dense = track("dense", new Dense(1));

    @Override
    protected Tensor call(Tensor x, CallContext context) {
        return dense.apply(x);
    }
}

/** Trains the model without fit: a loop over epochs and batches, a tape, an optimizer. */
void main() {
    Keras.setRandomSeed(1);
    var x = KerasRandom.uniform(Shape.of(256, 1), -1, 1, 3);
    var y = x.times(3).plus(2);

    var model = new Line();
    var loss = Losses.meanSquaredError();
    var optimizer = new Adam().learningRate(0.1);
    var mean = new Mean("loss");

    for (int epoch = 1; epoch <= 8; epoch++) {
        mean.reset();
        for (int row = 0; row < 256; row += 32) {
            var batch = Slice.of(row, row + 32);
            try (var tape = new GradientTape()) {
                var value = loss.apply(y.get(batch), model.apply(x.get(batch), true));
                var weights = model.trainableWeights();
                optimizer.apply(tape.gradient(value, weights), weights);
                mean.update(value);
            }
        }
        IO.println("epoch %d   loss %.5f".formatted(epoch, mean.result().floatValue()));
    }

    for (var weight : model.weights()) {
        IO.println("%s = %.3f".formatted(weight.path(), weight.reshape().floatValue()));
    }
}
