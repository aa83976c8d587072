package sungu.conformance.tensorflow;

import org.jspecify.annotations.Nullable;

import sungu.ragged.RaggedTensor;
import sungu.sparse.SparseTensor;
import sungu.strings.Crosses;
import sungu.tensor.DType;

import java.util.Comparator;
import java.util.List;

/** Crosses of features. */
final class CrossOps {
    private CrossOps() {}

    static void rows(TfOperation.Table table) {
        table.row(
                "tf.ragged.cross(inputs)",
                a -> Crosses.join(features(a, a.list("inputs")), Crosses.SEPARATOR));
        table.row(
                "tf.ragged.cross_hashed(inputs, num_buckets, hash_key)",
                a -> hashed(a, features(a, a.list("inputs"))));
        table.row(
                "tf.sparse.cross(inputs, separator)",
                a ->
                        Crosses.join(sparseFirst(a), a.text("separator", Crosses.SEPARATOR))
                                .toSparse());
        table.row(
                "tf.sparse.cross_hashed(inputs, num_buckets, hash_key)",
                a -> hashed(a, sparseFirst(a)).toSparse());
    }

    private static RaggedTensor hashed(TfArguments a, List<RaggedTensor> features) {
        return Crosses.hash(
                features,
                a.integer("num_buckets", 0),
                a.has("hash_key") ? a.whole("hash_key") : Crosses.HASH_KEY);
    }

    /** TensorFlow crosses sparse inputs before dense ones. */
    private static List<RaggedTensor> sparseFirst(TfArguments a) {
        var inputs = a.list("inputs");
        inputs.sort(Comparator.comparing(item -> !(item instanceof SparseTensor)));
        return features(a, inputs);
    }

    private static List<RaggedTensor> features(
            TfArguments a, List<? extends @Nullable Object> inputs) {
        return inputs.stream()
                .map(item ->
                        item instanceof RaggedTensor ragged
                                ? ragged
                                : item instanceof SparseTensor sparse
                                        ? Crosses.rows(sparse)
                                        : Crosses.rows(a.convert(item, DType.INT64)))
                .toList();
    }
}
