package sungu.conformance;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A list of names: which cases a milestone is judged by. Each line has a sort of thing ({@code op},
 * {@code layer}, {@code loss}, ...) and a name; {@code #} begins a comment.
 *
 * <p>A case belongs to the list if what it is about is named and so are all Keras classes that
 * occur in its configs, and the aliases that a training run is compiled with.
 */
public final class Names implements Predicate<Case> {
    /** Kinds whose name is in the list under another sort. */
    private static final Map<String, String> SORTS =
            Map.of(
                    "op_grad",
                    "op",
                    "random",
                    "op",
                    "initializer_exact",
                    "initializer",
                    "random_layer",
                    "layer");

    /** Kinds that are about the classes in their configs only. */
    private static final Set<String> BY_CLASSES =
            Set.of("training", "model_file", "global_seed", "seed_generator", "spec", "bad_config");

    /** What every config may contain. */
    private static final Set<String> PLAIN =
            Set.of("DTypePolicy", "__tuple__", "__numpy__", "__tensor__");

    private final Set<String> pairs;
    private final Set<String> classes = new HashSet<>();

    private Names(Set<String> pairs) {
        this.pairs = pairs;
        for (var pair : pairs) {
            classes.add(pair.substring(pair.indexOf(' ') + 1));
        }
    }

    /** Reads a list. */
    public static Names read(Path file) throws IOException {
        var pairs = new HashSet<String>();
        for (var line : Files.readAllLines(file)) {
            var text = line.replaceFirst("#.*", "").strip().replaceAll("\\s+", " ");
            if (!text.isEmpty()) {
                pairs.add(text);
            }
        }
        return new Names(pairs);
    }

    @Override
    public boolean test(Case recorded) {
        var kind = recorded.kind();
        boolean itself =
                BY_CLASSES.contains(kind)
                        || pairs.contains(SORTS.getOrDefault(kind, kind) + " " + recorded.name());
        return itself
                && knows(recorded.field("config"))
                && knows(recorded.field("model"))
                && knows(recorded.field("compile"))
                && recorded.list("callbacks").stream().allMatch(this::knowsCallback)
                && compiled(recorded.object("compile"));
    }

    private boolean knowsCallback(@Nullable Object tree) {
        return tree instanceof Map<?, ?> map && classes.contains(String.valueOf(map.get("class")));
    }

    private boolean knows(@Nullable Object tree) {
        return switch (tree) {
            case Map<?, ?> map -> {
                var name = map.get("class_name");
                boolean known =
                        !(name instanceof String text)
                                || !map.containsKey("config")
                                || classes.contains(text)
                                || PLAIN.contains(text);
                yield known && map.values().stream().allMatch(this::knows);
            }
            case List<?> list -> list.stream().allMatch(this::knows);
            case null, default -> true;
        };
    }

    /** Losses, metrics and optimizers that are given by an alias. */
    private boolean compiled(Map<String, @Nullable Object> compile) {
        for (var field : List.of("optimizer", "loss", "metrics", "weighted_metrics")) {
            if (!aliases(compile.get(field))) {
                return false;
            }
        }
        return true;
    }

    private boolean aliases(@Nullable Object tree) {
        return switch (tree) {
            case String alias -> pairs.contains("alias " + alias);
            case List<?> list -> list.stream().allMatch(this::aliases);
            case Map<?, ?> map when map.containsKey("class_name") -> true;
            case Map<?, ?> map -> map.values().stream().allMatch(this::aliases);
            case null, default -> true;
        };
    }
}
