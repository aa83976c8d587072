package sungu.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.trace.TracedFunction;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/**
 * Families of ops over random shapes, dtypes and axes, eagerly and traced, against loops that look
 * at one element at a time. A failure names its seed.
 */
class RandomShapesTest {
    private static final int ROUNDS = 150;

    /** Element types of which small whole numbers and their sums are exact. */
    enum Exact {
        FLOAT32,
        FLOAT64,
        INT32,
        INT64,
        UINT32,
        INT16;

        DType dtype() {
            return DType.valueOf(name());
        }
    }

    private static int[] dims(Random random, int least) {
        return random.ints(random.nextInt(5), least, 6).toArray();
    }

    private static Tensor whole(Random random, DType dtype, int... dims) {
        var shape = Shape.of(dims);
        var values = random.ints(shape.size(), 0, 5).asDoubleStream().toArray();
        return Movements.reshape(Tensor.of(values), shape).cast(dtype);
    }

    /** The axes of a random subset, some of them counted from the end. */
    private static int[] axes(Random random, int rank) {
        var all = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
        Collections.shuffle(all, random);
        return all.subList(0, rank == 0 ? 0 : 1 + random.nextInt(rank)).stream()
                .mapToInt(axis -> random.nextBoolean() ? axis : axis - rank)
                .toArray();
    }

    private static int[] index(int flat, int[] dims) {
        var index = new int[dims.length];
        for (int i = dims.length - 1; i >= 0; i--) {
            index[i] = flat % dims[i];
            flat /= dims[i];
        }
        return index;
    }

    /** The place of an index in a tensor that is stretched to it: axes of size 1 repeat. */
    private static int flat(int[] index, int[] dims) {
        int lead = index.length - dims.length;
        int flat = 0;
        for (int i = 0; i < dims.length; i++) {
            flat = flat * dims[i] + (dims[i] == 1 ? 0 : index[lead + i]);
        }
        return flat;
    }

    private static void same(double[] expected, Tensor found, String what) {
        assertArrayEquals(expected, found.cast(DType.FLOAT64).toDoubles(), 0, what);
    }

    @ParameterizedTest
    @EnumSource(Exact.class)
    void reductions(Exact type) {
        for (int seed = 0; seed < ROUNDS; seed++) {
            var random = new Random(seed);
            var dims = dims(random, 1);
            var x = whole(random, type.dtype(), dims);
            var axes = axes(random, dims.length);
            if (axes.length == 0) {
                continue;
            }
            boolean keep = random.nextBoolean();
            var what =
                    "seed " + seed + ": " + x.type() + " over " + java.util.Arrays.toString(axes);
            var kept = dims.clone();
            for (int axis : axes) {
                kept[Math.floorMod(axis, dims.length)] = 1;
            }
            same(folded(x, kept, 0, Double::sum), Reductions.sum(x, keep, axes), what);
            var smallest = folded(x, kept, 9, Math::min);
            same(smallest, Reductions.min(x, keep, axes), what);
            var traced =
                    TracedFunction.of(
                            "max",
                            in -> new Tensor[] {Reductions.max(in[0].plus(in[0]), keep, axes)});
            var largest = folded(x.plus(x), kept, 0, Math::max);
            same(largest, traced.call(x)[0], what);
            int rank = keep ? dims.length : dims.length - axes.length;
            assertEquals(rank, Reductions.max(x, keep, axes).rank(), what);
        }
    }

    private static double[] folded(Tensor x, int[] kept, double start, DoubleBinaryOperator fold) {
        var values = x.cast(DType.FLOAT64).toDoubles();
        var result = new double[Shape.of(kept).size()];
        java.util.Arrays.fill(result, start);
        for (int i = 0; i < values.length; i++) {
            int at = flat(index(i, x.shape().dims()), kept);
            result[at] = fold.applyAsDouble(result[at], values[i]);
        }
        return result;
    }

