package sungu.keras.layers;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.keras.config.Codecs;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Serialization;
import sungu.keras.config.Setting;
import sungu.ops.Movements;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A recurrent layer forwards and another one backwards over the same sequences. */
public final class Bidirectional extends Layer.Of<Bidirectional> {
    static final Setting<String> MERGE_MODE =
            Setting.text("merge_mode")
                    .oneOf(List.of("sum", "mul", "concat", "ave"))
                    .defaults("concat")
                    .optional();
    static final Setting<Layer> LAYER =
            Setting.of("layer", Codecs.object("a recurrent layer", Layer.class))
                    .check(layer -> layer instanceof RecurrentLayer, "a recurrent layer");
    static final Setting<Layer> BACKWARD_LAYER =
            Setting.of("backward_layer", Codecs.object("a recurrent layer", Layer.class))
                    .check(layer -> layer instanceof RecurrentLayer, "a recurrent layer")
                    .optional();
    static final ObjectType<Bidirectional> TYPE =
            typed("Bidirectional", Bidirectional::new, MERGE_MODE, LAYER, BACKWARD_LAYER);

    private @Nullable RecurrentLayer<?> forward;
    private @Nullable RecurrentLayer<?> backward;

    private Bidirectional() {}

    /** Layers with the settings of this one, in both directions. */
    public Bidirectional(Layer layer) {
        set(LAYER, layer);
    }

    @Override
    public ObjectType<Bidirectional> type() {
        return TYPE;
    }

    /**
     * How the two outputs become one: {@code concat}, {@code sum}, {@code mul} or {@code ave}; null
     * to return both.
     */
    public Bidirectional mergeMode(@Nullable String mode) {
        set(MERGE_MODE, mode);
        return this;
    }

    /** Another layer for the backward direction; it must have {@code goBackwards} set. */
    public Bidirectional backwardLayer(Layer layer) {
        return with(BACKWARD_LAYER, layer);
    }

    @Override
    protected void configured() {
        super.configured();
        forward();
    }

    @Override
    public void settle() {
        super.settle();
        forward();
    }

    private RecurrentLayer<?> forward() {
        var known = forward;
        if (known == null) {
            var layer = get(LAYER);
            var other = find(BACKWARD_LAYER);
            known = copy(layer, "forward_", Map.of());
            var back =
                    other == null
                            ? copy(
                                    layer,
                                    "backward_",
                                    Map.of("go_backwards", !known.is(RecurrentLayer.GO_BACKWARDS)))
                            : (RecurrentLayer<?>) other;
            check(known, back);
            // Where all outputs are returned, those of masked steps are zeros.
            known.zeroOutputForMask(known.is(RecurrentLayer.RETURN_SEQUENCES));
            if (!back.built()) {
                back.zeroOutputForMask(back.is(RecurrentLayer.RETURN_SEQUENCES));
            }
            forward = track("forward_layer", known);
            backward = track("backward_layer", back);
        }
        return known;
    }

    /** A layer with the same settings, other than these, and with a prefix to its name. */
    private static RecurrentLayer<?> copy(
            Layer layer, String prefix, Map<String, Object> differing) {
        var config = new LinkedHashMap<String, @Nullable Object>(layer.config());
        var name = layer.name();
        config.put("name", name.startsWith(prefix) ? name : prefix + name);
        config.putAll(differing);
        return (RecurrentLayer<?>) Objects.requireNonNull(layer.type().create(config));
    }

    private static void check(RecurrentLayer<?> forward, RecurrentLayer<?> backward) {
        if (forward.is(RecurrentLayer.GO_BACKWARDS) == backward.is(RecurrentLayer.GO_BACKWARDS)) {
            throw new TensorException(
                    "Bidirectional: the layers must differ in 'go_backwards', both have "
                            + forward.is(RecurrentLayer.GO_BACKWARDS));
        }
        for (var setting :
                List.of(
                        RecurrentLayer.STATEFUL,
                        RecurrentLayer.RETURN_SEQUENCES,
                        RecurrentLayer.RETURN_STATE)) {
            if (forward.is(setting) != backward.is(setting)) {
                throw new TensorException(
                        "Bidirectional: the layers must have the same '"
                                + setting.name()
                                + "', got "
                                + forward.is(setting)
                                + " and "
                                + backward.is(setting));
            }
        }
    }

    private RecurrentLayer<?> backward() {
        forward();
        return Objects.requireNonNull(backward);
    }

    /** Sets the states of stateful layers to zero. */
    public void resetState() {
        forward().resetState();
        backward().resetState();
    }

    @Override
    protected List<String> parameters() {
        return forward().parameters();
    }

    @Override
    protected void build(Shape input) {
        forward().buildFor(input);
        backward().buildFor(input);
    }

    @Override
    protected Tensors call(Arguments arguments, CallContext context) {
        var ahead = new LinkedHashMap<String, @Nullable Object>(arguments.named());
        var back = new LinkedHashMap<String, @Nullable Object>(ahead);
        if (ahead.get("initial_state") instanceof List<?> states) {
            int half = states.size() / 2;
            ahead.put("initial_state", states.subList(0, half));
            back.put("initial_state", states.subList(half, states.size()));
        }
        var first = forward().apply(new Arguments(arguments.positional(), ahead));
        var second = backward().apply(new Arguments(arguments.positional(), back));
        boolean withState = forward().is(RecurrentLayer.RETURN_STATE);
        var x = (withState ? first.at(0) : first).only().cast(computeDtype());
        var y = (withState ? second.at(0) : second).only().cast(computeDtype());
        if (forward().is(RecurrentLayer.RETURN_SEQUENCES)) {
            y = Movements.reverse(y, 1);
        }
        var outputs = new ArrayList<>(merged(x, y));
        if (withState) {
            outputs.addAll(states(first));
            outputs.addAll(states(second));
        }
        return outputs.size() == 1 ? outputs.getFirst() : new Tensors.Items(outputs);
    }

    private static List<Tensors> states(Tensors outputs) {
        var items = ((Tensors.Items) outputs).items();
        return items.subList(1, items.size());
    }

    private List<Tensors> merged(Tensor x, Tensor y) {
        return switch (find(MERGE_MODE)) {
            case null -> List.of(Tensors.of(x), Tensors.of(y));
            case "sum" -> List.of(Tensors.of(x.plus(y)));
            case "ave" -> List.of(Tensors.of(x.plus(y).div(2)));
            case "mul" -> List.of(Tensors.of(x.times(y)));
            default -> List.of(Tensors.of(Movements.concat(List.of(x, y), -1)));
        };
    }

    /** Files have the layers of both directions. */
    @Override
    public Map<String, @Nullable Object> config() {
        var config = super.config();
        config.put("layer", Serialization.serialize(forward()));
        config.put("backward_layer", Serialization.serialize(backward()));
        return config;
    }
}
