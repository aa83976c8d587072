package sungu.keras.models;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.keras.config.ObjectType;
import sungu.keras.config.Serialization;
import sungu.keras.layers.CallContext;
import sungu.keras.layers.InputLayer;
import sungu.keras.layers.Layer;
import sungu.keras.training.Trainer;
import sungu.tensor.Shape;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model of layers one after the other. It is built as soon as the input shape is known: from an
 * {@code Input}, or the first data.
 */
public final class Sequential extends Model {
    static final ObjectType<Sequential> TYPE =
            ObjectType.reading("keras", "Sequential", Sequential::read, NAME, TRAINABLE, DTYPE);

    private final List<Layer> stack = new ArrayList<>();
    private @Nullable Functional functional;

    /** An empty model. */
    public Sequential() {}

    /**
     * A model of two layers in a row; without it the compiler would take {@link Model#of(Object,
     * Object)}.
     */
    public static Sequential of(Layer first, Layer second) {
        return of(new Layer[] {first, second});
    }

    /** A model of these layers. */
    public static Sequential of(Layer... layers) {
        var model = new Sequential();
        for (var layer : layers) {
            model.append(layer);
        }
        model.rebuild();
        return model;
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    /** The name. */
    public Sequential name(String unique) {
        rename(unique);
        return this;
    }

    /** Adds a layer at the end. */
    public Sequential add(Layer layer) {
        append(layer);
        rebuild();
        return this;
    }

    private void append(Layer layer) {
        if (layer instanceof InputLayer && !stack.isEmpty()) {
            throw new TensorException(
                    "Sequential: an input can only come first, but the model has "
                            + stack.size()
                            + " layers already");
        }
        if (stack.stream().anyMatch(other -> other != layer && other.name().equals(layer.name()))) {
            throw new TensorException(
                    "Sequential: two layers have the name '" + layer.name() + "'",
                    "give one of them another name");
        }
        var shape = layer.givenInputShape();
        if (stack.isEmpty() && shape != null) {
            stack.add(new InputLayer(shape));
        }
        stack.add(layer);
        layer.settle();
    }

    /** Takes the last layer away and returns it. */
    public Layer pop() {
        if (stack.isEmpty()) {
            throw new TensorException("Sequential: there is no layer to take away");
        }
        var last = stack.removeLast();
        rebuild();
        return last;
    }

    @Override
    public List<Layer> layers() {
        return stack.stream().filter(layer -> !(layer instanceof InputLayer)).toList();
    }

    private void rebuild() {
        if (functional != null) {
            functional = null;
            Trainer.structureChanged();
        }
        trackAll("layers", layers());
        if (stack.size() > 1 && stack.getFirst() instanceof InputLayer input) {
            inScope(() -> {
                connect(input);
                return null;
            });
            markWeightsMade();
        }
    }

    private void connect(InputLayer input) {
        Tensors tensors = Tensors.of(input.tensor());
        for (var layer : stack.subList(1, stack.size())) {
            tensors = layer.apply(tensors);
        }
        functional = new Functional(Tensors.of(input.tensor()), tensors, Map.of());
    }

    @Override
    protected void build(List<Shape> inputs) {
        if (functional != null || stack.isEmpty() || stack.getFirst() instanceof InputLayer) {
            return;
        }
        stack.addFirst(new InputLayer(inputs.getFirst().with(0, Shape.UNKNOWN)));
        connect((InputLayer) stack.getFirst());
    }

    /** The symbolic input; null until the input shape is known. */
    public @Nullable Tensors inputs() {
        return functional == null ? null : functional.inputs();
    }

    /** The symbolic output; null until the input shape is known. */
    public @Nullable Tensors outputs() {
        return functional == null ? null : functional.outputs();
    }

    @Nullable Functional functional() {
        return functional;
    }

    @Override
    protected @Nullable Tensors outputSpec(Arguments symbolic) {
        return functional == null ? null : functional.spec(symbolic, false);
    }

    @Override
    protected Tensors call(Arguments arguments, CallContext context) {
        var built = functional;
        if (built != null) {
            return built.run(arguments, context, false);
        }
        Tensors tensors = Tensors.ofNested(arguments.positional().getFirst());
        for (var layer : stack) {
            tensors = layer.apply(tensors);
        }
        return tensors;
    }

    @Override
    public Map<String, @Nullable Object> config() {
        var config = super.config();
        config.put("layers", Serialization.serialize(stack));
        if (functional != null) {
            config.put(
                    "build_input_shape",
                    Serialization.serialize(functional.graph().inputList().getFirst().shape()));
        }
        return config;
    }

    private static Sequential read(Map<String, @Nullable Object> config) {
        var model = new Sequential();
        ModelConfig.base(model, config);
        if (!(config.get("layers") instanceof List<?> layers)) {
            throw new TensorException("Sequential: argument 'layers' is missing");
        }
        for (var tree : layers) {
            model.append(Serialization.deserialize(tree, Layer.class));
        }
        model.rebuild();
        if (model.functional == null && config.get("build_input_shape") instanceof List<?> shape) {
            model.buildFromConfig(new LinkedHashMap<>(Map.of("input_shape", shape)));
        }
        return model;
    }
}
