package sungu.keras.saving;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Json;
import sungu.keras.config.Serialization;
import sungu.keras.layers.Layer;
import sungu.keras.models.Model;
import sungu.keras.training.CompileTrees;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.Variable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whole models in HDF5 alone, as Keras wrote them before {@code .keras} files: the config in the
 * attribute {@code model_config}, per layer a group that lists its weights, the optimizer's state
 * in {@code optimizer_weights}. They are read, not written.
 */
final class LegacyFile {
    private LegacyFile() {}

    static Model read(HdfFile hdf) {
        var config = text(hdf, "model_config");
        if (config == null) {
            throw new TensorException(
                    "the file holds no model, only weights",
                    "build the model and call loadWeights");
        }
        var model = Serialization.deserialize(Json.read(config), Model.class);
        if (hdf.getChildren().get("model_weights") instanceof Group weights) {
            assign(model, weights);
        }
        var training = text(hdf, "training_config");
        if (training != null && Json.read(training) instanceof Map<?, ?> tree) {
            CompileTrees.readLegacy(model, tree);
            model.optimizer().build(model.trainableWeights());
            if (hdf.getChildren().get("optimizer_weights") instanceof Group state) {
                assign("the optimizer", List.copyOf(model.optimizer().variables()), state);
            }
        }
        return model;
    }

    private static void assign(Model model, Group weights) {
        var layers = new LinkedHashMap<String, Layer>();
        model.layers().forEach(layer -> layers.put(layer.name(), layer));
        for (var name : names(weights, "layer_names")) {
            var layer = layers.get(name);
            if (layer != null && weights.getChildren().get(name) instanceof Group group) {
                var variables = new ArrayList<Variable>();
                layer.weights().stream()
                        .filter(weight -> weight.structurallyTrainable())
                        .forEach(variables::add);
                layer.weights().stream()
                        .filter(weight -> !weight.structurallyTrainable())
                        .forEach(variables::add);
                assign("layer '" + name + "'", variables, group);
            }
        }
    }

    private static void assign(String what, List<Variable> variables, Group group) {
        var names = names(group, "weight_names");
        if (names.size() != variables.size()) {
            throw new TensorException(
                    "the file has "
                            + names.size()
                            + " weights for "
                            + what
                            + ", which has "
                            + variables.size());
        }
        var values = new ArrayList<Tensor>();
        for (int i = 0; i < names.size(); i++) {
            Dataset dataset = WeightFile.find(group, names.get(i));
            if (dataset == null) {
                throw new TensorException(
                        "the file lacks the weight '" + names.get(i) + "' of " + what);
            }
            values.add(WeightFile.tensor(names.get(i), dataset, variables.get(i)));
        }
        for (int i = 0; i < values.size(); i++) {
            variables.get(i).assign(values.get(i));
        }
    }

    private static @Nullable String text(Node node, String attribute) {
        var found = node.getAttributes().get(attribute);
        return found == null ? null : String.valueOf(found.getData());
    }

    /**
     * A list of names; Keras cuts long ones in several attributes with numbers behind their name.
     */
    private static List<String> names(Node node, String attribute) {
        var names = new ArrayList<String>();
        var attributes = node.getAttributes();
        var whole = attributes.get(attribute);
        if (whole != null) {
            add(names, whole.getData());
        }
        int next = 0;
        for (var part = attributes.get(attribute + next);
                part != null;
                part = attributes.get(attribute + next)) {
            add(names, part.getData());
            next++;
        }
        return names;
    }

    private static void add(List<String> names, @Nullable Object data) {
        if (data instanceof Object[] items) {
            for (var item : items) {
                names.add(String.valueOf(item));
            }
        } else if (data instanceof String one) {
            names.add(one);
        }
    }
}
