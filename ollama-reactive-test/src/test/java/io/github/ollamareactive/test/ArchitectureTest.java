// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package of the kit may import which, and what public signatures may show. */
class ArchitectureTest {

    private static final String KIT = "io.github.ollamareactive.test";
    private static final String INTERNAL = KIT + ".internal";
    private static final int MAX_FILES = 20;

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(KIT);

    @Test
    void packagesImportOnlyWhatTheTableAllows() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("http")
                .definedBy(INTERNAL + ".http")
                .layer("json")
                .definedBy(INTERNAL + ".json")
                .layer("response")
                .definedBy(INTERNAL + ".response")
                .layer("generation")
                .definedBy(INTERNAL + ".generation")
                .layer("server")
                .definedBy(INTERNAL + ".server")
                .layer("recordings")
                .definedBy(KIT + ".recordings")
                .layer("front")
                .definedBy(KIT)
                .layer("model requests")
                .definedBy(INTERNAL + ".models")
                .layer("models")
                .definedBy(KIT + ".models")
                .layer("script")
                .definedBy(KIT + ".script")
                .layer("junit")
                .definedBy(KIT + ".junit")
                .whereLayer("http")
                .mayNotAccessAnyLayer()
                .whereLayer("json")
                .mayOnlyAccessLayers("http")
                .whereLayer("response")
                .mayOnlyAccessLayers("http")
                .whereLayer("generation")
                .mayOnlyAccessLayers("response", "json", "http")
                .whereLayer("server")
                .mayOnlyAccessLayers("response", "http")
                .whereLayer("recordings")
                .mayOnlyAccessLayers("server", "response", "json", "http")
                .whereLayer("front")
                .mayOnlyAccessLayers("recordings", "server", "generation", "response", "json", "http")
                .whereLayer("model requests")
                .mayOnlyAccessLayers("front", "json", "http")
                .whereLayer("models")
                .mayOnlyAccessLayers("model requests", "front", "json", "http")
                .whereLayer("script")
                .mayOnlyAccessLayers("models", "front", "recordings", "json", "http")
                .whereLayer("junit")
                .mayOnlyAccessLayers("front")
                .ensureAllClassesAreContainedInArchitecture()
                .check(MAIN);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
                        return SliceIdentifier.of(javaClass.getPackageName());
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(MAIN);
    }

    @Test
    void theKitDoesNotDependOnCore() {
        noClasses()
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "belong to core",
                        type -> type.getPackageName().startsWith("io.github.ollamareactive")
                                && !isIn(type.getPackageName(), KIT)))
                .check(MAIN);
    }

    /** Internal types, Jackson and Netty may change without notice; users see the JDK, Reactor and the kit. */
    @Test
    void publicSignaturesShowNoInternals() {
        codeUnits()
                .that()
                .arePublic()
                .and()
                .areDeclaredInClassesThat(DescribedPredicate.describe(
                        "are public API", type -> isPublic(type) && !isIn(type.getPackageName(), INTERNAL)))
                .should(new ArchCondition<>("have signatures of the JDK, Reactor, JUnit and the kit only") {
                    @Override
                    public void check(JavaCodeUnit method, ConditionEvents events) {
                        Stream.concat(method.getRawParameterTypes().stream(), Stream.of(method.getRawReturnType()))
                                .map(JavaClass::getBaseComponentType)
                                .filter(type -> !mayBeShown(type))
                                .forEach(type -> events.add(SimpleConditionEvent.violated(
                                        method, method.getFullName() + " shows " + type.getName())));
                    }
                })
                .check(MAIN);
    }

    private static boolean mayBeShown(JavaClass type) {
        String name = type.getPackageName();
        return type.isPrimitive()
                || isIn(name, KIT) && !isIn(name, INTERNAL)
                || Stream.of("java", "reactor.core", "org.reactivestreams", "org.junit.jupiter.api")
                        .anyMatch(allowed -> isIn(name, allowed));
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(PUBLIC);
    }

    private static boolean isIn(String name, String parent) {
        return name.equals(parent) || name.startsWith(parent + ".");
    }

    @Test
    void noPackageHasTooManyFiles() throws IOException {
        Map<Path, Integer> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(Path.of("src/main/java"))) {
            all.filter(file -> file.toString().endsWith(".java") && !file.endsWith("package-info.java"))
                    .forEach(file -> files.merge(file.getParent(), 1, Integer::sum));
        }
        assertThat(files).hasSizeGreaterThan(5);
        assertThat(files)
                .allSatisfy((folder, count) ->
                        assertThat(count).as("files in %s", folder).isLessThanOrEqualTo(MAX_FILES));
    }
}
