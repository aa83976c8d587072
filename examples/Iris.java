import module sungu.keras;

/**
 * Trains a small classifier on Fisher's iris flowers, stops when it no longer improves, saves it
 * and loads it again.
 */
void main() {
    Keras.setRandomSeed(7);
    var iris = Datasets.iris();
    var model =
            Sequential.of(
                    Input.shape(4),
                    new Dense(16).activation("relu"),
                    new Dropout(0.2),
                    new Dense(3).activation("softmax"));
    model.compile(c ->
            c.optimizer(new Adam().learningRate(0.01))
                    .loss("sparse_categorical_crossentropy")
                    .metrics("accuracy"));
    model.summary();

    var stop = new EarlyStopping().patience(20).restoreBestWeights(true);
    var history =
            model.fit(
                    iris.x(),
                    iris.y(),
                    f ->
                            f.epochs(100)
                                    .batchSize(16)
                                    .validationSplit(0.2)
                                    .verbose(0)
                                    .callbacks(stop));
    IO.println("epochs run: " + history.epochs().size());
    IO.println("best validation accuracy: " + Collections.max(history.get("val_accuracy")));
    IO.println("all rows: " + model.evaluate(iris.x(), iris.y(), e -> e.verbose(0)));

    var flower = Tensor.of(new float[][] {{5.1f, 3.5f, 1.4f, 0.2f}});
    IO.println(
            "a flower of 1.4 cm petals: "
                    + iris.classes().get(model.predict(flower).argmax(1).intValue()));
}
