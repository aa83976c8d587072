package sungu.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

import sungu.ops.Movements;

import java.util.List;

/** Values word for word as NumPy prints them. */
class TensorPrinterTest {
    private static void prints(String expected, Tensor tensor) {
        assertEquals(expected, TensorPrinter.values(tensor.host()));
    }

    @Test
    void shapeAndDtypeStandBehindTheValues() {
        assertEquals("Tensor(3.0, shape=(), dtype=float32)", Tensor.of(3f).toString());
        assertEquals("Tensor([1 2], shape=(2,), dtype=int32)", Tensor.ofInts(1, 2).toString());
        assertEquals(
                """
                Tensor(
                [[1. 2.]
                 [3. 4.]], shape=(2, 2), dtype=float32)\
                """,
                Tensor.of(new float[][] {{1, 2}, {3, 4}}).toString());
        assertEquals(
                "Variable('w', shape=(2,), dtype=float32, value=[1. 2.])",
                new Variable(Tensor.ofFloats(1, 2), "w").toString());
        assertEquals(
                """
                Variable('w', shape=(1, 2), dtype=float32, value=
                [[1. 2.]])\
                """,
                new Variable(Tensor.of(new float[][] {{1, 2}}), "w").toString());
    }

    @Test
    void floatsAlignAtThePoint() {
        prints(
                "[  0.33333333   0.66666667 100.        ]",
                Tensor.of(new double[] {1 / 3.0, 2 / 3.0, 100}));
        prints("[ 1.5  nan -inf]", Tensor.ofFloats(1.5f, Float.NaN, Float.NEGATIVE_INFINITY));
        prints("[-0.  1.]", Tensor.ofFloats(-0f, 1));
        prints("[0.1 2.5]", Tensor.ofFloats(0.1f, 2.5f).cast(DType.FLOAT16));
        prints("[nan nan]", Tensor.ofFloats(Float.NaN, Float.NaN));
    }

    @Test
    void exponentsWhereNumbersDifferMuch() {
        prints("[1.e-01 1.e-05 3.e+00]", Tensor.of(new double[] {0.1, 1e-5, 3}));
        prints("[1.e+06 1.e+00]", Tensor.ofFloats(1e6f, 1));
        prints(
                "[ 1.1657798e-02 -6.2875032e-01  2.0000000e+02]",
                Tensor.ofFloats(1.1657798e-02f, -0.6287503f, 200));
    }

    @Test
    void scalars() {
        prints("1e-05", Tensor.of(1e-5f));
        prints("1.234567e+06", Tensor.of(1234567f));
        prints("1234567.0", Tensor.of(1234567.0));
        prints("nan", Tensor.of(Float.NaN));
        prints("5e-324", Tensor.of(Double.MIN_VALUE));
        prints("true", Tensor.of(true));
        prints("\"a\\\"b\\n\"", Tensor.of("a\"b\n"));
        prints("(1+2j)", new HostTensor(DType.COMPLEX64, Shape.SCALAR, new float[] {1, 2}));
        prints("18446744073709551615", Tensor.of(-1L).cast(DType.UINT64));
    }

    @Test
    void otherTypes() {
        prints(
                "[ 1.+2.j  -0.-0.5j]",
                new HostTensor(DType.COMPLEX64, Shape.of(2), new float[] {1, 2, -0f, -0.5f}));
        prints("[ true false]", Tensor.of(new boolean[] {true, false}));
        prints("[\"a\" \"bc\"]", Tensor.of(List.of("a", "bc")));
        prints("[  1 -20]", Tensor.ofInts(1, -20));
        prints("[]", Tensor.zeros(Shape.of(0, 3), DType.FLOAT32));
    }

    @Test
    void longRowsBreakAndBlocksHaveEmptyLines() {
        prints(
                """
                [0.         0.07142857 0.14285715 0.21428572 0.2857143  0.35714287
                 0.42857143 0.5        0.5714286  0.64285713 0.71428573 0.78571427
                 0.85714287 0.9285714  1.        ]\
                """,
                line(15));
        prints(
                """
                [[[0 1]
                  [2 3]]

                 [[4 5]
                  [6 7]]]\
                """,
                Movements.reshape(Movements.iota(8, DType.INT32), 2, 2, 2));
    }

    private static Tensor line(int n) {
        var values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) (i / (n - 1.0));
        }
        return Tensor.ofFloats(values);
    }

    @Test
    void theMiddleOfLargeTensorsIsLeftOut() {
        prints(
                """
                [[   0    1    2 ...  997  998  999]
                 [1000 1001 1002 ... 1997 1998 1999]]\
                """,
                Movements.reshape(Movements.iota(2000, DType.INT32), 2, 1000));
    }
}
