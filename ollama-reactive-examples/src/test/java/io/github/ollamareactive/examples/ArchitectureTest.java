// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The packages of this module, and which of them may import which. */
final class ArchitectureTest {
    private static final String EXAMPLES = "io.github.ollamareactive.examples";
    private static final String CLI = EXAMPLES + ".cli";
    private static final String COMMAND = CLI + ".command";
    private static final String INFERENCE = CLI + ".inference";
    private static final String MODELS = CLI + ".models";
    private static final String SERVER = CLI + ".server";
    private static final String CONVERSATION = CLI + ".conversation";
    private static final String VIEWS = CLI + ".views";
    private static final String INPUT = CLI + ".input";
    private static final String OUTPUT = CLI + ".output";
    private static final String STORIES = EXAMPLES + ".stories";

    /** Each package of the main code, and the packages of this module that it may import. */
    private static final Map<String, List<String>> ALLOWED_IMPORTS = Map.ofEntries(
            entry(EXAMPLES, List.of(CLI, COMMAND)),
            entry(CLI, List.of(COMMAND, INFERENCE, MODELS, SERVER, INPUT, OUTPUT)),
            entry(INFERENCE, List.of(COMMAND, CONVERSATION, VIEWS, INPUT, OUTPUT, STORIES)),
            entry(MODELS, List.of(COMMAND, VIEWS, INPUT, OUTPUT)),
            entry(SERVER, List.of(COMMAND, VIEWS, INPUT, OUTPUT)),
            entry(COMMAND, List.of(CONVERSATION, VIEWS, INPUT, OUTPUT)),
            entry(CONVERSATION, List.of(VIEWS, INPUT, OUTPUT)),
            entry(VIEWS, List.of(OUTPUT)),
            entry(INPUT, List.of()),
            entry(OUTPUT, List.of()),
            entry(STORIES, List.of()));

    private static final int MAX_FILES_PER_PACKAGE = 20;

    private static final JavaClasses MAIN_CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(EXAMPLES);
    private static final JavaClasses MAIN_AND_TEST_CLASSES = new ClassFileImporter().importPackages(EXAMPLES);

    @Test
    void importsFollowTheTable() {
        LayeredArchitecture table = layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .ensureAllClassesAreContainedInArchitecture();
        for (String room : ALLOWED_IMPORTS.keySet()) {
            table = table.layer(room).definedBy(room);
        }
        for (Map.Entry<String, List<String>> row : ALLOWED_IMPORTS.entrySet()) {
            String[] allowed = row.getValue().toArray(String[]::new);
            table = allowed.length == 0
                    ? table.whereLayer(row.getKey()).mayNotAccessAnyLayer()
                    : table.whereLayer(row.getKey()).mayOnlyAccessLayers(allowed);
        }
        table.check(MAIN_CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(EXAMPLES + ".(**)").should().beFreeOfCycles().check(MAIN_CLASSES);
    }

    @Test
    void packagesHaveAtMost20Files() {
        Map<String, Long> filesByPackage = MAIN_CLASSES.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(groupingBy(JavaClass::getPackageName, counting()));
        assertThat(filesByPackage)
                .allSatisfy((name, files) ->
                        assertThat(files).as("files in %s", name).isLessThanOrEqualTo(MAX_FILES_PER_PACKAGE));
    }

    @Test
    void nothingDependsOnInternalsOfCore() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.github.ollamareactive.internal..")
                .check(MAIN_AND_TEST_CLASSES);
    }

    @Test
    void onlyTheTerminalDependsOnJLine() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(CONVERSATION + ".JLineTerminal")
                .and()
                .doNotHaveFullyQualifiedName(OUTPUT + ".TerminalWidth")
                .and()
                .doNotHaveFullyQualifiedName(OUTPUT + ".TextColumns")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jline..")
                .check(MAIN_CLASSES);
    }
}
