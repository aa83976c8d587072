package sungu.keras.initializers;

import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Movements;
import sungu.ops.Randoms;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

/** Orthogonal rows or columns, from the QR decomposition of normal numbers (Saxe et al., 2014). */
public final class Orthogonal extends RandomInitializer<Orthogonal> {
    static final Setting<Double> GAIN = Setting.number("gain").defaults(1.0);
    static final ObjectType<Orthogonal> TYPE =
            ObjectType.of("keras.initializers", "Orthogonal", Orthogonal::new, SEED, GAIN);

    /** Keras' defaults. */
    public Orthogonal() {}

    /** Orthogonal rows or columns of length {@code gain}. */
    public Orthogonal(double gain) {
        set(GAIN, gain);
    }

    @Override
    public ObjectType<Orthogonal> type() {
        return TYPE;
    }

    @Override
    public Tensor apply(Shape shape, DType dtype) {
        if (shape.rank() < 2) {
            throw new TensorException(
                    "Orthogonal: the weight must have at least two dimensions, got " + shape);
        }
        int columns = shape.dim(-1);
        int rows = columns == 0 ? 0 : shape.size() / columns;
        int tall = Math.max(rows, columns);
        int wide = Math.min(rows, columns);
        var q =
                orthonormal(
                        Randoms.statelessNormal(Shape.of(tall, wide), seedPair(), 0, 1, dtype)
                                .toDoubles(),
                        tall,
                        wide);
        Tensor matrix = Tensor.of(q).reshape(tall, wide);
        if (rows < columns) {
            matrix = matrix.transpose();
        }
        return Movements.reshape(matrix.times(get(GAIN)).cast(dtype), shape);
    }

    /**
     * Columns made orthonormal by the modified Gram-Schmidt process, each twice for full accuracy
     * (Golub and Van Loan, "Matrix Computations", 5.2.8). That is the Q of the QR decomposition
     * whose R has a positive diagonal.
     */
    private static double[] orthonormal(double[] a, int rows, int columns) {
        for (int j = 0; j < columns; j++) {
            for (int pass = 0; pass < 2; pass++) {
                for (int k = 0; k < j; k++) {
                    double dot = 0;
                    for (int i = 0; i < rows; i++) {
                        dot += a[i * columns + k] * a[i * columns + j];
                    }
                    for (int i = 0; i < rows; i++) {
                        a[i * columns + j] -= dot * a[i * columns + k];
                    }
                }
            }
            double norm = 0;
            for (int i = 0; i < rows; i++) {
                norm = Math.hypot(norm, a[i * columns + j]);
            }
            for (int i = 0; i < rows; i++) {
                a[i * columns + j] /= norm;
            }
        }
        return a;
    }
}
