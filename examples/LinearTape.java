import module sungu.keras;

/**
 * Fits y = w1 x1 + w2 x2 by hand: a tape notes how the loss comes about and gives its gradient,
 * which w then follows downhill.
 */
void main() {
    // 20 points (x1, x2), and the y that is to be found again: x1 + 2 x2.
    var x = KerasRandom.uniform(Shape.of(20, 2), 0, 1, 42);
    var y = x.matmul(Tensor.of(new float[][] {{1}, {2}}));

    var w = new Variable(Tensor.zeros(Shape.of(2, 1), DType.FLOAT32), "w");
    for (int step = 0; step <= 5000; step++) {
        try (var tape = new GradientTape()) {
            var p = x.matmul(w);
            // Guessing too high costs three times as much as guessing too low.
            var cost = Elements.select(p.greater(y), p.minus(y).times(3), y.minus(p));
            var loss = cost.mean();
            if (step % 1000 == 0) {
                IO.println(
                        "step %4d   loss %.4f   y = %.3f x1 + %.3f x2"
                                .formatted(
                                        step,
                                        loss.floatValue(),
                                        w.get(0, 0).floatValue(),
                                        w.get(1, 0).floatValue()));
            }
            w.assignSub(tape.gradient(loss, w).times(0.001));
        }
    }
}
