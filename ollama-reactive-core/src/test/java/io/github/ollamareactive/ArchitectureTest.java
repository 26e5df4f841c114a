// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The import table of ARCHITECTURE.md, and what main code never does. */
final class ArchitectureTest {
    private static final String R = "io.github.ollamareactive";
    private static final int MOST_FILES = 20;
    private static final String[] JACKSON = {"tools.jackson..", "com.fasterxml.jackson.."};
    private static final String[] NETTY = {"io.netty..", "reactor.netty.."};
    private static final String[] EVENTS = {"generation", "embedding", "decision", "server", "protocol"};

    /** Each package, by its name below R, and the packages of the library that it may import. */
    private static final Map<String, Set<String>> IMPORTS = Map.ofEntries(
            Map.entry("protocol", Set.of()),
            Map.entry("generation", Set.of("protocol")),
            Map.entry("embedding", Set.of("protocol")),
            Map.entry("decision", Set.of("protocol")),
            Map.entry("server", Set.of("protocol", "generation")),
            Map.entry("internal.demand", Set.of()),
            Map.entry("internal.text", Set.of()),
            Map.entry("internal.language", Set.of("internal.text")),
            Map.entry("internal.received", Set.of("protocol")),
            Map.entry("internal.json", Set.of("protocol", "generation")),
            Map.entry("internal.ndjson", Set.of("internal.json", "internal.demand", "protocol")),
            Map.entry("internal.readers", with("internal.ndjson", "internal.json", "internal.received")),
            Map.entry("internal.shaping", with("internal.demand", "internal.text")),
            Map.entry("internal.http", with("internal.readers", "internal.ndjson", "internal.json", "internal.demand")),
            Map.entry("internal.repetition", Set.of("internal.text")),
            Map.entry(
                    "operators",
                    with(
                            "internal.shaping",
                            "internal.language",
                            "internal.text",
                            "internal.repetition",
                            "internal.received")),
            Map.entry(
                    "",
                    with(
                            "operators",
                            "internal.http",
                            "internal.readers",
                            "internal.ndjson",
                            "internal.json",
                            "internal.shaping",
                            "internal.text",
                            "internal.language",
                            "internal.demand")));

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(new ImportOption.DoNotIncludeJars())
            .withImportOption(location -> !location.contains("ollama-reactive-test/"))
            .importPackages(R);

    private static Set<String> with(String... more) {
        return Stream.concat(Arrays.stream(EVENTS), Arrays.stream(more)).collect(Collectors.toSet());
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(R) ? "" : name.startsWith(R + ".") ? name.substring(R.length() + 1) : name;
    }

    private static boolean isOurs(JavaClass type) {
        return type.getPackageName().equals(R) || type.getPackageName().startsWith(R + ".");
    }

    @TestFactory
    Stream<DynamicTest> importsFollowTheTable() {
        return IMPORTS.entrySet().stream()
                .map(room -> DynamicTest.dynamicTest(
                        "R." + room.getKey(),
                        () -> noClasses()
                                .that(describe(
                                        "are in R." + room.getKey(),
                                        type -> room(type).equals(room.getKey())))
                                .should()
                                .dependOnClassesThat(describe(
                                        "are in rooms that the table doesn't name",
                                        type -> isOurs(type)
                                                && !room(type).equals(room.getKey())
                                                && !room.getValue().contains(room(type))))
                                .check(CORE)));
    }

    @Test
    void everyPackageIsInTheTable() {
        assertThat(CORE.stream().map(ArchitectureTest::room).distinct()).hasSameElementsAs(IMPORTS.keySet());
    }

    @Test
    void noPackageHasMoreFilesThanOneCanTakeIn() {
        Map<String, Set<String>> files = CORE.stream()
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        ArchitectureTest::room,
                        TreeMap::new,
                        Collectors.mapping(
                                type -> type.getSource()
                                        .orElseThrow()
                                        .getFileName()
                                        .orElseThrow(),
                                Collectors.toSet())));
        assertThat(files)
                .allSatisfy((room, names) ->
                        assertThat(names).as("files of R.%s", room).hasSizeLessThanOrEqualTo(MOST_FILES));
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(R + ".(**)").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void jacksonStaysInTwoRooms() {
        noClasses()
                .that()
                .resideOutsideOfPackages(R + ".internal.json", R + ".internal.readers")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(JACKSON)
                .check(CORE);
    }

    /** It could be lifted out and used anywhere. */
    @Test
    void textKnowsNeitherReactorNorNetty() {
        ArchRule rule = noClasses()
                .that()
                .resideInAnyPackage(R + ".internal.text", R + ".internal.repetition")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("reactor..", "org.reactivestreams..", "io.netty..");
        rule.check(CORE);
    }

    @Test
    void nettyShowsInNoSignatureButTheHook() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        R + ".generation", R + ".embedding", R + ".server", R + ".operators", R + ".protocol")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(NETTY)
                .check(CORE);
    }

    @Test
    void nothingBlocksSubscribesOrHopsThreads() {
        noClasses()
                .should()
                .callMethodWhere(describe(
                        "block, subscribe outside of an operator's own subscribe, or change threads",
                        ArchitectureTest::isForbidden))
                .check(CORE);
    }

    /** A test of a user's that has set virtual time at that moment would have them stand still for the rest of the process. */
    @Test
    void noThreadsAreMadeByReactorsFactory() {
        noClasses()
                .should()
                .callMethodWhere(describe(
                        "make a scheduler",
                        call -> call.getTargetOwner().getFullName().equals("reactor.core.scheduler.Schedulers")
                                && call.getName().startsWith("new")))
                .check(CORE);
    }

    private static boolean isForbidden(JavaCall<?> call) {
        boolean publisher = call.getTargetOwner().getFullName().startsWith("reactor.core.publisher.");
        String name = call.getTarget().getName();
        if (!publisher) {
            return call.getTargetOwner().getFullName().equals("java.lang.Thread") && name.equals("sleep");
        }
        if (name.equals("subscribeOn") && call.getOriginOwner().getSimpleName().equals("BlobFile")) {
            return false; // Files are read where blocking is allowed.
        }
        boolean operator =
                name.equals("subscribe") && call.getOrigin().getName().equals("subscribe");
        return !operator
                && (name.startsWith("block")
                        || name.equals("subscribe")
                        || name.equals("publishOn")
                        || name.equals("subscribeOn")
                        || name.equals("toIterable")
                        || name.equals("toStream"));
    }
}
