package sungu.conformance;

import org.jspecify.annotations.Nullable;

import sungu.ragged.RaggedTensor;
import sungu.sparse.IndexedSlices;
import sungu.sparse.SparseTensor;
import sungu.tensor.DType;
import sungu.tensor.HostTensor;
import sungu.tensor.Shape;
import sungu.tensor.Tensor;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Compares what came out with what was recorded: dtypes, shapes, integers, bools and strings
 * exactly, floats within a tolerance, and structures by their entries. The first difference is
 * thrown as a {@link Mismatch}.
 */
public final class Comparison {
    private final Tolerance tolerance;

    /** Compares floats within this tolerance. */
    public Comparison(Tolerance tolerance) {
        this.tolerance = tolerance;
    }

    /**
     * Compares two decoded values.
     *
     * @param where what is compared, for the message
     */
    public void check(String where, @Nullable Object got, @Nullable Object expected) {
        switch (expected) {
            case null -> {
                if (got != null) {
                    throw differs(where, got, "None");
                }
            }
            case Tensor tensor -> tensors(where, got, tensor);
            case SparseTensor sparse -> sparse(where, got, sparse);
            case RaggedTensor ragged -> ragged(where, got, ragged);
            case IndexedSlices slices -> {
                if (!(got instanceof IndexedSlices other)) {
                    throw differs(where, got, "indexed slices");
                }
                check(where + ".values", other.values(), slices.values());
                check(where + ".indices", other.indices(), slices.indices());
                check(where + ".denseShape", other.denseShape(), slices.denseShape());
            }
            case Map<?, ?> map -> maps(where, got, map);
            case List<?> list -> lists(where, got, list);
            case Boolean flag -> {
                if (!flag.equals(got)) {
                    throw differs(where, got, flag);
                }
            }
            case Double number -> {
                if (!(got instanceof Double || got instanceof Float)
                        || !tolerance.accepts(((Number) got).doubleValue(), number)) {
                    throw differs(where, got, number);
                }
            }
            case Number number -> {
                if (!isInteger(got) || !String.valueOf(got).equals(number.toString())) {
                    throw differs(where, got, number);
                }
            }
            case byte[] bytes -> {
                if (!(got instanceof byte[] other) || !Arrays.equals(other, bytes)) {
                    throw differs(where, got, Arrays.toString(bytes));
                }
            }
            default -> {
                var plain = got instanceof DType dtype ? dtype.label() : got;
                if (!expected.equals(plain)) {
                    throw differs(where, got, expected);
                }
            }
        }
    }

    private void sparse(String where, @Nullable Object got, SparseTensor expected) {
        if (!(got instanceof SparseTensor sparse)) {
            throw differs(where, got, "a sparse tensor");
        }
        if (!Arrays.equals(sparse.denseShape(), expected.denseShape())) {
            throw differs(
                    where + ".denseShape",
                    Arrays.toString(sparse.denseShape()),
                    Arrays.toString(expected.denseShape()));
        }
        tensors(where + ".indices", sparse.indices(), expected.indices());
        tensors(where + ".values", sparse.values(), expected.values());
    }

    /** Dimensions recorded as uniform must be known to be; others may be, too. */
    private void ragged(String where, @Nullable Object got, RaggedTensor expected) {
        if (!(got instanceof RaggedTensor ragged) || ragged.raggedRank() != expected.raggedRank()) {
            throw differs(where, got, "a ragged tensor of ragged rank " + expected.raggedRank());
        }
        for (int i = 0; i < expected.raggedRank(); i++) {
            tensors(
                    where + ".rowSplits[" + i + "]",
                    ragged.partitions().get(i).splits(),
                    expected.partitions().get(i).splits());
        }
        tensors(where + ".flatValues", ragged.flatValues(), expected.flatValues());
        for (int i = 0; i < expected.raggedRank(); i++) {
            int length = expected.partitions().get(i).uniformLength();
            int own = ragged.partitions().get(i).uniformLength();
            if (length >= 0 && own != length) {
                throw differs(where + ".uniformLength[" + i + "]", own, length);
            }
        }
    }

    private static boolean isInteger(@Nullable Object value) {
        return value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof BigInteger;
    }

    private void maps(String where, @Nullable Object got, Map<?, ?> expected) {
        if (!(got instanceof Map<?, ?> map) || !map.keySet().equals(expected.keySet())) {
            throw new Mismatch(
                    where
                            + ": expected the keys "
                            + expected.keySet()
                            + ", got "
                            + (got instanceof Map<?, ?> other ? other.keySet() : describe(got)));
        }
        expected.forEach((key, value) -> check(where + "['" + key + "']", map.get(key), value));
    }

    private void lists(String where, @Nullable Object got, List<?> expected) {
        var list = entries(got);
        if (list == null || list.size() != expected.size()) {
            throw new Mismatch(
                    where + ": expected a list of " + expected.size() + ", got " + describe(got));
        }
        for (int i = 0; i < list.size(); i++) {
            check(where + "[" + i + "]", list.get(i), expected.get(i));
        }
    }

