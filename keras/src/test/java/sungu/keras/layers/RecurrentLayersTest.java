package sungu.keras.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.keras.Weight;
import sungu.keras.config.KerasConfig;
import sungu.keras.initializers.Ones;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.trace.TracedFunction;

import java.util.Arrays;
import java.util.List;

class RecurrentLayersTest {
    private static Tensor sequence(float... steps) {
        return Tensor.ofFloats(steps).reshape(1, steps.length, 1);
    }

    /** With these weights the state is the sum of the steps so far. */
    private static SimpleRNN adder() {
        return new SimpleRNN(1)
                .activation("linear")
                .kernelInitializer(new Ones())
                .recurrentInitializer(new Ones());
    }

    private static float[] values(Tensor tensor) {
        return tensor.toFloats();
    }

    @Test
    void outputsOfAllStepsOrOfTheLastOne() {
        var x = sequence(1, 2, 3);
        assertArrayEquals(new float[] {6}, values(adder().apply(x)));
        assertArrayEquals(new float[] {1, 3, 6}, values(adder().returnSequences(true).apply(x)));
        assertArrayEquals(
                new float[] {3, 5, 6},
                values(adder().returnSequences(true).goBackwards(true).apply(x)));
    }

    @Test
    void maskedStepsRepeatTheOutputOrGiveZeros() {
        var x = sequence(1, 2, 3).withMask(Tensor.of(new boolean[][] {{true, false, true}}));
        var layer = adder().returnSequences(true);
        assertArrayEquals(new float[] {1, 1, 4}, values(layer.apply(x)));
        layer = adder().returnSequences(true).zeroOutputForMask(true);
        assertArrayEquals(new float[] {1, 0, 4}, values(layer.apply(x)));
    }

    @Test
    void statesBeginAsGivenAndAreReturned() {
        var layer = adder().returnState(true);
        var initial = Tensor.ofFloats(10).reshape(1, 1);
        var out = layer.apply(Arguments.of(sequence(1, 2)).with("initial_state", List.of(initial)));
        assertEquals(2, out.flat().size());
        assertArrayEquals(new float[] {13}, values(out.at(1).only()));
    }

    @Test
    void aStatefulLayerGoesOnWhereItEnded() {
        var layer = adder().stateful(true);
        assertArrayEquals(new float[] {3}, values(layer.apply(sequence(1, 2))));
        var traced = TracedFunction.of("step", all -> new Tensor[] {layer.apply(all[0])});
        assertArrayEquals(new float[] {10}, values(traced.call(sequence(3, 4))[0]));
        assertArrayEquals(new float[] {15}, values(traced.call(sequence(2, 3))[0]));
        layer.resetState();
        assertArrayEquals(new float[] {3}, values(layer.apply(sequence(1, 2))));
        var two = Tensor.ones(Shape.of(2, 3, 1), DType.FLOAT32);
        assertThrows(TensorException.class, () -> layer.apply(two));
    }

    @Test
    void dropoutDropsTheSameInputsAtAllSteps() {
        var layer =
                new SimpleRNN(1)
                        .activation("linear")
                        .kernelInitializer(new Ones())
                        .dropout(0.5)
                        .seed(3)
                        .returnSequences(true);
        layer.buildFor(Shape.of(64, 3, 1));
        layer.setWeights(
                List.of(
                        Tensor.ones(Shape.of(1, 1), DType.FLOAT32),
                        Tensor.zeros(Shape.of(1, 1), DType.FLOAT32),
                        Tensor.zeros(Shape.of(1), DType.FLOAT32)));
        var y = layer.apply(Tensor.ones(Shape.of(64, 3, 1), DType.FLOAT32), true);
        var steps = y.transpose(1, 0, 2).reshape(3, 64);
        var first = values(steps.get("0"));
        assertArrayEquals(first, values(steps.get("1")));
        assertArrayEquals(first, values(steps.get("2")));
        var kinds = new java.util.TreeSet<Float>();
        for (float value : first) {
            kinds.add(value);
        }
        assertEquals(java.util.Set.of(0f, 2f), kinds);
        assertNotEquals(
                Arrays.toString(first),
                Arrays.toString(
                        values(
                                layer.apply(Tensor.ones(Shape.of(64, 3, 1), DType.FLOAT32), true)
                                        .transpose(1, 0, 2)
                                        .reshape(3, 64)
                                        .get("0"))));
    }

    @Test
    void weightsBelongToTheCell() {
        // Names are counted from the last clearing on.
        KerasConfig.clearSession();
        var layer = new LSTM(2).name("memory");
        layer.buildFor(Shape.of(1, 3, 4));
        assertEquals(
                List.of(
                        "memory/lstm_cell/kernel",
                        "memory/lstm_cell/recurrent_kernel",
                        "memory/lstm_cell/bias"),
                layer.weights().stream().map(Weight::path).toList());
        assertArrayEquals(
                new float[] {0, 0, 1, 1, 0, 0, 0, 0}, values(layer.weights().get(2).value()));
    }

    @Test
    void bidirectionalHalvesTheInitialStates() {
        var layer = new Bidirectional(adder()).mergeMode("concat");
        var states = List.of(Tensor.ofFloats(10).reshape(1, 1), Tensor.ofFloats(20).reshape(1, 1));
        var out = layer.apply(Arguments.of(sequence(1, 2)).with("initial_state", states)).only();
        assertArrayEquals(new float[] {13, 23}, values(out));
        var bad =
                assertThrows(
                        TensorException.class,
                        () -> new Bidirectional(adder()).backwardLayer(adder()).apply(out));
        assertEquals(
                "Bidirectional: the layers must differ in 'go_backwards', both have false",
                bad.problem());
    }

    /** A cell of a user: a leaky sum. */
    private static final class Leaky extends Layer implements RecurrentCell {
        @Override
        public Tensors initialState(int rows) {
            return Tensors.of(List.of(Tensor.zeros(Shape.of(rows, 1), DType.FLOAT32)));
        }

        @Override
        public int outputSize() {
            return 1;
        }

        @Override
        public Pass pass(int rows, boolean training) {
            return (x, states) -> {
                var h = states.flat().getFirst().times(0.5).plus(x);
                return new Step(h.times(10), Tensors.of(List.of(h)));
            };
        }
    }

    @Test
    void aCellOfOnesOwnIsRepeated() {
        var layer = new RNN(new Leaky());
        assertArrayEquals(new float[] {25}, values(layer.apply(sequence(1, 2))));
        var traced = TracedFunction.of("rnn", all -> new Tensor[] {layer.apply(all[0])});
        assertArrayEquals(new float[] {25}, values(traced.call(sequence(1, 2))[0]));
    }
}
