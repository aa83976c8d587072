package sungu.keras.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import sungu.gradient.GradientTape;
import sungu.keras.Input;
import sungu.keras.Tensors;
import sungu.keras.config.DTypePolicy;
import sungu.keras.config.KerasConfig;
import sungu.keras.config.Serialization;
import sungu.tensor.DType;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.trace.TracedFunction;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What holds for every layer: its config makes the same layer, symbolic and real outputs have the
 * same shape, a traced call computes what a direct one does, and gradients are slopes.
 */
class LayerTableTest {
    /** A layer and the shapes of its inputs. */
    private record Row(Supplier<Layer> make, List<Shape> inputs) {}

    private static Row row(Supplier<Layer> make, int... dims) {
        return new Row(make, List.of(Shape.of(dims)));
    }

    private static Row pair(Supplier<Layer> make, Shape x, Shape y) {
        return new Row(make, List.of(x, y));
    }

    private static List<Row> rows() {
        var matrix = Shape.of(2, 3, 4);
        return List.of(
                row(() -> new ReLU().maxValue(1).negativeSlope(0.1).threshold(0.2), 2, 3),
                row(LeakyReLU::new, 2, 3),
                row(PReLU::new, 2, 3),
                row(() -> new PReLU().sharedAxes(1), 2, 3, 4),
                row(ELU::new, 2, 3),
                row(Softmax::new, 2, 3),
                row(() -> new Softmax().axis(1, 2), 2, 3, 4),
                row(LayerNormalization::new, 2, 3, 4),
                row(() -> new LayerNormalization().axis(1, 2).center(false), 2, 3, 4),
                row(RMSNormalization::new, 2, 3),
                row(() -> new GroupNormalization().groups(2), 2, 3, 4),
                row(() -> new GroupNormalization().groups(-1).axis(1), 2, 3, 4),
                row(UnitNormalization::new, 2, 3),
                row(() -> new Conv1D(3, 2).padding("causal").dilationRate(2), 2, 5, 2),
                row(() -> new Conv2D(4, 3).strides(2).padding("same").groups(2), 2, 5, 6, 2),
                row(() -> new Conv2D(2, 3).dataFormat("channels_first"), 1, 2, 5, 6),
                row(() -> new Conv3D(2, 2), 1, 3, 3, 4, 2),
                row(() -> new Conv1DTranspose(3, 2).strides(2), 2, 4, 2),
                row(() -> new Conv2DTranspose(2, 3).strides(2).outputPadding(1), 1, 3, 4, 2),
                row(() -> new Conv3DTranspose(2, 2), 1, 2, 3, 2, 2),
                row(() -> new DepthwiseConv1D(3).depthMultiplier(2), 2, 5, 2),
                row(() -> new DepthwiseConv2D(3).strides(2).padding("same"), 2, 5, 5, 3),
                row(() -> new SeparableConv1D(3, 2), 2, 5, 2),
                row(() -> new SeparableConv2D(3, 2).useBias(false), 2, 4, 5, 2),
                row(() -> new MaxPooling1D(2), 2, 5, 3),
                row(() -> new MaxPooling2D(2).padding("same"), 2, 5, 4, 3),
                row(() -> new MaxPooling3D(2).strides(1), 1, 3, 4, 3, 2),
                row(() -> new AveragePooling1D(2).dataFormat("channels_first"), 2, 3, 5),
                row(() -> new AveragePooling2D(2).padding("same"), 2, 5, 4, 3),
                row(() -> new AveragePooling3D(2), 1, 3, 4, 3, 2),
                row(GlobalMaxPooling1D::new, 2, 4, 3),
                row(GlobalMaxPooling2D::new, 2, 4, 3, 2),
                row(GlobalMaxPooling3D::new, 2, 2, 3, 2, 2),
                row(GlobalAveragePooling1D::new, 2, 4, 3),
                row(() -> new GlobalAveragePooling2D().keepdims(true), 2, 4, 3, 2),
                row(GlobalAveragePooling3D::new, 2, 2, 3, 2, 2),
                row(() -> new AdaptiveAveragePooling1D(2), 2, 4, 3),
                row(() -> new AdaptiveAveragePooling2D(2, 3), 2, 4, 5, 2),
                row(() -> new AdaptiveAveragePooling3D(2), 1, 4, 3, 4, 2),
                row(() -> new AdaptiveMaxPooling1D(2), 2, 4, 3),
                row(() -> new AdaptiveMaxPooling2D(2), 2, 4, 5, 2),
                row(() -> new AdaptiveMaxPooling3D(2), 1, 4, 3, 4, 2),
                row(() -> new ZeroPadding1D(1, 2), 2, 3, 2),
                row(() -> new ZeroPadding2D(1, 2), 2, 3, 2, 2),
                row(() -> new ZeroPadding3D(1), 1, 2, 3, 2, 2),
                row(() -> new Cropping1D(1, 0), 2, 3, 2),
                row(() -> new Cropping2D(1, 0, 0, 1), 2, 3, 3, 2),
                row(() -> new Cropping3D(1), 1, 3, 4, 3, 2),
                row(() -> new UpSampling1D(2), 2, 3, 2),
                row(() -> new UpSampling2D(2, 3), 2, 3, 2, 2),
                row(() -> new UpSampling2D(2).interpolation("bilinear"), 1, 3, 2, 2),
                row(() -> new UpSampling3D(2), 1, 2, 2, 1, 2),
                row(() -> new Permute(2, 1), 2, 3, 4),
                row(() -> new RepeatVector(3), 2, 4),
                row(Masking::new, 2, 3, 4),
                row(() -> new SpatialDropout1D(0.5), 2, 3, 4),
                row(() -> new SpatialDropout2D(0.5), 2, 3, 4, 2),
                row(() -> new SpatialDropout3D(0.5), 1, 2, 3, 4, 2),
                row(() -> new AlphaDropout(0.5), 2, 3),
                row(() -> new ActivityRegularization().l2(0.1), 2, 3),
                row(sungu.keras.layers.Identity::new, 2, 3),
                row(() -> new LSTM(3), 2, 4, 3),
                row(() -> new LSTM(2).returnSequences(true).goBackwards(true), 2, 4, 3),
                row(() -> new LSTM(2).returnSequences(true).returnState(true), 2, 4, 3),
                row(() -> new GRU(3).returnState(true), 2, 4, 3),
                row(() -> new GRU(2).resetAfter(false).useBias(false), 2, 4, 3),
                row(() -> new SimpleRNN(3).returnSequences(true), 2, 4, 3),
                row(() -> new RNN(List.of(new LSTMCell(3), new GRUCell(2))), 2, 4, 3),
                row(() -> new Bidirectional(new LSTM(2).returnSequences(true)), 2, 4, 3),
                row(() -> new Bidirectional(new GRU(2)).mergeMode("sum"), 2, 4, 3),
                row(() -> new TimeDistributed(new Dense(2)), 2, 4, 3),
                row(() -> new TimeDistributed(new BatchNormalization()), 2, 4, 3),
                row(() -> new EinsumDense("abc,cde->abde", null, 2, 5).biasAxes("de"), 2, 3, 4),
                row(() -> new EinsumDense("...a,ab->...b", 5), 2, 3, 4),
                pair(() -> new Attention().useScale(true), matrix, Shape.of(2, 5, 4)),
                pair(() -> new Attention().scoreMode("concat"), matrix, Shape.of(2, 5, 4)),
                pair(AdditiveAttention::new, matrix, Shape.of(2, 5, 4)),
                pair(Add::new, matrix, matrix),
                pair(Subtract::new, matrix, Shape.of(2, 4)),
                pair(Multiply::new, matrix, matrix),
                pair(Average::new, matrix, matrix),
                pair(Maximum::new, matrix, matrix),
                pair(Minimum::new, matrix, matrix),
                pair(() -> new Dot(2, 1).normalize(true), matrix, Shape.of(2, 4, 5)),
                pair(() -> new Concatenate().axis(1), matrix, matrix));
    }