    /** What Java code may return where Python returns a tuple. */
    private static @Nullable List<?> entries(@Nullable Object got) {
        return switch (got) {
            case List<?> list -> list;
            case Object[] array -> Arrays.asList(array);
            case int[] ints -> Arrays.stream(ints).boxed().toList();
            case Shape shape -> dims(shape);
            case null, default -> null;
        };
    }

    private static List<@Nullable Object> dims(Shape shape) {
        var dims = new ArrayList<@Nullable Object>();
        for (int dim : shape.dims()) {
            dims.add(dim == Shape.UNKNOWN ? null : (Integer) dim);
        }
        return dims;
    }

    /** Compares two tensors. */
    public void tensors(String where, @Nullable Object got, Tensor expected) {
        if (!(got instanceof Tensor tensor)) {
            throw differs(where, got, "a tensor " + expected.type());
        }
        if (tensor.dtype() != expected.dtype() || !tensor.shape().equals(expected.shape())) {
            throw new Mismatch(where + ": expected " + expected.type() + ", got " + tensor.type());
        }
        elements(where, tensor.host(), expected.host());
    }

    private void elements(String where, HostTensor got, HostTensor expected) {
        if (expected.dtype() == DType.STRING) {
            for (int i = 0; i < expected.size(); i++) {
                if (!Arrays.equals(got.bytes()[i], expected.bytes()[i])) {
                    throw new Mismatch(
                            at(where, expected, i)
                                    + "expected '"
                                    + expected.string(i)
                                    + "', got '"
                                    + got.string(i)
                                    + "'");
                }
            }
            return;
        }
        boolean exact = !expected.dtype().isFloating() && !expected.dtype().isComplex();
        int different = 0;
        int first = -1;
        double worst = 0;
        for (int i = 0; i < expected.size(); i++) {
            boolean same = exact ? got.integer(i) == expected.integer(i) : agrees(got, expected, i);
            if (!same) {
                different++;
                first = first < 0 ? i : first;
                worst = Math.max(worst, Math.abs(got.number(i) - expected.number(i)));
            }
        }
        if (different > 0) {
            throw new Mismatch(
                    at(where, expected, first)
                            + "expected "
                            + number(expected, first)
                            + ", got "
                            + number(got, first)
                            + " ("
                            + different
                            + " of "
                            + expected.size()
                            + " differ"
                            + (exact ? "" : ", by up to " + (float) worst + "; " + tolerance)
                            + "; "
                            + expected.type()
                            + ")");
        }
    }

    private boolean agrees(HostTensor got, HostTensor expected, int i) {
        if (!expected.dtype().isComplex()) {
            return tolerance.accepts(got.number(i), expected.number(i));
        }
        double re = part(got, 2 * i);
        double im = part(got, 2 * i + 1);
        double wantedRe = part(expected, 2 * i);
        double wantedIm = part(expected, 2 * i + 1);
        // The distance in the plane, as numpy's allclose takes it; non-finite parts each by itself.
        double distance = Math.hypot(re - wantedRe, im - wantedIm);
        return distance <= tolerance.atol() + tolerance.rtol() * Math.hypot(wantedRe, wantedIm)
                        && Double.isFinite(wantedRe + wantedIm)
                || tolerance.accepts(re, wantedRe) && tolerance.accepts(im, wantedIm);
    }

    private static double part(HostTensor tensor, int entry) {
        return tensor.array() instanceof float[] floats
                ? floats[entry]
                : ((double[]) tensor.array())[entry];
    }

    private static String number(HostTensor tensor, int i) {
        var dtype = tensor.dtype();
        if (dtype.isComplex()) {
            return part(tensor, 2 * i)
                    + (part(tensor, 2 * i + 1) < 0 ? "" : "+")
                    + part(tensor, 2 * i + 1)
                    + "j";
        }
        if (dtype == DType.BOOL) {
            return tensor.number(i) != 0 ? "true" : "false";
        }
        if (dtype == DType.FLOAT64) {
            return Double.toString(tensor.number(i));
        }
        return dtype.isFloating()
                ? Float.toString((float) tensor.number(i))
                : Long.toString(tensor.integer(i));
    }

    private static String at(String where, HostTensor tensor, int flat) {
        if (tensor.rank() == 0) {
            return where + ": ";
        }
        var index = new int[tensor.rank()];
        int rest = flat;
        for (int axis = index.length - 1; axis >= 0; axis--) {
            index[axis] = rest % tensor.shape().dim(axis);
            rest /= tensor.shape().dim(axis);
        }
        return where + Arrays.toString(index).replace(" ", "") + ": ";
    }

    private static Mismatch differs(String where, @Nullable Object got, Object expected) {
        return new Mismatch(
                where
                        + ": expected "
                        + expected
                        + " ("
                        + expected.getClass().getSimpleName()
                        + "), got "
                        + describe(got));
    }

    private static String describe(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Tensor tensor -> "a tensor " + tensor.type();
            case List<?> list -> "a list of " + list.size();
            default -> {
                var text = value.toString();
                yield (text.length() > 80 ? text.substring(0, 80) + "..." : text)
                        + " ("
                        + value.getClass().getSimpleName()
                        + ")";
            }
        };
    }
}
