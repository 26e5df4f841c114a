// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The import table of ARCHITECTURE.md, and what main code never does. */
final class ArchitectureTest {
    private static final String R = "io.github.ollamareactive";
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(new ImportOption.DoNotIncludeJars())
            .importPackages(R);

    @Test
    void importsFollowTheTable() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("front")
                .definedBy(R)
                .layer("internal")
                .definedBy(R + ".internal")
                .layer("operators")
                .definedBy(R + ".operators")
                .layer("generation")
                .definedBy(R + ".generation")
                .layer("embedding")
                .definedBy(R + ".embedding")
                .layer("server")
                .definedBy(R + ".server")
                .layer("protocol")
                .definedBy(R + ".protocol")
                .whereLayer("front")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("internal")
                .mayOnlyBeAccessedByLayers("front")
                .whereLayer("operators")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("generation")
                .mayOnlyBeAccessedByLayers("front", "internal", "operators")
                .whereLayer("embedding")
                .mayOnlyBeAccessedByLayers("front", "internal", "operators")
                .whereLayer("server")
                .mayOnlyBeAccessedByLayers("front", "internal", "operators")
                .whereLayer("protocol")
                .mayNotAccessAnyLayer()
                .check(CORE);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(R + ".(*)..").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void jacksonStaysInside() {
        noClasses()
                .that()
                .resideOutsideOfPackage(R + ".internal")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..")
                .check(CORE);
    }

    @Test
    void nettyShowsInNoSignatureButTheHook() {
        classes()
                .that()
                .resideInAnyPackage(
                        R + ".generation", R + ".embedding", R + ".server", R + ".operators", R + ".protocol")
                .should()
                .onlyDependOnClassesThat(DescribedPredicate.not(DescribedPredicate.describe(
                        "belong to Netty",
                        c -> c.getPackageName().startsWith("io.netty")
                                || c.getPackageName().startsWith("reactor.netty"))))
                .check(CORE);
    }

    @Test
    void nothingBlocksSubscribesOrHopsThreads() {
        noClasses()
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "block, subscribe outside of an operator's own subscribe, or change threads",
                        ArchitectureTest::isForbidden))
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
