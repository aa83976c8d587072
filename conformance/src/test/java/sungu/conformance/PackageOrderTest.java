package sungu.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import java.util.ArrayList;
import java.util.List;

/** The order of packages that ARCHITECTURE.md shows. Packages that do not exist yet pass. */
class PackageOrderTest {
    private static final JavaClasses ENGINE = Project.classesOf("engine");
    private static final JavaClasses ALL = Project.classesOfAll();

    /** The engine's layers, lowest first; each may use those before it. */
    private static final List<Layer> LAYERS =
            List.of(
                    new Layer(
                            "language",
                            "sungu.tensor..",
                            "sungu.primitive..",
                            "sungu.ops..",
                            "sungu.graph..",
                            "sungu.gradient..",
                            "sungu.trace..",
                            "sungu.backend..",
                            "sungu.kernel.."),
                    new Layer("passes", "sungu.passes.."),
                    new Layer("compile", "sungu.compile.."),
                    new Layer("bytecode", "sungu.bytecode.."),
                    new Layer("portable", "sungu.portable.."),
                    new Layer("settings", "sungu"));

    private record Layer(String name, String... packages) {}

    @TestFactory
    List<DynamicTest> a_layer_uses_only_those_before_it() {
        var tests = new ArrayList<DynamicTest>();
        for (int i = 0; i < LAYERS.size(); i++) {
            Layer layer = LAYERS.get(i);
            String[] later =
                    LAYERS.stream()
                            .skip(i + 1L)
                            .flatMap(other -> List.of(other.packages()).stream())
                            .toArray(String[]::new);
            if (later.length > 0) {
                ArchRule rule =
                        noClasses()
                                .that()
                                .resideInAnyPackage(layer.packages())
                                .should()
                                .dependOnClassesThat()
                                .resideInAnyPackage(later)
                                .allowEmptyShould(true);
                tests.add(DynamicTest.dynamicTest(layer.name(), () -> rule.check(ENGINE)));
            }
        }
        return tests;
    }

    @Test
    void every_engine_package_has_a_layer() {
        String[] known =
                LAYERS.stream()
                        .flatMap(layer -> List.of(layer.packages()).stream())
                        .toArray(String[]::new);
        classes()
                .that(DescribedPredicate.not(descriptor()))
                .should()
                .resideInAnyPackage(known)
                .allowEmptyShould(true)
                .because("a package of the engine belongs to a layer of this test's table")
                .check(ENGINE);
    }

    @Test
    void above_the_language_slice_packages_form_no_cycles() {
        slices().matching("sungu.(passes|compile|bytecode|portable)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(ENGINE);
    }

    @Test
    void the_engine_depends_on_the_jdk_only() {
        classes()
                .that(DescribedPredicate.not(descriptor()))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax..",
                        "jdk..",
                        "com.sun..",
                        "sungu..",
                        "org.jspecify.annotations..")
                .allowEmptyShould(true)
                .because(
                        "org.jspecify.annotations, not needed at run time, is all that may be"
                                + " added")
                .check(ENGINE);
    }

    @Test
    void packages_are_named_by_domain() {
        noClasses()
                .should()
                .resideInAnyPackage(
                        "..impl..",
                        "..internal..",
                        "..util..",
                        "..common..",
                        "..helper..",
                        "..helpers..",
                        "..manager..")
                .allowEmptyShould(true)
                .check(ALL);
    }

    @Test
    void no_class_is_called_abstract() {
        noClasses()
                .should()
                .haveSimpleNameStartingWith("Abstract")
                .allowEmptyShould(true)
                .check(ALL);
    }

    private static DescribedPredicate<JavaClass> descriptor() {
        return DescribedPredicate.describe(
                "a module descriptor", type -> type.getSimpleName().equals("module-info"));
    }
}
