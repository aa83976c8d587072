package sungu.conformance.tensorflow;

import org.jspecify.annotations.Nullable;

import sungu.ragged.RaggedTensor;
import sungu.sets.Sets;
import sungu.sparse.IndexedSlices;
import sungu.sparse.Sparse;
import sungu.sparse.SparseCounts;
import sungu.sparse.SparseEmbedding;
import sungu.sparse.SparseEmbedding.Combiner;
import sungu.sparse.SparseMath;
import sungu.sparse.SparseTensor;
import sungu.tensor.DType;
import sungu.tensor.Tensor;
import sungu.tensor.TensorShape;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Functions of which an argument is sparse. */
final class SparseOps {
    private static final Class<?> SPARSE = SparseTensor.class;

    /** The elementwise functions that TensorFlow has for sparse tensors: those that keep 0. */
    private static final List<String> KEEP_ZERO =
            List.of(
                    "tf.abs(x)",
                    "tf.math.sqrt(x)",
                    "tf.negative(x)",
                    "tf.sign(x)",
                    "tf.square(x)",
                    "tf.tanh(x)");

    private SparseOps() {}

    static void rows(TfOperation.Table table) {
        elementwise(table);
        accessors(table);
        forms(table);
        math(table);
        counts(table);
        embeddings(table);
    }

    private static void elementwise(TfOperation.Table table) {
        for (var signature : KEEP_ZERO) {
            var operation = Objects.requireNonNull(ElementwiseOps.UNARY.get(signature));
            table.row(signature, SPARSE, a -> SparseMath.map(operation, a.sparse("x")));
        }
        table.row(
                "tf.cast(x, dtype)",
                SPARSE,
                a -> SparseMath.map(x -> x.cast(a.dtype("dtype", x.dtype())), a.sparse("x")));
        table.row(
                "tf.sparse.map_values(op, args)",
                a -> {
                    var arguments = a.list("args");
                    var sparse = new ArrayList<SparseTensor>();
                    for (var argument : arguments) {
                        if (argument instanceof SparseTensor one) {
                            sparse.add(one);
                        }
                    }
                    return SparseMath.mapValues(
                            values -> {
                                var next = values.iterator();
                                var replaced = new ArrayList<@Nullable Object>();
                                arguments.forEach(item ->
                                        replaced.add(
                                                item instanceof SparseTensor ? next.next() : item));
                                return a.call("op", replaced);
                            },
                            sparse);
                });
        for (var name : List.of("__div__", "__truediv__")) {
            table.row(
                    "tf.SparseTensor." + name + "(self, y)",
                    a -> {
                        var x = a.sparse("self");
                        var y = a.tensor("y", x.dtype());
                        return x.dtype().isInteger() && x.dtype() == y.dtype()
                                ? SparseMath.div(
                                        SparseMath.map(v -> v.cast(DType.FLOAT64), x),
                                        y.cast(DType.FLOAT64))
                                : SparseMath.div(x, y);
                    });
        }
        table.row(
                "tf.SparseTensor.__mul__(self, y)",
                a -> SparseMath.times(a.sparse("self"), a.tensor("y", a.sparse("self").dtype())));
    }

    private static void accessors(TfOperation.Table table) {
        table.row(
                "tf.SparseTensor(indices, values, dense_shape)",
                a ->
                        SparseTensor.of(
                                a.tensor("indices", DType.INT64),
                                a.tensor("values"),
                                a.longs("dense_shape")));
        table.row("tf.SparseTensor.dtype(self)", a -> a.sparse("self").dtype());
        table.row("tf.SparseTensor.shape(self)", a -> shape(a.sparse("self")));
        table.row("tf.SparseTensor.get_shape(self)", a -> shape(a.sparse("self")));
        table.row(
                "tf.SparseTensor.with_values(self, new_values)",
                a -> a.sparse("self").withValues(a.tensor("new_values")));
        table.row("tf.rank(input)", SPARSE, a -> Tensor.of(a.sparse("input").rank()));
        table.row(
                "tf.shape(input, out_type)",
                SPARSE,
                a ->
                        Tensor.of(a.sparse("input").denseShape())
                                .cast(a.dtype("out_type", DType.INT32)));
        table.row(
                "tf.size(input, out_type)",
                SPARSE,
                a ->
                        Tensor.of(
                                        Arrays.stream(a.sparse("input").denseShape())
                                                .reduce(1, Math::multiplyExact))
                                .cast(a.dtype("out_type", DType.INT32)));
    }

    private static TensorShape shape(SparseTensor x) {
        return TensorShape.of(Arrays.stream(x.denseShape()).mapToInt(Math::toIntExact).toArray());
    }

