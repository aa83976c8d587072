package sungu.keras.models;

import org.jspecify.annotations.Nullable;

import sungu.keras.Arguments;
import sungu.keras.Tensors;
import sungu.keras.config.ObjectType;
import sungu.keras.layers.CallContext;
import sungu.keras.layers.InputLayer;
import sungu.keras.layers.Layer;
import sungu.keras.ops.CallNode;
import sungu.keras.ops.KerasTensor;
import sungu.keras.ops.Operations;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A model given by symbolic inputs and what layers and operations make of them: any graph without
 * cycles.
 */
public final class Functional extends Model {
    static final ObjectType<Functional> TYPE =
            ObjectType.reading(
                    "keras.src.models.functional",
                    "Functional",
                    FunctionalConfig::read,
                    NAME,
                    TRAINABLE,
                    DTYPE);

    private final FunctionGraph graph;

    /** A model from symbolic inputs to outputs, each a tensor or a list or map of tensors. */
    public Functional(Object inputs, Object outputs) {
        this(symbolic(inputs), Tensors.ofNested(outputs));
    }

    private Functional(Tensors inputs, Tensors outputs) {
        this(inputs, outputs, Map.of());
    }

    @SuppressWarnings("this-escape") // registering the layers calls final methods only
    Functional(Tensors inputs, Tensors outputs, Map<String, @Nullable Object> config) {
        ModelConfig.base(this, config);
        graph = new FunctionGraph(inputs, outputs);
        var layers = new ArrayList<Layer>();
        for (var owner : graph.owners()) {
            if (owner instanceof Layer layer) {
                layers.add(layer);
            }
        }
        trackAll("layers", layers);
        if (!trainable()) {
            setTrainable(false);
        }
        markWeightsMade();
    }

    private static Tensors symbolic(Object inputs) {
        if (inputs instanceof InputLayer layer) {
            return Tensors.of(layer.tensor());
        }
        if (inputs instanceof List<?> list) {
            return new Tensors.Items(list.stream().map(Functional::symbolic).toList());
        }
        if (inputs instanceof Map<?, ?> map) {
            var entries = new LinkedHashMap<String, Tensors>();
            map.forEach((name, item) -> entries.put(String.valueOf(name), symbolic(item)));
            return new Tensors.Named(entries);
        }
        return Tensors.ofNested(inputs);
    }

    @Override
    public ObjectType<?> type() {
        return TYPE;
    }

    /** The name. */
    public Functional name(String unique) {
        rename(unique);
        return this;
    }

    final FunctionGraph graph() {
        return graph;
    }

    /** The symbolic inputs. */
    public final Tensors inputs() {
        return graph.inputs();
    }

    /** The symbolic outputs. */
    public final Tensors outputs() {
        return graph.outputs();
    }

    @Override
    public final List<Layer> layers() {
        return List.copyOf(sublayers().values());
    }

    @Override
    protected Tensors call(Arguments arguments, CallContext context) {
        return run(arguments, context, true);
    }

    /** Symbolic inputs go through the calls one by one, so that what is unknown stays so. */
    @Override
    protected Tensors outputSpec(Arguments symbolic) {
        return spec(symbolic, true);
    }

    final Tensors spec(Arguments symbolic, boolean strict) {
        return CallNode.unrecorded(() -> graph.run(matched(symbolic, strict), false));
    }

    /**
     * Runs the calls.
     *
     * @param strict whether inputs must have the sizes that the model was made for; a {@code
     *     Sequential} leaves that to its layers
     */
    final Tensors run(Arguments arguments, CallContext context, boolean strict) {
        return graph.run(matched(arguments, strict), context.training());
    }

    /**
     * The given tensors in the order of the inputs: by name where a map is given, else by position;
     * a missing last dimension of 1 is added.
     */
    private List<Tensor> matched(Arguments arguments, boolean strict) {
        var given =
                Tensors.ofNested(
                        arguments.positional().size() == 1
                                        && arguments.positional().getFirst() != null
                                ? arguments.positional().getFirst()
                                : List.copyOf(arguments.positional()));
        var wanted = graph.inputList();
        List<Tensor> tensors;
        if (given instanceof Tensors.Named named) {
            tensors = new ArrayList<>();
            var names = inputNames();
            for (var name : names) {
                var entry = named.entries().get(name);
                if (entry == null) {
                    throw new TensorException(
                            "the model takes inputs named "
                                    + names
                                    + ", got "
                                    + named.entries().keySet());
                }
                tensors.add(entry.only());
            }
        } else {
            tensors = given.flat();
        }
        if (tensors.size() != wanted.size()) {
            throw new TensorException(
                    "the model takes " + wanted.size() + " input tensors, got " + tensors.size());
        }
        var adjusted = new ArrayList<Tensor>();
        for (int i = 0; i < wanted.size(); i++) {
            adjusted.add(adjust(tensors.get(i), wanted.get(i), i, strict));
        }
        return adjusted;
    }

    private List<String> inputNames() {
        if (graph.inputs() instanceof Tensors.Named named) {
            return List.copyOf(named.entries().keySet());
        }
        return graph.inputList().stream().map(Functional::inputName).toList();
    }

    static String inputName(KerasTensor input) {
        var node = input.node();
        return node == null ? "" : node.owner().name();
    }

    private static Tensor adjusted(String operation, Tensor given) {
        var tensor =
                (Tensor)
                        java.util.Objects.requireNonNull(
                                Operations.require(operation).call(given, -1L));
        return given instanceof KerasTensor ? tensor : tensor.withMask(given.mask());
    }

    private static Tensor adjust(Tensor given, KerasTensor wanted, int index, boolean strict) {
        var tensor = given;
        int rank = wanted.rank();
        if (tensor.rank() == rank - 1 && wanted.shape().dim(-1) == 1) {
            tensor = adjusted("expand_dims", given);
        } else if (tensor.rank() == rank + 1 && tensor.shape().dim(-1) == 1) {
            tensor = adjusted("squeeze", given);
        }
        boolean fits = tensor.rank() == rank;
        for (int i = 0; strict && fits && i < rank; i++) {
            int dim = wanted.shape().dim(i);
            fits = dim < 0 || tensor.shape().dim(i) < 0 || tensor.shape().dim(i) == dim;
        }
        if (!fits) {
            throw new TensorException(
                    "input "
                            + index
                            + " ('"
                            + inputName(wanted)
                            + "') has shape "
                            + given.shape()
                            + ", the model was made for "
                            + wanted.shape());
        }
        if (given instanceof KerasTensor) {
            return given;
        }
        return tensor.dtype() == wanted.dtype()
                ? tensor
                : tensor.cast(wanted.dtype()).withMask(tensor.mask());
    }

    @Override
    protected void build(List<Shape> inputs) {}

    @Override
    public Map<String, @Nullable Object> config() {
        return FunctionalConfig.write(this);
    }
}
