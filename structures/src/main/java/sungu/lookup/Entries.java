package sungu.lookup;

import org.jspecify.annotations.Nullable;

import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;
import sungu.tensor.TensorException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A map from keys to values, both of tensors: what all tables have in common. */
final class Entries {
    private final DType keyType;
    private final Shape keyShape;
    private final HostTensor missing;
    private final Map<Object, HostTensor> values;

    /**
     * @param keyShape the shape of one key
     * @param missing the value of keys that are not there; it has the type of all values
     * @param capacity how many entries to make room for at first
     */
    Entries(DType keyType, Shape keyShape, HostTensor missing, int capacity) {
        if (keyType.isComplex()) {
            throw new TensorException("table: keys can't be " + keyType);
        }
        this.keyType = keyType;
        this.keyShape = keyShape;
        this.missing = missing;
        this.values = LinkedHashMap.newLinkedHashMap(capacity);
    }

    DType keyType() {
        return keyType;
    }

    HostTensor missing() {
        return missing;
    }

    int size() {
        return values.size();
    }

    /** What stands for the keys in the map; keys of several elements are lists. */
    List<Object> keys(Tensor tensor) {
        int inner = keyShape.rank();
        int outer = tensor.rank() - inner;
        if (tensor.dtype() != keyType
                || outer < 0
                || !tensor.shape().slice(outer, tensor.rank()).equals(keyShape)) {
            throw new TensorException(
                    "table: keys are "
                            + keyType
                            + (inner == 0 ? "" : " of shape " + keyShape)
                            + ", got "
                            + tensor.type());
        }
        var host = tensor.host();
        int width = keyShape.size();
        var keys = new ArrayList<Object>();
        for (int at = 0; at < host.size(); at += width) {
            if (inner == 0) {
                keys.add(key(host, at));
                continue;
            }
            var parts = new ArrayList<Object>(width);
            for (int i = at; i < at + width; i++) {
                parts.add(key(host, i));
            }
            keys.add(parts);
        }
        return keys;
    }

    private static Object key(HostTensor keys, int i) {
        if (keys.dtype() == DType.STRING) {
            return new String(keys.bytes()[i], StandardCharsets.ISO_8859_1);
        }
        if (keys.dtype().isFloating()) {
            return keys.number(i);
        }
        return keys.integer(i);
    }

    /** The values of the keys, along the dimensions of the keys. */
    Tensor lookup(Tensor keys, @Nullable Tensor defaults) {
        var wanted = keys(keys);
        var shape = keys.shape().slice(0, keys.rank() - keyShape.rank()).concat(missing.shape());
        int width = missing.size() * missing.dtype().lanes();
        var others = defaults == null ? missing : defaults.host();
        boolean each = defaults != null && others.shape().equals(shape);
        if (others.dtype() != missing.dtype() || !each && !others.shape().equals(missing.shape())) {
            throw new TensorException(
                    "table: values for missing keys must be "
                            + missing.type()
                            + " or one for each key, got "
                            + others.type());
        }
        var out = HostTensor.allocate(missing.dtype(), shape);
        for (int i = 0; i < wanted.size(); i++) {
            var found = values.get(wanted.get(i));
            if (found != null) {
                System.arraycopy(found.array(), 0, out.array(), i * width, width);
            } else {
                System.arraycopy(
                        others.array(), each ? i * width : 0, out.array(), i * width, width);
            }
        }
        return out;
    }

    /** Sets the values of keys; the last one counts. */
    void insert(Tensor keys, Tensor newValues) {
        var places = keys(keys);
        var rows = rows(keys, newValues);
        for (int i = 0; i < places.size(); i++) {
            values.put(places.get(i), rows.get(i));
        }
    }

    /** Sets the values of keys, each of which may have one value only. */
    void insertOnce(Tensor keys, Tensor newValues) {
        var places = keys(keys);
        var rows = rows(keys, newValues);
        for (int i = 0; i < places.size(); i++) {
            var before = values.putIfAbsent(places.get(i), rows.get(i));
            if (before != null && !Objects.deepEquals(before.array(), rows.get(i).array())) {
                throw new TensorException(
                        "table: key "
                                + places.get(i)
                                + " has two values, "
                                + before
                                + " and "
                                + rows.get(i));
            }
        }
    }

    private List<HostTensor> rows(Tensor keys, Tensor newValues) {
        var shape = keys.shape().slice(0, keys.rank() - keyShape.rank()).concat(missing.shape());
        if (newValues.dtype() != missing.dtype() || !newValues.shape().equals(shape)) {
            throw new TensorException(
                    "table: the values of keys "
                            + keys.type()
                            + " must be "
                            + missing.dtype()
                            + shape
                            + ", got "
                            + newValues.type());
        }
        var host = newValues.host();
        int width = missing.size() * missing.dtype().lanes();
        var rows = new ArrayList<HostTensor>();
        for (int at = 0; at + width <= host.size() * missing.dtype().lanes(); at += width) {
            var row = HostTensor.allocate(missing.dtype(), missing.shape());
            System.arraycopy(host.array(), at, row.array(), 0, width);
            rows.add(row);
        }
        return rows;
    }

    /** Takes keys out; those that are not there do not matter. */
    void remove(Tensor keys) {
        keys(keys).forEach(values::remove);
    }

    /** All keys and values, in the order in which the keys came. */
    KeyValues export() {
        int n = values.size();
        var keys = HostTensor.allocate(keyType, keyShape.insert(0, n));
        var all = HostTensor.allocate(missing.dtype(), missing.shape().insert(0, n));
        int width = missing.size() * missing.dtype().lanes();
        int row = 0;
        for (var entry : values.entrySet()) {
            var parts = entry.getKey() instanceof List<?> list ? list : List.of(entry.getKey());
            for (int i = 0; i < parts.size(); i++) {
                put(keys, row * parts.size() + i, parts.get(i));
            }
            System.arraycopy(entry.getValue().array(), 0, all.array(), row++ * width, width);
        }
        return new KeyValues(keys, all);
    }

    private static void put(HostTensor keys, int at, Object key) {
        switch (key) {
            case String text -> keys.bytes()[at] = text.getBytes(StandardCharsets.ISO_8859_1);
            case Long number ->
                    sungu.tensor.Numbers.putLong(keys.dtype(), keys.array(), at, number);
            default ->
                    sungu.tensor.Numbers.put(
                            keys.dtype(), keys.array(), at, ((Number) key).doubleValue());
        }
    }
}