    @ParameterizedTest
    @EnumSource(Exact.class)
    void stretchedOperands(Exact type) {
        for (int seed = 0; seed < ROUNDS; seed++) {
            var random = new Random(seed);
            var dims = dims(random, 1);
            var left = stretchable(random, dims);
            var right = stretchable(random, dims);
            var x = whole(random, type.dtype(), left);
            var y = whole(random, type.dtype(), right);
            var what = "seed " + seed + ": " + x.type() + " and " + y.type();
            var sum = Elements.add(x, y);
            var all = sum.shape().dims();
            var a = x.cast(DType.FLOAT64).toDoubles();
            var b = y.cast(DType.FLOAT64).toDoubles();
            var expected = new double[sum.size()];
            var mixed = new double[sum.size()];
            for (int i = 0; i < expected.length; i++) {
                double p = a[flat(index(i, all), left)];
                double q = b[flat(index(i, all), right)];
                expected[i] = p + q;
                mixed[i] = Math.max(p * q, p);
            }
            same(expected, sum, what);
            var traced =
                    TracedFunction.of(
                            "mixed",
                            in -> {
                                var product = Elements.multiply(in[0], in[1]);
                                return new Tensor[] {Elements.maximum(product, in[0])};
                            });
            same(mixed, traced.call(x, y)[0], what);
        }
    }

    /** The last axes of a shape, some of them shrunk to 1. */
    private static int[] stretchable(Random random, int[] dims) {
        int from = dims.length == 0 ? 0 : random.nextInt(dims.length + 1);
        var some = java.util.Arrays.copyOfRange(dims, from, dims.length);
        for (int i = 0; i < some.length; i++) {
            some[i] = random.nextInt(3) == 0 ? 1 : some[i];
        }
        return some;
    }

    @Test
    void movements() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            var random = new Random(seed);
            var dims = dims(random, 1);
            var x = whole(random, DType.INT64, dims);
            var order = new ArrayList<>(IntStream.range(0, dims.length).boxed().toList());
            Collections.shuffle(order, random);
            var axes = order.stream().mapToInt(Integer::intValue).toArray();
            var moved = dims.length == 0 ? x : Movements.transpose(x, axes);
            var begin = new int[dims.length];
            var size = new int[dims.length];
            var step = new int[dims.length];
            var all = moved.shape().dims();
            for (int i = 0; i < dims.length; i++) {
                begin[i] = random.nextInt(all[i]);
                step[i] = 1 + random.nextInt(2);
                size[i] = 1 + random.nextInt((all[i] - begin[i] + step[i] - 1) / step[i]);
            }
            var part =
                    TracedFunction.of(
                            "part",
                            in -> {
                                var t = dims.length == 0 ? in[0] : Movements.transpose(in[0], axes);
                                return new Tensor[] {Movements.slice(t, begin, size, step).plus(1)};
                            });
            var found = part.call(x)[0];
            var values = x.toLongs();
            var expected = new double[found.size()];
            for (int i = 0; i < expected.length; i++) {
                var at = index(i, found.shape().dims());
                var source = new int[dims.length];
                for (int k = 0; k < dims.length; k++) {
                    source[axes[k]] = begin[k] + at[k] * step[k];
                }
                expected[i] = values[flat(source, dims)] + 1;
            }
            var what = "seed " + seed + ": " + x.type();
            same(expected, found, what);
            same(expected, Movements.slice(moved, begin, size, step).plus(1), what);
        }
    }

    @Test
    void gradients() {
        for (int seed = 0; seed < 40; seed++) {
            var random = new Random(seed);
            var dims = random.ints(1 + random.nextInt(3), 1, 4).toArray();
            int axis = random.nextInt(dims.length);
            var axes = axes(random, dims.length);
            boolean keep = random.nextBoolean();
            var x = GradientCheck.random(random, dims);
            var y = GradientCheck.random(random, stretchable(random, dims));
            GradientCheck.check(in -> Nets.softmax(in[0], axis).times(in[1]), x, y);
            GradientCheck.check(in -> Nets.logSoftmax(in[0].times(in[1]), axis), x, y);
            GradientCheck.check(in -> Reductions.mean(in[0].square(), keep, axes), x);
            GradientCheck.check(in -> Reductions.cumulativeSum(in[0].exp(), axis, keep, !keep), x);
            GradientCheck.check(
                    in ->
                            Movements.concat(List.of(in[0], Elements.sin(in[0]), in[0]), axis)
                                    .square(),
                    x);
        }
    }

    @Test
    void emptyTensorsStayEmpty() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            var random = new Random(seed);
            var dims = dims(random, 0);
            if (Shape.of(dims).size() > 0) {
                continue;
            }
            var x = HostTensor.allocate(DType.FLOAT32, Shape.of(dims));
            assertEquals(0, x.plus(x).exp().size());
            assertEquals(0, Reductions.sum(x, false).doubleValue());
        }
    }
}
