package sungu.keras.saving;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.WritableGroup;
import io.jhdf.exceptions.HdfException;

import sungu.keras.Weight;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Numbers;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;
import sungu.tensor.Variable;

import java.lang.reflect.Array;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Weight files: HDF5 in Keras' layout, see {@link WeightTree}. */
final class WeightFile {
    private WeightFile() {}

    /** Writes all variables of a tree. */
    static void write(WeightTree tree, Path file) {
        try (var hdf = HdfFile.write(file)) {
            var groups = new HashMap<String, WritableGroup>();
            for (var entry : tree.groups()) {
                group(hdf, groups, entry.getKey()).putAttribute("name", entry.getValue());
            }
            tree.paths()
                    .forEach((path, variable) -> {
                        int slash = path.lastIndexOf('/');
                        group(hdf, groups, path.substring(0, slash))
                                .putDataset(
                                        path.substring(slash + 1),
                                        data(
                                                variable instanceof Weight weight
                                                        ? weight.saved()
                                                        : variable.stored()));
                    });
        }
    }

    private static WritableGroup group(
            WritableGroup root, Map<String, WritableGroup> known, String path) {
        var existing = known.get(path);
        if (existing != null) {
            return existing;
        }
        int slash = path.lastIndexOf('/');
        var parent = slash < 0 ? root : group(root, known, path.substring(0, slash));
        var made = parent.putGroup(path.substring(slash + 1));
        known.put(path, made);
        return made;
    }

    /**
     * The nested Java array of a tensor; types that the format has no Java array for are written
     * wider, as Keras reads them all the same.
     */
    private static Object data(HostTensor tensor) {
        var host =
                tensor.dtype() == DType.FLOAT16 || tensor.dtype() == DType.BFLOAT16
                        ? tensor.cast(DType.FLOAT32).host()
                        : tensor;
        if (host.size() == 0) {
            throw new TensorException(
                    "a weight of shape " + host.shape() + " has no elements and can't be written");
        }
        return host.toArray();
    }

    /**
     * Reads the variables of a tree. All shapes are checked before the first is assigned.
     *
     * @param optional path prefixes of variables that may be missing
     */
    static void read(WeightTree tree, HdfFile hdf, String optional) {
        var values = new LinkedHashMap<Variable, Tensor>();
        var missing = new ArrayList<String>();
        try {
            tree.paths()
                    .forEach((path, variable) -> {
                        var dataset = find(hdf, path);
                        if (dataset == null) {
                            // Keras leaves out what is no weight: the state of seed generators.
                            if (variable instanceof Weight && !path.startsWith(optional)) {
                                missing.add(path);
                            }
                            return;
                        }
                        values.put(variable, tensor(path, dataset, variable));
                    });
        } catch (HdfException
                | ClassCastException
                | IndexOutOfBoundsException
                | NegativeArraySizeException
                | IllegalArgumentException e) {
            var damaged = new TensorException("the weight file is damaged: " + e.getMessage());
            damaged.addSuppressed(e);
            throw damaged;
        }
        if (!missing.isEmpty()) {
            throw new TensorException(
                    "the weight file lacks "
                            + missing.size()
                            + " of "
                            + tree.paths().size()
                            + " variables: "
                            + missing.subList(0, Math.min(5, missing.size())),
                    "it was written for another model; build the same layers in the same order");
        }
        values.forEach((variable, value) -> {
            if (variable instanceof Weight weight) {
                weight.restore(value);
            } else {
                variable.assign(value);
            }
        });
    }

    static @org.jspecify.annotations.Nullable Dataset find(Group root, String path) {
        Group group = root;
        var parts = path.split("/");
        for (int i = 0; i < parts.length; i++) {
            var child = group.getChildren().get(parts[i]);
            if (child == null) {
                return null;
            }
            if (child.isLink()) {
                throw new TensorException(
                        "the weight file links to another file at '"
                                + path
                                + "', which is not followed");
            }
            if (i == parts.length - 1) {
                return child instanceof Dataset dataset ? dataset : null;
            }
            if (!(child instanceof Group inner)) {
                return null;
            }
            group = inner;
        }
        return null;
    }

    /** The value of a data set for a variable, whose shape it must have. */
    static Tensor tensor(String path, Dataset dataset, Variable variable) {
        var dims = dataset.getDimensions();
        if (!java.util.Arrays.equals(dims, variable.shape().dims())) {
            throw new TensorException(
                    "the weight file has shape "
                            + java.util.Arrays.toString(dims)
                            + " at '"
                            + path
                            + "', variable '"
                            + variable.name()
                            + "' is "
                            + variable.type());
        }
        var data = dims.length == 0 ? dataset.getData() : dataset.getDataFlat();
        var value = HostTensor.allocate(variable.dtype(), variable.shape());
        int n = value.size();
        for (int i = 0; i < n; i++) {
            var item = data.getClass().isArray() ? Array.get(data, i) : data;
            switch (item) {
                case Long l -> Numbers.putLong(value.dtype(), value.array(), i, l);
                case Boolean b -> Numbers.putLong(value.dtype(), value.array(), i, b ? 1 : 0);
                case Number number ->
                        Numbers.put(value.dtype(), value.array(), i, number.doubleValue());
                default ->
                        throw new TensorException(
                                "the weight file has no numbers at '" + path + "'");
            }
        }
        return value;
    }
}