    private static void forms(TfOperation.Table table) {
        table.row("tf.sparse.from_dense(tensor)", a -> Sparse.fromDense(a.tensor("tensor")));
        table.row(
                "tf.sparse.to_dense(sp_input, default_value, validate_indices)",
                a -> {
                    var x = a.sparse("sp_input");
                    return Sparse.toDense(
                            x,
                            a.has("default_value") ? a.tensor("default_value", x.dtype()) : null,
                            a.flag("validate_indices", true));
                });
        table.row(
                "tf.sparse.to_indicator(sp_input, vocab_size)",
                a -> Sparse.toIndicator(a.sparse("sp_input"), a.integer("vocab_size")));
        table.row("tf.sparse.reorder(sp_input)", a -> Sparse.reorder(a.sparse("sp_input")));
        table.row(
                "tf.sparse.reshape(sp_input, shape)",
                a -> Sparse.reshape(a.sparse("sp_input"), a.longs("shape")));
        table.row(
                "tf.sparse.transpose(sp_input, perm)",
                a -> Sparse.transpose(a.sparse("sp_input"), a.integers("perm")));
        table.row(
                "tf.sparse.expand_dims(sp_input, axis)",
                a -> Sparse.expandDims(a.sparse("sp_input"), a.integer("axis", -1)));
        table.row(
                "tf.sparse.eye(num_rows, num_columns, dtype)",
                a ->
                        Sparse.eye(
                                a.integer("num_rows"),
                                a.integer("num_columns", a.integer("num_rows")),
                                a.dtype("dtype", DType.FLOAT32)));
        table.row(
                "tf.sparse.reset_shape(sp_input, new_shape)",
                a ->
                        a.has("new_shape")
                                ? Sparse.resetShape(a.sparse("sp_input"), a.longs("new_shape"))
                                : Sparse.resetShape(a.sparse("sp_input")));
        table.row(
                "tf.sparse.concat(axis, sp_inputs, expand_nonconcat_dims)",
                a ->
                        Sparse.concat(
                                a.list("sp_inputs").stream().map(SparseTensor.class::cast).toList(),
                                a.integer("axis"),
                                a.flag("expand_nonconcat_dims", false)));
        table.row(
                "tf.sparse.split(sp_input, num_split, axis)",
                a -> Sparse.split(a.sparse("sp_input"), a.integer("num_split"), a.integer("axis")));
        table.row(
                "tf.sparse.slice(sp_input, start, size)",
                a -> Sparse.slice(a.sparse("sp_input"), a.longs("start"), a.longs("size")));
        table.row(
                "tf.sparse.retain(sp_input, to_retain)",
                a -> Sparse.retain(a.sparse("sp_input"), a.tensor("to_retain").cast(DType.BOOL)));
        table.row(
                "tf.sparse.fill_empty_rows(sp_input, default_value)",
                a -> {
                    var x = a.sparse("sp_input");
                    var filled = Sparse.fillEmptyRows(x, a.tensor("default_value", x.dtype()));
                    return List.of(filled.tensor(), filled.emptyRows());
                });
        table.row(
                "tf.sparse.mask(a, mask_indices)",
                a -> Sparse.mask((IndexedSlices) a.required("a"), a.tensor("mask_indices")));
    }

    private static void math(TfOperation.Table table) {
        table.row(
                "tf.sparse.add(a, b, threshold)",
                a -> {
                    boolean first = a.value("a") instanceof SparseTensor;
                    if (first && a.value("b") instanceof SparseTensor) {
                        return SparseMath.add(
                                a.sparse("a"), a.sparse("b"), a.number("threshold", 0));
                    }
                    return SparseMath.add(a.sparse(first ? "a" : "b"), a.tensor(first ? "b" : "a"));
                });
        table.row(
                "tf.sparse.maximum(sp_a, sp_b)",
                a -> SparseMath.maximum(a.sparse("sp_a"), a.sparse("sp_b")));
        table.row(
                "tf.sparse.minimum(sp_a, sp_b)",
                a -> SparseMath.minimum(a.sparse("sp_a"), a.sparse("sp_b")));
        table.row(
                "tf.sparse.reduce_sum(sp_input, axis, keepdims, output_is_sparse)",
                a -> reduced(a, SparseMath::sum, SparseMath::sparseSum));
        table.row(
                "tf.sparse.reduce_max(sp_input, axis, keepdims, output_is_sparse)",
                a -> reduced(a, SparseMath::max, SparseMath::sparseMax));
        table.row("tf.sparse.softmax(sp_input)", a -> SparseMath.softmax(a.sparse("sp_input")));
        table.row(
                "tf.sparse.sparse_dense_matmul(sp_a, b, adjoint_a, adjoint_b)",
                a ->
                        SparseMath.matmul(
                                a.sparse("sp_a"),
                                a.tensor("b"),
                                a.flag("adjoint_a", false),
                                a.flag("adjoint_b", false)));
        table.row(
                "tf.sparse.sampled_addmm(indices, values, dense_shape, mat1, mat2, beta, alpha)",
                a -> {
                    var z =
                            SparseTensor.of(
                                    a.tensor("indices"),
                                    a.tensor("values"),
                                    a.longs("dense_shape"));
                    var product =
                            SparseMath.sampledProduct(
                                    z,
                                    a.tensor("mat1"),
                                    a.tensor("mat2"),
                                    a.number("beta", 1),
                                    a.number("alpha", 1));
                    return List.of(product.indices(), product.values(), a.required("dense_shape"));
                });
        segment(table, "sum", SparseMath.Mean.NONE);
        segment(table, "mean", SparseMath.Mean.MEAN);
        segment(table, "sqrt_n", SparseMath.Mean.SQRT_N);
    }

