package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.config.Codecs;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Setting;
import sungu.ops.Controls;
import sungu.ops.Movements;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.Arrays;
import java.util.List;

/** A layer applied to each step of sequences (rows, steps, ...) by itself. */
public final class TimeDistributed extends Layer.Of<TimeDistributed> {
    static final Setting<Layer> LAYER = Setting.of("layer", Codecs.object("a layer", Layer.class));
    static final ObjectType<TimeDistributed> TYPE =
            typed("TimeDistributed", TimeDistributed::new, LAYER);

    private TimeDistributed() {}

    /** Applies this layer to each step. */
    public TimeDistributed(Layer layer) {
        set(LAYER, layer);
        configured();
    }

    @Override
    public ObjectType<TimeDistributed> type() {
        return TYPE;
    }

    @Override
    protected void configured() {
        super.configured();
        track("layer", get(LAYER));
    }

    @Override
    protected List<String> parameters() {
        return List.of("inputs", "training", "mask");
    }

    private static Shape step(Shape input) {
        if (input.rank() < 3) {
            throw new TensorException("takes sequences (rows, steps, ...), got " + input);
        }
        return input.remove(1);
    }

    @Override
    protected void build(Shape input) {
        get(LAYER).buildFor(step(input));
    }

    @Override
    protected Tensor call(Tensor input, CallContext context) {
        step(input.shape());
        var layer = get(LAYER);
        @Nullable Tensor mask = context.mask();
        if (mask != null && !fits(mask.shape(), input.shape())) {
            throw new TensorException(
                    "the mask must have the rows and steps of the input, got "
                            + mask.shape()
                            + " and "
                            + input.shape());
        }
        if (mask != null && !layer.parameters().contains("mask")) {
            mask = null;
        }
        return rowsAreIndependent(layer) ? folded(layer, input, mask) : looped(layer, input, mask);
    }

    private static boolean fits(Shape mask, Shape input) {
        return mask.rank() >= 2 && mask.slice(0, 2).equals(input.slice(0, 2));
    }

    /** Whether a row's output depends on that row alone, as far as is known. */
    private static boolean rowsAreIndependent(Layer layer) {
        return layer.flattened().stream()
                .allMatch(inner ->
                        inner.type().registeredName() == null
                                && Layers.CATALOGUE.lookup(inner.type().className()) != null
                                && !(inner instanceof BatchNormalization)
                                && !(inner instanceof RecurrentLayer));
    }

    /** All steps as rows of one call. */
    private static Tensor folded(Layer layer, Tensor input, @Nullable Tensor mask) {
        int rows = input.shape().dim(0);
        int steps = input.shape().dim(1);
        var arguments = arguments(joined(input), mask == null ? null : joined(mask));
        var output = layer.apply(arguments).only();
        return Movements.reshape(output, output.shape().remove(0).insert(0, steps).insert(0, rows));
    }

    private static Tensor joined(Tensor x) {
        var shape = x.shape();
        return Movements.reshape(
                x, shape.slice(2, shape.rank()).insert(0, shape.dim(0) * shape.dim(1)));
    }

    private static Tensor looped(Layer layer, Tensor input, @Nullable Tensor mask) {
        var rows = mask == null ? new Tensor[] {input} : new Tensor[] {input, mask};
        for (int i = 0; i < rows.length; i++) {
            rows[i] = stepsFirst(rows[i]);
        }
        var results =
                Controls.scan(
                        values ->
                                new Tensor[] {
                                    layer.apply(
                                                    arguments(
                                                            values[0],
                                                            values.length > 1 ? values[1] : null))
                                            .only()
                                },
                        new Tensor[0],
                        rows,
                        -1,
                        false);
        return stepsFirst(results[0]);
    }

    private static Tensor stepsFirst(Tensor x) {
        var order = new int[x.rank()];
        Arrays.setAll(order, i -> i < 2 ? 1 - i : i);
        return Movements.transpose(x, order);
    }

    private static Arguments arguments(Tensor input, @Nullable Tensor mask) {
        var arguments = Arguments.of(input);
        return mask == null ? arguments : arguments.with("mask", mask);
    }
}
