package sungu.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * {@code import module sungu.keras} brings in the public types of all exported packages of the
 * modules it reads. A name that stands twice among them, or in java.base, must be imported one by
 * one by every user, so such names are few and known.
 */
class ExportedNamesTest {
    /** Names that would hide, or clash with, what users know from java.base. */
    private static final Set<String> FORBIDDEN =
            Set.of(
                    "Function",
                    "Buffer",
                    "Executable",
                    "Signature",
                    "Policy",
                    "Type",
                    "Random",
                    "Math");

    /**
     * Names that Keras gives to a loss and a metric; {@code Losses} and {@code Metrics} have
     * factories for them.
     */
    private static final Set<String> LOSSES_AND_METRICS =
            Set.of(
                    "BinaryCrossentropy",
                    "CategoricalCrossentropy",
                    "CategoricalHinge",
                    "CosineSimilarity",
                    "Hinge",
                    "KLDivergence",
                    "MeanAbsoluteError",
                    "MeanAbsolutePercentageError",
                    "MeanSquaredError",
                    "MeanSquaredLogarithmicError",
                    "Poisson",
                    "SparseCategoricalCrossentropy",
                    "SquaredHinge");

    /** Other names that Keras has twice: a layer and an activation, a layer and an initializer. */
    private static final Set<String> TWICE_IN_KERAS = Set.of("Activation", "Identity");

    @Test
    void no_exported_type_has_a_forbidden_name() throws IOException {
        var found = new TreeSet<>(exportedNames().keySet());
        found.retainAll(FORBIDDEN);
        assertEquals(Set.of(), found, "public types of exported packages");
    }

    @Test
    void no_two_exported_types_share_a_simple_name() throws IOException {
        var clashes = new TreeMap<String, Set<String>>();
        exportedNames()
                .forEach((name, packages) -> {
                    if (packages.size() > 1
                            && !LOSSES_AND_METRICS.contains(name)
                            && !TWICE_IN_KERAS.contains(name)) {
                        clashes.put(name, packages);
                    }
                });
        assertEquals(Map.of(), clashes, "simple names that stand in several exported packages");
    }

    /** Public top-level types of unqualified exports of engine and keras: name to packages. */
    private static Map<String, Set<String>> exportedNames() throws IOException {
        var names = new TreeMap<String, Set<String>>();
        for (String module : List.of("engine", "structures", "keras")) {
            Set<String> exported = exportedPackages(module);
            for (JavaClass type : Project.classesOf(module)) {
                if (exported.contains(type.getPackageName())
                        && type.isTopLevelClass()
                        && type.getModifiers().contains(JavaModifier.PUBLIC)) {
                    names.computeIfAbsent(type.getSimpleName(), _ -> new TreeSet<>())
                            .add(type.getPackageName());
                }
            }
        }
        return names;
    }

    private static Set<String> exportedPackages(String module) throws IOException {
        Path file = Project.root().resolve(module).resolve("target/classes/module-info.class");
        var packages = new TreeSet<String>();
        try (InputStream in = Files.newInputStream(file)) {
            ModuleDescriptor.read(in).exports().stream()
                    .filter(export -> !export.isQualified())
                    .forEach(export -> packages.add(export.source()));
        }
        return packages;
    }
}
