package sungu.trace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import sungu.ops.Contractions;
import sungu.ops.Controls;
import sungu.ops.Elements;
import sungu.ops.Indexing;
import sungu.ops.Movements;
import sungu.ops.Nets;
import sungu.ops.Sorting;
import sungu.ops.Windows;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.Variable;

import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

class RowFormTest {
    private static Tensor numbers(int seed, int... dims) {
        var shape = Shape.of(dims);
        return Tensor.of(new Random(seed).doubles(shape.size(), -1, 1).toArray())
                .reshape(dims)
                .cast(DType.FLOAT32);
    }

    private static List<Object> form(UnaryOperator<Tensor> function, int rows, int... rest) {
        var x = numbers(rows, Shape.of(rows).concat(Shape.of(rest)).dims());
        var graph = TracedFunction.of("f", in -> new Tensor[] {function.apply(in[0])}).graph(x);
        return RowForm.of(graph, 1, rows);
    }

    /** The function treats rows by themselves: forms are equal, and more rows change nothing. */
    private static void separate(UnaryOperator<Tensor> function, int... rest) {
        var form = form(function, 6, rest);
        assertNotNull(form);
        assertEquals(form, form(function, 9, rest));
        var all = numbers(1, Shape.of(9).concat(Shape.of(rest)).dims());
        var whole = function.apply(all);
        var part = function.apply(Movements.sliceAxis(all, 0, 0, 6));
        assertArrayEquals(Movements.sliceAxis(whole, 0, 0, 6).toDoubles(), part.toDoubles(), 1e-5);
    }

    private static void mixing(UnaryOperator<Tensor> function, int... rest) {
        var form = form(function, 6, rest);
        assertTrue(form == null || !form.equals(form(function, 9, rest)));
    }

    private final Variable w = new Variable(numbers(2, 4, 5), "w");
    private final Variable b = new Variable(numbers(3, 5), "b");

    private static int[] ints(int... items) {
        return items;
    }

    @Test
    void layersKeepRowsApart() {
        separate(x -> Elements.tanh(x.matmul(w).plus(b)), 4);
        separate(x -> x.matmul(w).plus(b), 3, 4);
        separate(x -> x.reshape(-1, 4).matmul(w).reshape(-1, 15), 3, 4);
        separate(x -> Elements.exp(x).div(Elements.exp(x).sum(1).reshape(-1, 1)), 4);
        separate(x -> x.minus(x.mean(1).reshape(-1, 1)), 4);
        separate(x -> Movements.transpose(x, 1, 0, 2).times(2.0).sum(0), 3, 4);
        separate(x -> Movements.concat(List.of(x, x.square()), 1), 4);
        separate(x -> Movements.concat(List.of(x, Elements.zerosLike(x)), -1), 4);
        separate(x -> Movements.sliceAxis(x, 1, 1, 3), 4);
        separate(x -> Sorting.argsort(x, 1, true).cast(DType.FLOAT32), 4);
        separate(x -> Indexing.gather(w.value(), x.abs().cast(DType.INT32), 0), 3);
        separate(x -> Contractions.matmul(x, Movements.transpose(x, 0, 2, 1)), 3, 4);
        separate(
                x ->
                        Controls.condTensor(
                                b.value().sum().greater(0), () -> x.times(2), () -> x.plus(1)),
                4);
    }

    @Test
    void recurrentLoopsKeepRowsApart() {
        var u = new Variable(numbers(4, 5, 5), "u");
        separate(
                x ->
                        Controls.scan(
                                v -> {
                                    var h = Elements.tanh(v[1].matmul(w).plus(v[0].matmul(u)));
                                    return new Tensor[] {h, h.times(v[0])};
                                },
                                new Tensor[] {
                                    Tensor.zeros(Shape.of(x.shape().dim(0), 5), DType.FLOAT32)
                                },
                                new Tensor[] {Movements.transpose(x, 1, 0, 2)},
                                -1,
                                false)[0],
                7,
                4);
        mixing(
                x ->
                        Controls.scan(
                                v -> new Tensor[] {v[0].plus(v[1])},
                                new Tensor[] {Tensor.zeros(Shape.of(4), DType.FLOAT32)},
                                new Tensor[] {x},
                                -1,
                                false)[0],
                4);
    }

    @Test
    void whatLooksAtOtherRowsMixesThem() {
        mixing(x -> x.minus(x.mean(0)), 4);
        mixing(x -> x.sum(), 4);
        mixing(x -> Movements.reverse(x, 0), 4);
        mixing(x -> Movements.sliceAxis(x, 0, 1, 3), 4);
        mixing(x -> Movements.transpose(x, 1, 0), 4);
        mixing(x -> Contractions.matmul(x, Movements.transpose(x, 1, 0)), 4);
        mixing(x -> Sorting.argsort(x, 0, true).cast(DType.FLOAT32), 4);
        mixing(x -> Movements.concat(List.of(x, x), 0), 4);
        mixing(x -> x.reshape(2, -1), 4);
    }

    @Test
    void whatLooksAtTheNumberOfRowsDiffers() {
        mixing(x -> x.div(x.shape().dim(0)), 4);
        mixing(x -> x.plus(Movements.iota(x.shape().dim(0), DType.FLOAT32).reshape(-1, 1)), 4);
        mixing(x -> x.times(Tensor.ones(Shape.of(x.shape().dim(0)), DType.FLOAT32).sum()), 4);
        UnaryOperator<Tensor> parity = x -> x.shape().dim(0) % 2 == 0 ? x.times(2) : x;
        assertNotEquals(form(parity, 6, 4), form(parity, 9, 4));
    }

    @Test
    void poolingAndConvolutionKeepImagesApart() {
        var kernel = new Variable(numbers(5, 2, 2, 3, 4), "kernel");
        separate(
                x ->
                        Nets.relu(
                                Windows.maxPool(
                                        Windows.conv(
                                                x,
                                                kernel.value(),
                                                ints(1),
                                                "same",
                                                "channels_last",
                                                ints(1)),
                                        ints(2),
                                        ints(2),
                                        "valid",
                                        "channels_last")),
                6,
                6,
                3);
    }

    @Test
    void outputsWithoutRowsAreNoRows() {
        assertNull(form(x -> w.value(), 6, 4));
    }
}
