package sungu.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import sungu.primitive.Reduce.Fold;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Ints;
import sungu.tensor.Numbers;
import sungu.tensor.Shape;

import java.util.Random;

/** Folds of floats against folds one by one, with one thread and several. */
class FloatFoldsTest {
    private static final int[][] SHAPES = {
        {1, 1, 1},
        {2, 0, 3},
        {3, 0, 1},
        {1, 7, 1},
        {5, 7, 1},
        {1, 100_001, 1},
        {3, 40_000, 1},
        {900, 130, 1},
        {1, 10, 4},
        {4, 9, 2000},
        {1, 5000, 3},
        {1, 33_333, 7},
        {1, 3000, 40},
        {30, 50, 60},
        {2, 20, 3000}
    };

    @ParameterizedTest
    @EnumSource(Fold.class)
    void foldsAreThoseOfOneElementAfterAnother(Fold fold) {
        var random = new Random(7);
        for (var dtype : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.BFLOAT16}) {
            for (int[] dims : SHAPES) {
                var x = HostTensor.allocate(dtype, Shape.of(dims));
                for (int i = 0; i < x.size(); i++) {
                    // Products of many stay finite.
                    double wide = fold == Fold.PRODUCT ? 2e-3 : 2;
                    double middle = fold == Fold.PRODUCT ? 1 : 0;
                    Numbers.put(dtype, x.array(), i, middle + wide * (random.nextDouble() - 0.5));
                }
                check(fold, dtype, dims, x);
            }
        }
    }

    private static void check(Fold fold, DType dtype, int[] dims, HostTensor x) {
        var one = fold(fold, dtype, dims, x, 1);
        var three = fold(fold, dtype, dims, x, 3);
        var label = fold + " of " + x.type();
        for (int o = 0; o < dims[0]; o++) {
            for (int j = 0; j < dims[2]; j++) {
                double expected = FloatFolds.neutral(fold);
                for (int k = 0; k < dims[1]; k++) {
                    double next = x.number((o * dims[1] + k) * dims[2] + j);
                    expected = FloatFolds.join(fold, expected, next);
                }
                double got = one.number(o * dims[2] + j);
                double close = dtype == DType.BFLOAT16 ? 1e-2 : 1e-6;
                if (Double.isInfinite(expected)) {
                    assertEquals(expected, got, label);
                } else {
                    assertEquals(expected, got, close * Math.max(1, Math.abs(expected)), label);
                }
                assertEquals(got, three.number(o * dims[2] + j), label);
            }
        }
    }

    private static HostTensor fold(Fold fold, DType dtype, int[] dims, HostTensor x, int threads) {
        int before = Parallel.threads();
        Parallel.threads(threads);
        try {
            var out = HostTensor.allocate(dtype, Shape.of(dims[0], dims[2]));
            ReduceKernel.run(fold, Ints.of(1), x, out);
            return out;
        } finally {
            Parallel.threads(before);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fold.class,
            names = {"MAX", "MIN"})
    void theExtremeOfANanIsNan(Fold fold) {
        for (int at = 0; at < 9; at++) {
            var x = new float[9];
            x[at] = Float.NaN;
            var out = new float[1];
            FloatFolds.run(fold, DType.FLOAT32, x, 1, 9, 1, out);
            assertArrayEquals(new float[] {Float.NaN}, out);
        }
    }
}
