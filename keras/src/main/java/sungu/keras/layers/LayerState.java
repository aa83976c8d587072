package sungu.keras.layers;

import sungu.keras.Weight;
import sungu.keras.config.Configured;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.Variable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a {@link Layer} holds: its own weights and other state, the layers inside it, and all that
 * follows from them.
 */
abstract sealed class LayerState extends Configured permits Layer {
    private final List<Weight> own = new ArrayList<>();
    private final List<Variable> hidden = new ArrayList<>();
    private final Map<String, Layer> sublayers = new LinkedHashMap<>();

    /** Whether the weights have been made. */
    public abstract boolean built();

    /** How messages name this layer. */
    public abstract String describe();

    final Weight addOwn(Weight weight) {
        own.add(weight);
        return weight;
    }

    /** Registers state that is no weight, such as that of a seed generator. */
    protected final <V extends Variable> V trackState(V variable) {
        hidden.add(variable);
        return variable;
    }

    /** Registers a layer used inside this one; {@code attribute} is its name in weight files. */
    protected final <L extends Layer> L track(String attribute, L layer) {
        sublayers.put(attribute, layer);
        return layer;
    }

    /**
     * Registers layers used inside this one, in order; {@code attribute} is the name of the list in
     * weight files.
     */
    protected final void trackAll(String attribute, Collection<? extends Layer> layers) {
        sublayers.keySet().removeIf(key -> key.startsWith(attribute + "/"));
        int i = 0;
        for (var layer : layers) {
            sublayers.put(attribute + "/" + i++, layer);
        }
    }

    /** The layers inside this one, directly, by the names that weight files use. */
    public final Map<String, Layer> sublayers() {
        return Collections.unmodifiableMap(sublayers);
    }

    /** This layer and all layers inside it, each once. */
    public final List<Layer> flattened() {
        var found = new ArrayList<Layer>();
        collect((Layer) this, found, Collections.newSetFromMap(new IdentityHashMap<>()));
        return found;
    }

    private static void collect(Layer layer, List<Layer> found, Set<Layer> seen) {
        if (seen.add(layer)) {
            found.add(layer);
            layer.sublayers().values().forEach(inner -> collect(inner, found, seen));
        }
    }

    /** Whether the weights change in training. */
    public final boolean trainable() {
        return get(Layer.TRAINABLE);
    }

    /**
     * Sets whether the weights of this layer and those inside it change in training; acts at the
     * next {@code compile}.
     */
    public final void setTrainable(boolean on) {
        set(Layer.TRAINABLE, on);
        for (var weight : own) {
            weight.trainable(on && weight.structurallyTrainable());
        }
        sublayers.values().forEach(layer -> layer.setTrainable(on));
    }

    /** The layer's own weights: trainable ones first. */
    public final List<Weight> ownWeights() {
        var ordered = new ArrayList<Weight>(own.size());
        own.stream().filter(Weight::structurallyTrainable).forEach(ordered::add);
        own.stream().filter(weight -> !weight.structurallyTrainable()).forEach(ordered::add);
        return ordered;
    }

    /** The layer's own weights that files hold, in the order of files. */
    public List<Weight> savedWeights() {
        return ownWeights().stream().filter(Weight::inFiles).toList();
    }

    /** The layer's own state that is no weight, such as that of a seed generator. */
    public final List<Variable> ownState() {
        return Collections.unmodifiableList(hidden);
    }

    /** All weights: the own ones, then those of the layers inside, each once. */
    public final List<Weight> weights() {
        var all = new ArrayList<Weight>();
        var seen = Collections.<Weight>newSetFromMap(new IdentityHashMap<>());
        for (var layer : flattened()) {
            for (var weight : layer.ownWeights()) {
                if (seen.add(weight)) {
                    all.add(weight);
                }
            }
        }
        return all;
    }

    /** All state: weights, and what else changes, such as seeds. */
    public final List<Variable> variables() {
        var all = new ArrayList<Variable>(weights());
        flattened().forEach(layer -> all.addAll(layer.ownState()));
        return all;
    }

    /** The weights that training changes. */
    public final List<Weight> trainableWeights() {
        return trainable() ? weights().stream().filter(Variable::trainable).toList() : List.of();
    }

    /** The weights that training does not change by gradients. */
    public final List<Weight> nonTrainableWeights() {
        return trainable()
                ? weights().stream().filter(weight -> !weight.trainable()).toList()
                : weights();
    }

    /** The number of elements in all weights. */
    public final long countParams() {
        if (!built()) {
            throw new TensorException(
                    describe() + " is not built yet, so it has no weights to count",
                    "call it on data or build it for an input shape");
        }
        return weights().stream().mapToLong(Tensor::size).sum();
    }

    /** The values of all weights, in the order of {@link #weights}. */
    public final List<Tensor> weightValues() {
        return weights().stream().<Tensor>map(Variable::stored).toList();
    }

    /**
     * Assigns all weights, in the order of {@link #weights}. Nothing is assigned unless all shapes
     * fit.
     */
    public final void setWeights(List<? extends Tensor> values) {
        var all = weights();
        if (values.size() != all.size()) {
            throw new TensorException(
                    "setWeights: "
                            + describe()
                            + " has "
                            + all.size()
                            + " weights, got "
                            + values.size());
        }
        for (int i = 0; i < values.size(); i++) {
            if (!values.get(i).shape().equals(all.get(i).shape())) {
                throw new TensorException(
                        "setWeights: weight '"
                                + all.get(i).path()
                                + "' is "
                                + all.get(i).type()
                                + ", got "
                                + values.get(i).type());
            }
        }
        for (int i = 0; i < values.size(); i++) {
            all.get(i).assign(values.get(i).cast(all.get(i).dtype()));
        }
    }
}
