package sungu.keras.training;

import org.jspecify.annotations.Nullable;

import sungu.keras.Tensors;
import sungu.tensor.TensorException;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A model's outputs by position and name: how what users say per output finds its output. */
record Outputs(List<String> names) {
    /**
     * The names of the leaves of an output structure: those of maps, else those that the model
     * gives.
     */
    static Outputs of(Tensors structure, List<String> modelNames) {
        if (structure instanceof Tensors.Named named) {
            return new Outputs(List.copyOf(named.entries().keySet()));
        }
        int count = structure.flat().size();
        var names = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            names.add(i < modelNames.size() ? modelNames.get(i) : "output_" + i);
        }
        return new Outputs(names);
    }

    int count() {
        return names.size();
    }

    /**
     * One entry per output from a list by position, a map by name, or, for a single output, the
     * thing itself.
     *
     * @param what what the entries are, for messages
     */
    List<@Nullable Object> perOutput(String what, @Nullable Object given) {
        var entries = new ArrayList<@Nullable Object>();
        if (given instanceof Map<?, ?> map) {
            for (var key : map.keySet()) {
                if (!names.contains(String.valueOf(key))) {
                    throw new TensorException(
                            "compile: "
                                    + what
                                    + " for an output '"
                                    + key
                                    + "', but the outputs are "
                                    + names);
                }
            }
            names.forEach(name -> entries.add(map.get(name)));
        } else if (!(given instanceof List<?> list)) {
            names.forEach(name -> entries.add(given));
        } else if (list.size() == count() && (count() > 1 || list.getFirst() instanceof List)) {
            entries.addAll(list);
        } else if (count() == 1) {
            entries.add(what.equals("metrics") ? list : list.getFirst());
        } else {
            throw new TensorException(
                    "compile: "
                            + list.size()
                            + " "
                            + what
                            + " for "
                            + count()
                            + " outputs "
                            + names);
        }
        return entries;
    }

    /** The leaves of a data structure in the order of the outputs: by name where it is a map. */
    List<sungu.tensor.@Nullable Tensor> leaves(String what, @Nullable Tensors data) {
        var leaves = new ArrayList<sungu.tensor.@Nullable Tensor>();
        if (data == null) {
            names.forEach(name -> leaves.add(null));
            return leaves;
        }
        if (data instanceof Tensors.Named named) {
            for (var name : names) {
                var entry = named.entries().get(name);
                leaves.add(entry == null ? null : entry.only());
            }
            return leaves;
        }
        var flat = data.flat();
        if (flat.size() == 1 && what.equals("sample_weight")) {
            names.forEach(name -> leaves.add(flat.getFirst()));
        } else if (flat.size() == count()) {
            leaves.addAll(flat);
        } else {
            throw new TensorException(
                    "the model has "
                            + count()
                            + " outputs "
                            + names
                            + ", "
                            + what
                            + " has "
                            + flat.size());
        }
        return leaves;
    }
}
