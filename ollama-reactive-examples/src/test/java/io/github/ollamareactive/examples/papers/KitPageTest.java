// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.papers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The Java of the kit's README: its first example is a test that passes, its fragments compile. */
final class KitPageTest {
    private static final Path PAGE = MarkdownPage.ROOT.resolve("ollama-reactive-test/README.md");

    private static void compile(String source, Path classes) throws Exception {
        assertThat(JavaSource.compile(source, classes)).as(source).isEmpty();
    }

    @Test
    void j2TheFirstExampleIsATestThatPasses(@TempDir Path classes) throws Exception {
        compile(MarkdownPage.read(PAGE).blocks("java").get(0), classes);
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()}, context)) {
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(DiscoverySelectors.selectClass(loader.loadClass("AssistantTest")))
                                    .build(),
                            listener);
            assertThat(listener.getSummary().getFailures())
                    .extracting(failure -> failure.getException())
                    .isEmpty();
            assertThat(listener.getSummary().getTestsSucceededCount()).isEqualTo(1);
        }
    }

    /** Behind the kit's imports, with a server named ollama and a folder, as CONTRIBUTING.md says. */
    @Test
    void j2FragmentsCompile(@TempDir Path classes) throws Exception {
        List<String> blocks = MarkdownPage.read(PAGE).blocks("java");
        compile(blocks.get(0), classes);
        // Spring is not on the class path of these tests.
        compile(
                "package org.springframework.test.context;\npublic interface DynamicPropertyRegistry {"
                        + " void add(String name, java.util.function.Supplier<Object> value); }",
                classes);
        compile("package org.springframework.test.context;\npublic @interface DynamicPropertySource {}", classes);
        for (String block : blocks.subList(1, blocks.size())) {
            assertThat(JavaSource.isWholeFile(block)).isFalse();
            boolean members = block.startsWith("@");
            compile(
                    "import io.github.ollamareactive.test.*;\nimport io.github.ollamareactive.test.junit.*;\n"
                            + "import io.github.ollamareactive.test.recordings.*;\nimport java.nio.file.Path;\n"
                            + "import org.junit.jupiter.api.extension.RegisterExtension;\n"
                            + "import org.springframework.test.context.*;\nclass Fragment {\n"
                            + (members
                                    ? block
                                    : "void run(OllamaTestServer ollama, Path folder) throws Exception {\n" + block
                                            + "}")
                            + "\n}",
                    classes);
        }
    }
}