    private interface Reduction<T> {
        T reduce(SparseTensor x, boolean keep, int... axes);
    }

    private static Object reduced(
            TfArguments a, Reduction<Tensor> dense, Reduction<SparseTensor> sparse) {
        var x = a.sparse("sp_input");
        boolean keep = a.flag("keepdims", false);
        return a.flag("output_is_sparse", false)
                ? sparse.reduce(x, keep, a.integers("axis"))
                : dense.reduce(x, keep, a.integers("axis"));
    }

    private static void segment(TfOperation.Table table, String name, SparseMath.Mean mean) {
        table.row(
                "tf.sparse.segment_" + name + "(data, indices, segment_ids, num_segments)",
                a ->
                        SparseMath.segment(
                                mean,
                                a.tensor("data"),
                                a.tensor("indices"),
                                a.tensor("segment_ids"),
                                a.has("num_segments")
                                        ? (Integer) a.integer("num_segments")
                                        : null));
    }

    private static void counts(TfOperation.Table table) {
        table.row(
                "tf.sparse.bincount(values, weights, axis, minlength, maxlength, binary_output)",
                a -> {
                    var weights = a.optionalTensor("weights");
                    return SparseCounts.bincount(
                            numbers(a, "values"),
                            weights,
                            byRow(a),
                            new SparseCounts.Bins(
                                    a.integer("minlength", 0),
                                    a.has("maxlength") ? (Integer) a.integer("maxlength") : null,
                                    a.flag("binary_output", false)));
                });
        table.row(
                "tf.math.bincount(arr, weights, minlength, maxlength, dtype, axis, binary_output)",
                a -> {
                    var x = numbers(a, "arr");
                    int largest = Arrays.stream(x.values().toInts()).max().orElse(-1);
                    int bins = Math.max(largest + 1, a.integer("minlength", 0));
                    var counts =
                            SparseCounts.bincount(
                                    x,
                                    a.optionalTensor("weights"),
                                    byRow(a),
                                    new SparseCounts.Bins(
                                            0,
                                            Math.min(bins, a.integer("maxlength", bins)),
                                            a.flag("binary_output", false)));
                    var dense = Sparse.toDense(counts);
                    return a.has("weights") ? dense : dense.cast(a.dtype("dtype", DType.INT32));
                });
    }

    private static boolean byRow(TfArguments a) {
        int axis = a.integer("axis", 0);
        if (axis != 0 && axis != -1) {
            throw a.wrong("axis", "0 or -1");
        }
        return axis == -1;
    }

    private static SparseTensor numbers(TfArguments a, String name) {
        return switch (a.required(name)) {
            case SparseTensor sparse -> sparse;
            case RaggedTensor ragged -> ragged.toSparse();
            default -> Sets.ofRows(a.tensor(name));
        };
    }

    private static void embeddings(TfOperation.Table table) {
        table.row(
                "tf.nn.embedding_lookup(params, ids)",
                RaggedTensor.class,
                a ->
                        a.ragged("ids")
                                .map(ids -> sungu.ops.Indexing.gather(a.tensor("params"), ids, 0)));
        table.row(
                "tf.nn.embedding_lookup_sparse(params, sp_ids, sp_weights, combiner, max_norm)",
                a ->
                        SparseEmbedding.lookup(
                                a.tensor("params"),
                                numbers(a, "sp_ids"),
                                a.has("sp_weights") ? numbers(a, "sp_weights") : null,
                                combiner(a),
                                a.has("max_norm") ? (Double) a.number("max_norm", 0) : null));
        table.row(
                "tf.nn.safe_embedding_lookup_sparse(embedding_weights, sparse_ids, sparse_weights,"
                        + " combiner, default_id, max_norm)",
                a ->
                        SparseEmbedding.safeLookup(
                                a.tensor("embedding_weights"),
                                numbers(a, "sparse_ids"),
                                a.has("sparse_weights") ? numbers(a, "sparse_weights") : null,
                                combiner(a),
                                a.has("default_id") ? (Integer) a.integer("default_id") : null,
                                a.has("max_norm") ? (Double) a.number("max_norm", 0) : null));
    }

    private static Combiner combiner(TfArguments a) {
        return switch (a.text("combiner", "mean").toLowerCase(Locale.ROOT)) {
            case "sum" -> Combiner.SUM;
            case "mean" -> Combiner.MEAN;
            case "sqrtn" -> Combiner.SQRT_N;
            default -> throw a.wrong("combiner", "sum, mean or sqrtn");
        };
    }
}