    @TestFactory
    Stream<DynamicTest> everyLayer() {
        return rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.make.get().toString(), () -> check(row)));
    }

    private static Tensors apply(Layer layer, List<? extends Tensor> inputs) {
        return inputs.size() == 1
                ? layer.apply(Tensors.of(inputs.getFirst()))
                : layer.apply(Tensors.of(inputs));
    }

    private static void check(Row row) {
        var layer = row.make.get();
        assertEquals(layer.config(), roundTrip(layer).config());
        var inputs = inputs(row, DType.FLOAT32);
        var direct = apply(layer, inputs).flat();
        assertEquals(layer.config(), roundTrip(layer).config());
        checkSymbolic(row, direct);
        var traced = TracedFunction.of("layer", all -> outputs(layer, all));
        var compiled = traced.call(inputs.toArray(Tensor[]::new));
        for (int i = 0; i < direct.size(); i++) {
            assertEquals(direct.get(i).type(), compiled[i].type());
            assertArrayEquals(direct.get(i).toFloats(), compiled[i].toFloats(), 1e-5f);
        }
        checkSlope(row);
    }

    private static Layer roundTrip(Layer layer) {
        return Serialization.deserialize(
                Objects.requireNonNull(Serialization.serialize(layer)), Layer.class);
    }

    private static Tensor[] outputs(Layer layer, Tensor[] inputs) {
        return apply(layer, List.of(inputs)).flat().toArray(Tensor[]::new);
    }

    private static List<Tensor> inputs(Row row, DType dtype) {
        var random = new Random(7);
        var inputs = new ArrayList<Tensor>();
        for (var shape : row.inputs) {
            var values = random.doubles(shape.size(), -1, 1).toArray();
            inputs.add(Tensor.of(values).cast(dtype).reshape(shape.dims()));
        }
        return inputs;
    }

    private static void checkSymbolic(Row row, List<Tensor> direct) {
        var symbolic =
                row.inputs.stream()
                        .map(shape ->
                                Input.batchShape(shape.with(0, Shape.UNKNOWN).dims()).tensor())
                        .toList();
        var outputs = apply(row.make.get(), symbolic).flat();
        for (int i = 0; i < direct.size(); i++) {
            var shape = direct.get(i).shape();
            assertEquals(shape.with(0, Shape.UNKNOWN), outputs.get(i).shape());
        }
    }

    /** The gradient in a random direction is the slope in that direction, in float64. */
    private static void checkSlope(Row row) {
        var layer = wide(row);
        var inputs = inputs(row, DType.FLOAT64);
        Tensor slope = Tensor.of(0.0);
        var random = new Random(11);
        var directions = new ArrayList<Tensor>();
        for (var input : inputs) {
            directions.add(
                    Tensor.of(random.doubles(input.shape().size(), -1, 1).toArray())
                            .reshape(input.shape().dims()));
        }
        try (var tape = new GradientTape()) {
            inputs.forEach(tape::watch);
            var y = weighted(layer, inputs);
            var gradients = tape.gradient(y, inputs);
            for (int i = 0; i < inputs.size(); i++) {
                slope =
                        slope.plus(
                                Objects.requireNonNull(gradients.get(i))
                                        .times(directions.get(i))
                                        .sum());
            }
        }
        double step = 1e-6;
        double up = weighted(layer, moved(inputs, directions, step)).doubleValue();
        double down = weighted(layer, moved(inputs, directions, -step)).doubleValue();
        double expected = (up - down) / (2 * step);
        assertEquals(expected, slope.doubleValue(), 1e-5 * Math.max(1, Math.abs(expected)));
    }

    /** The layer in float64, and those inside it. */
    private static Layer wide(Row row) {
        KerasConfig.dtypePolicy(DTypePolicy.of("float64"));
        try {
            var layer = row.make.get();
            layer.settle();
            layer.flattened().forEach(Layer::policy);
            return layer;
        } finally {
            KerasConfig.dtypePolicy(null);
        }
    }

    private static List<Tensor> moved(List<Tensor> inputs, List<Tensor> by, double step) {
        var moved = new ArrayList<Tensor>();
        for (int i = 0; i < inputs.size(); i++) {
            moved.add(inputs.get(i).plus(by.get(i).times(step)));
        }
        return moved;
    }

    /** A number that all outputs have a part in, each another one. */
    private static Tensor weighted(Layer layer, List<Tensor> inputs) {
        Tensor sum = Tensor.of(0.0);
        for (var output : apply(layer, inputs).flat()) {
            var weights = new Random(5).doubles(output.shape().size(), 0.5, 2).toArray();
            sum = sum.plus(output.times(Tensor.of(weights).reshape(output.shape().dims())).sum());
        }
        return sum;
    }
}
