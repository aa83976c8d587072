package sungu.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import sungu.tensor.DType;
import sungu.tensor.Ints;
import sungu.tensor.Shape;
import sungu.tensor.SmallFloats;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class ContractionsTest {
    @Test
    void gradientsOfRandomGeneralProducts() {
        for (int seed = 0; seed < 40; seed++) {
            var random = new Random(seed);
            int batch = random.nextInt(3);
            int summed = random.nextInt(3);
            var left = shuffled(random, batch + summed + random.nextInt(3));
            var right = shuffled(random, batch + summed + random.nextInt(3));
            var leftDims = dims(random, left.size());
            var rightDims = dims(random, right.size());
            for (int i = 0; i < batch + summed; i++) {
                rightDims[right.get(i)] = leftDims[left.get(i)];
            }
            var axes =
                    new Ints[] {
                        part(left, 0, batch),
                        part(right, 0, batch),
                        part(left, batch, batch + summed),
                        part(right, batch, batch + summed)
                    };
            var x = GradientCheck.random(random, leftDims);
            var y = GradientCheck.random(random, rightDims);
            try {
                GradientCheck.check(
                        in ->
                                Contractions.dotGeneral(
                                        in[0], in[1], axes[0], axes[1], axes[2], axes[3]),
                        x,
                        y);
            } catch (AssertionError e) {
                throw new AssertionError(
                        "seed "
                                + seed
                                + ": "
                                + x.type()
                                + " x "
                                + y.type()
                                + " "
                                + java.util.Arrays.toString(axes),
                        e);
            }
        }
    }

    private static List<Integer> shuffled(Random random, int n) {
        var axes = new ArrayList<Integer>();
        for (int i = 0; i < n; i++) {
            axes.add(i);
        }
        Collections.shuffle(axes, random);
        return axes;
    }

    private static int[] dims(Random random, int n) {
        return random.ints(n, 1, 4).toArray();
    }

    private static Ints part(List<Integer> axes, int from, int to) {
        return Ints.of(axes.subList(from, to).stream().mapToInt(Integer::intValue).toArray());
    }

    @Test
    void floatProductsOfAllShapesAgreeWithDouble() {
        var random = new Random(9);
        for (int[] size :
                new int[][] {
                    {1, 700, 5},
                    {3, 5, 700},
                    {70, 130, 1},
                    {33, 65, 600},
                    {128, 64, 32},
                    {1, 1, 1},
                    {5, 0, 4}
                }) {
            var x = GradientCheck.random(random, size[0], size[1]);
            var y = GradientCheck.random(random, size[1], size[2]);
            var exact = x.matmul(y).toDoubles();
            var f = x.cast(DType.FLOAT32);
            var g = y.cast(DType.FLOAT32);
            assertArrayEquals(exact, f.matmul(g).toDoubles(), 1e-4);
            assertArrayEquals(
                    exact,
                    Contractions.tensordot(
                                    f.transpose(), g.transpose(), new int[] {0}, new int[] {1})
                            .toDoubles(),
                    1e-4);
        }
    }

    @Test
    void batchesRunSideBySide() {
        var random = new Random(12);
        for (int size : new int[] {3, 24}) {
            var x = GradientCheck.random(random, 9, 7, size);
            var y = GradientCheck.random(random, 9, size, 50);
            assertArrayEquals(
                    x.matmul(y).toDoubles(),
                    x.cast(DType.FLOAT32).matmul(y.cast(DType.FLOAT32)).toDoubles(),
                    1e-5);
        }
    }

    @Test
    void smallFloatsAreRoundedOnce() {
        var random = new Random(10);
        var x = GradientCheck.random(random, 6, 40).cast(DType.BFLOAT16);
        var y = GradientCheck.random(random, 40, 7).cast(DType.BFLOAT16);
        var single = x.cast(DType.FLOAT32).matmul(y.cast(DType.FLOAT32)).toFloats();
        var rounded = x.matmul(y).toFloats();
        for (int i = 0; i < single.length; i++) {
            assertEquals(SmallFloats.fromBfloat16(SmallFloats.toBfloat16(single[i])), rounded[i]);
        }
    }

    @Test
    void tensordotAndDots() {
        var x = Movements.iota(6, DType.INT32).reshape(2, 3);
        assertEquals(Shape.of(2, 3, 2, 3), Contractions.tensordot(x, x, 0).shape());
        assertEquals(55, Contractions.tensordot(x, x, 2).intValue());
        assertArrayEquals(
                new int[] {5, 14, 14, 50},
                Contractions.tensordot(x, x, new int[] {-1}, new int[] {-1}).toInts());
        assertArrayEquals(
                new int[] {5, 14}, Contractions.dot(x, Movements.iota(3, DType.INT32)).toInts());
        assertArrayEquals(new int[] {5, 50}, Contractions.batchDot(x, x, 1, -1).toInts());
        var error = assertThrows(TensorException.class, () -> Contractions.tensordot(x, x, 3));
        assertEquals(
                "tensordot: can't contract 3 axes of i32[2,3] and i32[2,3]", error.getMessage());
    }
}
