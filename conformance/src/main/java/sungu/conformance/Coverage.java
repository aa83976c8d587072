package sungu.conformance;

import sungu.conformance.tensorflow.TfOperations;
import sungu.keras.config.Catalogues;
import sungu.keras.ops.Operations;
import sungu.tensor.TensorException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The page {@code docs/coverage.md}: each public name of Keras, and of TensorFlow's data
 * structures, with what Sungu has for it. What is there is looked up - operations by name, classes
 * in the catalogues, the rest as Java classes of the same simple name in the package of the same
 * name.
 */
public final class Coverage {
    private static final List<String> LISTINGS = List.of("keras-names.txt", "tensorflow-names.txt");

    /** Where the classes are that Keras names at its top. */
    private static final List<String> TOP =
            List.of(
                    "layers",
                    "models",
                    "losses",
                    "metrics",
                    "optimizers",
                    "initializers",
                    "regularizers",
                    "config");

    /** Names that Sungu has under another name or in another form. */
    private static final Map<String, String> OTHERWISE =
            Map.ofEntries(
                    Map.entry("keras.layers.add", "`Layers.add(inputs)`"),
                    Map.entry("keras.layers.average", "`Layers.average(inputs)`"),
                    Map.entry("keras.layers.concatenate", "`Layers.concatenate(inputs)`"),
                    Map.entry("keras.layers.maximum", "`Layers.maximum(inputs)`"),
                    Map.entry("keras.layers.minimum", "`Layers.minimum(inputs)`"),
                    Map.entry("keras.layers.multiply", "`Layers.multiply(inputs)`"),
                    Map.entry("keras.layers.subtract", "`Layers.subtract(inputs)`"),
                    Map.entry("keras.layers.dot", "`Layers.dot(inputs, axes)`"),
                    Map.entry(
                            "keras.applications.MobileNetV2",
                            "`Applications.mobileNetV2(options)`"),
                    Map.entry("keras.activations.get", "`Activations.of(any)`"),
                    Map.entry("keras.activations.serialize", "`Serialization.serialize(object)`"),
                    Map.entry("keras.activations.deserialize", "`Activations.of(any)`"),
                    Map.entry("keras.initializers.get", "`Initializers.CATALOGUE`"),
                    Map.entry("keras.initializers.serialize", "`Serialization.serialize(object)`"),
                    Map.entry(
                            "keras.initializers.deserialize", "`Serialization.deserialize(tree)`"),
                    Map.entry("keras.losses.get", "`Losses.of(any)`"),
                    Map.entry("keras.losses.serialize", "`Serialization.serialize(object)`"),
                    Map.entry("keras.losses.deserialize", "`Serialization.deserialize(tree)`"),
                    Map.entry("keras.Input", "`Input.shape(...)`"),
                    Map.entry(
                            "keras.Model",
                            "`Model.of(inputs, outputs)`, or a sub-class of `Model`"),
                    Map.entry("keras.Variable", "`sungu.tensor.Variable`"),
                    Map.entry("keras.KerasTensor", "`sungu.keras.ops.KerasTensor`"),
                    Map.entry("keras.config.floatx", "`KerasConfig.floatx()`"),
                    Map.entry("keras.config.set_floatx", "`KerasConfig.floatx(dtype)`"),
                    Map.entry("keras.config.epsilon", "`KerasConfig.epsilon()`"),
                    Map.entry("keras.config.set_epsilon", "`KerasConfig.epsilon(value)`"),
                    Map.entry("keras.config.image_data_format", "`KerasConfig.imageDataFormat()`"),
                    Map.entry(
                            "keras.config.set_image_data_format",
                            "`KerasConfig.imageDataFormat(format)`"),
                    Map.entry("keras.config.dtype_policy", "`KerasConfig.dtypePolicy()`"),
                    Map.entry("keras.config.set_dtype_policy", "`KerasConfig.dtypePolicy(policy)`"),
                    Map.entry("keras.utils.set_random_seed", "`Keras.setRandomSeed(seed)`"),
                    Map.entry("keras.utils.clear_session", "`Keras.clearSession()`"),
                    Map.entry("keras.saving.load_model", "`Model.load(path)`"),
                    Map.entry("keras.saving.save_model", "`model.save(path)`"),
                    Map.entry("keras.saving.load_weights", "`model.loadWeights(path)`"),
                    Map.entry("keras.saving.save_weights", "`model.saveWeights(path)`"),
                    Map.entry(
                            "keras.saving.serialize_keras_object",
                            "`Serialization.serialize(object)`"),
                    Map.entry(
                            "keras.saving.deserialize_keras_object",
                            "`Serialization.deserialize(tree)`"),
                    Map.entry(
                            "keras.saving.register_keras_serializable",
                            "`CustomObjects.register(...)`"),
                    Map.entry("tf.queue.FIFOQueue", "`TensorQueue.fifo(...)`"),
                    Map.entry("tf.queue.PaddingFIFOQueue", "`TensorQueue.paddingFifo(...)`"),
                    Map.entry("tf.queue.PriorityQueue", "`TensorQueue.priority(...)`"),
                    Map.entry("tf.queue.QueueBase", "`TensorQueue`"),
                    Map.entry("tf.queue.RandomShuffleQueue", "`TensorQueue.shuffle(...)`"),
                    Map.entry(
                            "tf.lookup.KeyValueTensorInitializer", "`KeyValues.of(keys, values)`"),
                    Map.entry("tf.lookup.TextFileInitializer", "`KeyValues.ofTextFile(...)`"),
                    Map.entry(
                            "tf.lookup.TextFileIndex",
                            "`KeyValues.WHOLE_LINE`, `KeyValues.LINE_NUMBER`"));

