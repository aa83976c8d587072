package sungu.keras.saving;

import org.jspecify.annotations.Nullable;

import sungu.keras.config.Names;
import sungu.keras.layers.Layer;
import sungu.keras.models.Model;
import sungu.tensor.Variable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where Keras keeps the variables of a model in a weight file: a group per object, named by the
 * attribute that holds it, or, in lists, by its class with a number; in each group {@code vars/0},
 * {@code vars/1}...
 */
record WeightTree(String name, List<Variable> variables, Map<String, WeightTree> children) {
    /** The tree of a model, its optimizer's slots included where it is built. */
    static WeightTree of(Model model) {
        var tree = ofLayer(model);
        if (model.compiled() != null && model.optimizer().isBuilt()) {
            tree.children.put(
                    "optimizer",
                    new WeightTree(
                            model.optimizer().name(),
                            List.copyOf(model.optimizer().variables()),
                            Map.of()));
        }
        return tree;
    }

    /** The tree of a layer and the layers inside it. */
    static WeightTree ofLayer(Layer layer) {
        var children = new LinkedHashMap<String, WeightTree>();
        var used = new HashMap<String, Integer>();
        layer.sublayers()
                .forEach((attribute, inner) -> {
                    int slash = attribute.indexOf('/');
                    if (slash < 0) {
                        children.put(attribute, ofLayer(inner));
                        return;
                    }
                    var list = attribute.substring(0, slash);
                    var name = Names.snakeCase(inner.shownClass());
                    int count = used.merge(list + "/" + name, 1, Integer::sum) - 1;
                    children.computeIfAbsent(
                                    list,
                                    key -> new WeightTree("", List.of(), new LinkedHashMap<>()))
                            .children
                            .put(count == 0 ? name : name + "_" + count, ofLayer(inner));
                });
        var hidden = layer.ownState();
        for (int i = 0; i < hidden.size(); i++) {
            children.put(
                    i == 0 ? "seed_generator" : "seed_generator_" + i,
                    new WeightTree("seed_generator", List.of(hidden.get(i)), Map.of()));
        }
        return new WeightTree(layer.name(), List.copyOf(layer.savedWeights()), children);
    }

    /** All variables with the paths of their data sets, such as {@code layers/dense/vars/0}. */
    Map<String, Variable> paths() {
        var paths = new LinkedHashMap<String, Variable>();
        collect("", paths);
        return paths;
    }

    private void collect(String prefix, Map<String, Variable> paths) {
        for (int i = 0; i < variables.size(); i++) {
            paths.put(prefix + "vars/" + i, variables.get(i));
        }
        children.forEach((name, child) -> child.collect(prefix + name + "/", paths));
    }

    /**
     * The groups that hold variables, with the names that they carry. Groups without variables are
     * left out: they say nothing that a reader needs, and the HDF5 library misplaces what follows
     * an empty group that has an attribute.
     */
    List<Map.Entry<String, @Nullable String>> groups() {
        var groups = new ArrayList<Map.Entry<String, @Nullable String>>();
        groups("", groups);
        return groups;
    }

    private void groups(String prefix, List<Map.Entry<String, @Nullable String>> groups) {
        if (!variables.isEmpty()) {
            groups.add(Map.entry(prefix + "vars", name));
        }
        children.forEach((child, tree) -> tree.groups(prefix + child + "/", groups));
    }
}
