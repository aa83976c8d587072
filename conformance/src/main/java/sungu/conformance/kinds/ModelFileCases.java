package sungu.conformance.kinds;

import org.jspecify.annotations.Nullable;

import sungu.conformance.Case;
import sungu.conformance.Comparison;
import sungu.conformance.JsonTree;
import sungu.conformance.Mismatch;
import sungu.conformance.Unsupported;
import sungu.conformance.Values;
import sungu.keras.models.Model;
import sungu.keras.models.Summary;
import sungu.keras.saving.ModelFiles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;

/**
 * Cases of kind {@code model_file}: each file is read; predictions, config, weights, sizes, summary
 * and optimizer state are compared; then the model is saved and read again.
 */
final class ModelFileCases {
    /** The width in which summaries were recorded. */
    private static final int LINE_LENGTH = 80;

    private ModelFileCases() {}

    static void replay(Case recorded) throws IOException {
        Things.requireKnown(recorded.field("config"));
        var comparison = new Comparison(recorded.tolerance());
        for (var name : recorded.list("files")) {
            var file = recorded.file().resolveSibling(String.valueOf(name));
            var model = read(recorded, file);
            check(
                    recorded,
                    model,
                    comparison,
                    file.getFileName().toString(),
                    !file.toString().endsWith(".weights.h5"));
            if (file.toString().endsWith(".keras")) {
                again(recorded, model, comparison);
            }
        }
    }

    private static Model read(Case recorded, Path file) {
        if (file.toString().endsWith(".weights.h5")) {
            var model = Things.make(recorded.field("config"), Model.class);
            model.loadWeights(file);
            return model;
        }
        return ModelFiles.load(file);
    }

    private static void again(Case recorded, Model model, Comparison comparison)
            throws IOException {
        var copy = Files.createTempFile("sungu-model", ".keras");
        try {
            model.save(copy);
            check(recorded, ModelFiles.load(copy), comparison, "saved again", true);
        } finally {
            Files.delete(copy);
        }
    }

    private static void check(
            Case recorded, Model model, Comparison comparison, String where, boolean whole) {
        weights(recorded, model, where);
        var inputs = Things.arguments().decode(recorded.field("inputs"));
        if (inputs == null) {
            throw new Unsupported("a model without inputs");
        }
        comparison.check(
                where + " predict",
                model.predictAll(inputs, options -> options.verbose(0)).nested(),
                Values.results().decode(recorded.field("predict")));
        if (recorded.field("count_params") instanceof Number params
                && params.longValue() != model.countParams()) {
            throw new Mismatch(
                    where + " count_params: expected " + params + ", got " + model.countParams());
        }
        if (whole) {
            optimizer(recorded, model, comparison, where);
            text(
                    where + " summary",
                    Summary.text(model, LINE_LENGTH, false, false),
                    recorded.field("summary"));
            text(
                    where + " summary_expand_nested",
                    Summary.text(model, LINE_LENGTH, true, true),
                    recorded.field("summary_expand_nested"));
        }
    }

    /**
     * Names, dtypes and shapes; not paths, which were recorded before saving: Keras itself gives
     * other ones to a model read from a file.
     */
    private static void weights(Case recorded, Model model, String where) {
        var expected = new ArrayList<String>();
        for (var tree : recorded.list("weights")) {
            var weight = JsonTree.strings((Map<?, ?>) java.util.Objects.requireNonNull(tree));
            expected.add(
                    weight.get("name")
                            + " "
                            + weight.get("dtype")
                            + weight.get("shape")
                            + (Boolean.TRUE.equals(weight.get("trainable")) ? "" : " fixed"));
        }
        var got =
                model.weights().stream()
                        .map(weight ->
                                weight.name()
                                        + " "
                                        + weight.dtype()
                                        + java.util.Arrays.toString(weight.shape().dims())
                                        + (weight.trainable() ? "" : " fixed"))
                        .toList();
        for (int i = 0; i < Math.max(expected.size(), got.size()); i++) {
            var wanted = i < expected.size() ? expected.get(i) : "none";
            var found = i < got.size() ? got.get(i) : "none";
            if (!wanted.equals(found)) {
                throw new Mismatch(
                        where + " weight " + i + ": expected " + wanted + ", got " + found);
            }
        }
    }

    private static void text(String where, String got, @Nullable Object expected) {
        if (!(expected instanceof String recorded)) {
            return;
        }
        var wanted = recorded.lines().map(String::stripTrailing).toList();
        var found = got.lines().map(String::stripTrailing).toList();
        for (int i = 0; i < Math.max(wanted.size(), found.size()); i++) {
            var a = i < wanted.size() ? wanted.get(i) : "";
            var b = i < found.size() ? found.get(i) : "";
            if (!a.equals(b)) {
                throw new Mismatch(
                        where + " line " + (i + 1) + ": expected '" + a + "', got '" + b + "'");
            }
        }
    }

    /** Values in order; not paths, for the same reason. */
    private static void optimizer(Case recorded, Model model, Comparison comparison, String where) {
        if (!recorded.has("optimizer_variables")) {
            return;
        }
        var state = model.optimizer().variables();
        var expected = recorded.list("optimizer_variables");
        comparison.check(
                where + " number of optimizer variables", state.size(), (long) expected.size());
        for (int i = 0; i < state.size(); i++) {
            var variable =
                    JsonTree.strings((Map<?, ?>) java.util.Objects.requireNonNull(expected.get(i)));
            comparison.check(
                    where + " '" + variable.get("path") + "'",
                    state.get(i).stored(),
                    Values.tensorOf(variable));
        }
    }
}