    private Coverage() {}

    /** Writes the page to a file. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) {
            System.err.println("usage: coverage FILE");
            System.exit(2);
        }
        Files.writeString(Path.of(arguments[0]), page());
    }

    /** The page as it should be. */
    public static String page() throws IOException {
        var sections = new TreeMap<String, Map<String, String>>();
        int done = 0;
        int differs = 0;
        int all = 0;
        for (var name : names()) {
            var state = state(name);
            all++;
            done += state.equals("done") ? 1 : 0;
            differs += state.startsWith("differs") ? 1 : 0;
            sections.computeIfAbsent(
                            name.substring(0, name.lastIndexOf('.')), section -> new TreeMap<>())
                    .put(name, state);
        }
        var page = new StringBuilder();
        page.append("# What of Keras and of TensorFlow's data structures there is\n\n");
        page.append(
                "Written by `conformance/coverage`; a test checks that it is up to date. *done*:"
                        + " there under this name; *differs*: there in another");
        page.append(" form; *absent*: not there.\n\n");
        page.append("Of ")
                .append(all)
                .append(" names ")
                .append(done)
                .append(" are done and ")
                .append(differs)
                .append(" differ in form.\n\n");
        page.append("| package | names | done | differs | absent |\n|---|---|---|---|---|\n");
        sections.forEach((section, states) -> {
            long ready = states.values().stream().filter("done"::equals).count();
            long other =
                    states.values().stream().filter(state -> state.startsWith("differs")).count();
            page.append("| ")
                    .append(section)
                    .append(" | ")
                    .append(states.size())
                    .append(" | ")
                    .append(ready)
                    .append(" | ")
                    .append(other)
                    .append(" | ")
                    .append(states.size() - ready - other)
                    .append(" |\n");
        });
        sections.forEach((section, states) -> {
            page.append("\n## ").append(section).append("\n\n| name | state |\n|---|---|\n");
            states.forEach((name, state) ->
                    page.append("| ")
                            .append(name.substring(section.length() + 1))
                            .append(" | ")
                            .append(state)
                            .append(" |\n"));
        });
        return page.toString();
    }

    private static List<String> names() throws IOException {
        var names = new LinkedHashSet<String>();
        for (var listing : LISTINGS) {
            try (var stream = Coverage.class.getResourceAsStream(listing)) {
                if (stream == null) {
                    throw new IOException("the listing " + listing + " is missing");
                }
                var lines =
                        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
                lines.lines()
                        .map(line -> line.substring(line.indexOf(' ') + 1))
                        .forEach(names::add);
            }
        }
        return List.copyOf(names);
    }

    private static String state(String name) {
        var form = OTHERWISE.get(name);
        if (form != null) {
            return "differs: " + form;
        }
        boolean there =
                name.startsWith("tf.")
                        ? isFunction(name)
                        : isOperation(name) || isCatalogued(name) || isClass(name);
        return there ? "done" : "absent";
    }

    /** TensorFlow's functions are those that cases are replayed by; classes are looked up. */
    private static boolean isFunction(String name) {
        var parts = name.split("\\.");
        return TfOperations.names().contains(name)
                || Character.isUpperCase(parts[2].charAt(0))
                        && exists("sungu." + parts[1] + "." + parts[2]);
    }

    private static boolean isOperation(String name) {
        try {
            return Operations.require(name).name().equals(name);
        } catch (TensorException unknown) {
            return false;
        }
    }

    private static boolean isCatalogued(String name) {
        int dot = name.lastIndexOf('.');
        var simple = name.substring(dot + 1);
        var catalogue = Catalogues.of(name.substring(0, dot));
        return catalogue != null && catalogue.lookup(simple) != null;
    }

    /**
     * Classes that stand in no catalogue: callbacks, base classes. Names come from our own listing.
     */
    private static boolean isClass(String name) {
        var simple = name.substring(name.lastIndexOf('.') + 1);
        if (!Character.isUpperCase(simple.charAt(0))) {
            return false;
        }
        var sections = name.split("\\.");
        for (var section : sections.length > 2 ? List.of(sections[1]) : TOP) {
            if (exists("sungu.keras." + section + "." + simple)) {
                return true;
            }
        }
        return false;
    }

    private static boolean exists(String className) {
        try {
            return java.lang.reflect.Modifier.isPublic(
                    Class.forName(className, false, Coverage.class.getClassLoader())
                            .getModifiers());
        } catch (ClassNotFoundException | LinkageError absent) {
            return false;
        }
    }
}
