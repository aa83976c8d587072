package sungu.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import sungu.gradient.GradientTape;
import sungu.tensor.DType;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.TensorShape;
import sungu.trace.TracedFunction;

class TensorArrayTest {
    @Test
    void elementsAreReadOnceUnlessTheyStay() {
        var once = new TensorArray(DType.FLOAT32, 2).write(0, Tensor.of(1f));
        assertEquals(1, once.read(0).floatValue());
        var error = assertThrows(TensorException.class, () -> once.read(0));
        assertEquals("TensorArray: element 0 was cleared by an earlier read", error.problem());

        var stays = new TensorArray(DType.FLOAT32, 2).clearAfterRead(false).write(0, Tensor.of(1f));
        assertEquals(stays.read(0).floatValue(), stays.read(0).floatValue());
    }

    @Test
    void onlyADynamicArrayGrows() {
        var fixed = new TensorArray(DType.INT32, 1);
        assertThrows(TensorException.class, () -> fixed.write(1, Tensor.of(5)));
        var growing = new TensorArray(DType.INT32, 0).dynamicSize(true).write(2, Tensor.of(5));
        assertEquals(3, growing.size());
        assertArrayEquals(new int[] {0, 0, 5}, growing.stack().toInts());
    }

    @Test
    void elementsHaveOneShapeUnlessAllowed() {
        var array = new TensorArray(DType.FLOAT32, 2).write(0, Tensor.ofFloats(1, 2));
        assertEquals(TensorShape.of(2), array.elementShape());
        assertThrows(TensorException.class, () -> array.write(1, Tensor.ofFloats(1)));
        array.inferShape(false).elementShape(TensorShape.UNKNOWN).write(1, Tensor.ofFloats(3));
        assertArrayEquals(new float[] {1, 2, 3}, array.concat().toFloats());
        assertThrows(TensorException.class, () -> array.write(1, Tensor.ofInts(1)));
    }

    @Test
    void splitAndScatterFillIt() {
        var parts = new TensorArray(DType.INT32, 3).split(Tensor.ofInts(1, 2, 3, 4, 5), 2, 0, 3);
        assertArrayEquals(new int[] {3, 4, 5}, parts.read(2).toInts());
        var scattered =
                new TensorArray(DType.INT32, 3)
                        .scatter(new int[] {2, 0, 1}, Tensor.ofInts(7, 8, 9));
        assertArrayEquals(new int[] {8, 9, 7}, scattered.stack().toInts());
        assertArrayEquals(new int[] {7, 7}, scattered.gather(2, 2).toInts());
    }

    @Test
    void gradientsFlowThroughIt() {
        var x = Tensor.ofFloats(1, 2, 3);
        try (var tape = new GradientTape()) {
            tape.watch(x);
            var array = new TensorArray(DType.FLOAT32, 3).unstack(x.square());
            var sum = array.read(0).plus(array.read(2).times(10f));
            assertArrayEquals(new float[] {2, 0, 60}, tape.gradient(sum, x).toFloats());
        }
    }

    /** Running sums: the loop reads the element before and writes one. */
    private static Tensor sums(Tensor x) {
        int n = x.size();
        var start = Tensor.zeros(x.shape(), DType.FLOAT32);
        var result =
                Controls.whileLoop(
                        s -> s[0].less(n),
                        s -> {
                            var sums = TensorArray.ofFlow(s[1]);
                            var before = sums.read(Elements.maximum(s[0].minus(1), Tensor.of(0)));
                            var here = TensorArray.ofFlow(x).read(s[0]);
                            sums.write(s[0], before.plus(here.square()));
                            return new Tensor[] {s[0].plus(1), sums.flow()};
                        },
                        n,
                        Tensor.of(0),
                        start);
        return result[1];
    }

    @Test
    void loopsCarryIt() {
        var x = Tensor.ofFloats(1, 2, 3);
        assertArrayEquals(new float[] {1, 5, 14}, sums(x).toFloats());
        var traced = TracedFunction.of("sums", in -> new Tensor[] {sums(in[0])});
        assertArrayEquals(new float[] {1, 5, 14}, traced.call(x)[0].toFloats());
    }

    @Test
    void gradientsFlowThroughTracedLoops() {
        var traced =
                TracedFunction.of(
                        "gradient",
                        in -> {
                            try (var tape = new GradientTape()) {
                                tape.watch(in[0]);
                                return new Tensor[] {tape.gradient(sums(in[0]).sum(), in[0])};
                            }
                        });
        var gradient = traced.call(Tensor.ofFloats(1, 2, 3))[0];
        assertArrayEquals(new float[] {6, 8, 6}, gradient.toFloats());
    }

    /** Each element squared, written where the row says, by a scan that carries the array. */
    private static Tensor scattered(Tensor x, Tensor places) {
        var result =
                Controls.scan(
                        s -> {
                            var array = TensorArray.ofFlow(s[0]);
                            array.write(s[1], TensorArray.ofFlow(x).read(s[1]).square());
                            return new Tensor[] {array.flow()};
                        },
                        new Tensor[] {Tensor.zeros(x.shape(), DType.FLOAT32)},
                        new Tensor[] {places},
                        -1,
                        false);
        return result[0];
    }

    @Test
    void scansCarryIt() {
        var x = Tensor.ofFloats(1, 2, 3);
        var places = Tensor.of(new int[] {2, 0});
        assertArrayEquals(new float[] {1, 0, 9}, scattered(x, places).toFloats());
        var traced =
                TracedFunction.of(
                        "scattered",
                        in -> {
                            try (var tape = new GradientTape()) {
                                tape.watch(in[0]);
                                var y = scattered(in[0], in[1]);
                                return new Tensor[] {y, tape.gradient(y.sum(), in[0])};
                            }
                        });
        var results = traced.call(x, places);
        assertArrayEquals(new float[] {1, 0, 9}, results[0].toFloats());
        assertArrayEquals(new float[] {2, 0, 6}, results[1].toFloats());
    }

    @Test
    void unrolledCodeIsTracedWithJavaPositions() {
        var traced =
                TracedFunction.of(
                        "reversed",
                        in -> {
                            var array = new TensorArray(DType.FLOAT32, 3);
                            for (int i = 0; i < 3; i++) {
                                array.write(2 - i, in[0].get(i));
                            }
                            return new Tensor[] {array.stack()};
                        });
        assertArrayEquals(
                new float[] {3, 2, 1}, traced.call(Tensor.ofFloats(1, 2, 3))[0].toFloats());
    }
}
