package sungu.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which packages of Keras know which. */
class KerasPackagesTest {
    private static final JavaClasses KERAS = Project.classesOf("keras");
    private static final String ROOT = "sungu.keras.";

    /**
     * Packages of things that a model is made of: they know no models, no training and no files.
     */
    private static final List<String> PARTS =
            List.of(
                    "activations",
                    "constraints",
                    "datasets",
                    "initializers",
                    "layers",
                    "losses",
                    "metrics",
                    "ops",
                    "optimizers",
                    "random",
                    "regularizers",
                    "schedules");

    /** What else a package does without. */
    private static final Map<String, List<String>> ALSO_WITHOUT =
            new TreeMap<>(
                    Map.of(
                            "constraints", List.of("layers", "losses", "metrics", "optimizers"),
                            "initializers", List.of("layers", "losses", "metrics", "optimizers"),
                            "regularizers", List.of("layers", "losses", "metrics", "optimizers"),
                            "schedules", List.of("layers", "losses", "metrics", "optimizers"),
                            "losses", List.of("layers", "metrics", "optimizers"),
                            "metrics", List.of("layers", "optimizers"),
                            "optimizers", List.of("layers", "losses", "metrics")));

    @TestFactory
    List<DynamicTest> parts_know_no_models_no_training_and_no_files() {
        return PARTS.stream()
                .map(part ->
                        DynamicTest.dynamicTest(
                                part,
                                () -> without(part, "models", "training", "saving", "callbacks")))
                .toList();
    }

    @TestFactory
    List<DynamicTest> parts_of_one_sort_do_without_others() {
        return ALSO_WITHOUT.entrySet().stream()
                .map(entry ->
                        DynamicTest.dynamicTest(
                                entry.getKey(),
                                () ->
                                        without(
                                                entry.getKey(),
                                                entry.getValue().toArray(String[]::new))))
                .toList();
    }

    @Test
    void only_config_and_files_know_jackson() {
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + "config..", ROOT + "saving..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..")
                .allowEmptyShould(true)
                .check(KERAS);
    }

    @Test
    void only_saving_knows_hdf5() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + "saving..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.jhdf..")
                .allowEmptyShould(true)
                .check(KERAS);
    }

    @Test
    void keras_does_not_reach_into_the_executor() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("sungu.passes..", "sungu.compile..", "sungu.portable..")
                .allowEmptyShould(true)
                .check(KERAS);
    }

    private static void without(String part, String... others) {
        var packages =
                List.of(others).stream().map(other -> ROOT + other + "..").toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(ROOT + part + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(packages)
                .allowEmptyShould(true)
                .check(KERAS);
    }
}
