// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.papers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.test.OllamaTestServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the pages show can be copied: whole Java files compile, XML parses, coordinates and links exist. */
final class PagesTest {
    private static String version() throws Exception {
        return xml(Files.readString(MarkdownPage.ROOT.resolve("pom.xml")))
                .getElementsByTagName("version")
                .item(0)
                .getTextContent();
    }

    private static Document xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    @Test
    void j2WholeJavaFilesCompile(@TempDir Path folder) throws Exception {
        int compiled = 0;
        for (MarkdownPage page : MarkdownPage.all()) {
            // The files of one page may use each other, in their order.
            Path classes = Files.createTempDirectory(folder, "page");
            for (String block : page.blocks("java")) {
                if (JavaSource.isWholeFile(block)) {
                    assertThat(JavaSource.compile(block, classes))
                            .as("%s: %s", page.file(), block)
                            .isEmpty();
                    compiled++;
                }
            }
        }
        assertThat(compiled).isGreaterThanOrEqualTo(2);
    }

    @Test
    void j2LanguagesAreThoseThatATestReads() throws Exception {
        for (MarkdownPage page : MarkdownPage.all()) {
            assertThat(page.blocks())
                    .allSatisfy(block -> assertThat(block.language())
                            .as("%s", block)
                            .isIn("", "java", "xml", "kotlin", "groovy", "sh", "json", "javascript", "mermaid"));
            assertThat(page.blocks("json"))
                    .allSatisfy(block -> assertThat(JsonValue.parse(block)).isNotNull());
            // Every fence is one of these blocks, whatever stands behind its language.
            assertThat(page.text().lines().filter(line -> line.strip().startsWith("```")))
                    .as("%s", page.file())
                    .hasSize(2 * page.blocks().size());
        }
    }

    @Test
    void j2CoordinatesAreThoseOfThisBuild() throws Exception {
        String version = version();
        Pattern coordinates = Pattern.compile("io\\.github\\.ollama-reactive:([\\w-]+):([^'\")\\s]+)");
        for (MarkdownPage page : MarkdownPage.all()) {
            assertThat(coordinates.matcher(page.text()).results()).allSatisfy(named -> {
                assertThat(MarkdownPage.ROOT.resolve(named.group(1))).isDirectory();
                assertThat(named.group(2)).as("%s", page.file()).isEqualTo(version);
            });
        }
    }

    @Test
    void j2AMissingImportIsFound(@TempDir Path classes) throws Exception {
        String block = MarkdownPage.read(MarkdownPage.ROOT.resolve("README.md"))
                .blocks("java")
                .get(0);
        String line = "import io.github.ollamareactive.protocol.Message;\n";
        assertThat(block).contains(line);
        assertThat(JavaSource.compile(block.replace(line, ""), classes)).isNotEmpty();
    }

    @Test
    void j2XmlParsesAndNamesWhatThisBuildMakes() throws Exception {
        String version = version();
        Set<String> named = new TreeSet<>();
        for (MarkdownPage page : MarkdownPage.all()) {
            for (String block : page.blocks("xml")) {
                NodeList dependencies = xml("<page>" + block + "</page>").getElementsByTagName("dependency");
                for (int i = 0; i < dependencies.getLength(); i++) {
                    Element dependency = (Element) dependencies.item(i);
                    if (text(dependency, "groupId").equals("io.github.ollama-reactive")) {
                        assertThat(text(dependency, "version"))
                                .as("%s", page.file())
                                .isEqualTo(version);
                        assertThat(MarkdownPage.ROOT.resolve(text(dependency, "artifactId")))
                                .isDirectory();
                        named.add(text(dependency, "artifactId"));
                    }
                }
            }
        }
        assertThat(named).containsExactly("ollama-reactive-core", "ollama-reactive-test");
        assertThat(MarkdownPage.read(MarkdownPage.ROOT.resolve("README.md")).text())
                .contains("(\"io.github.ollama-reactive:ollama-reactive-core:" + version + "\")")
                .contains("'io.github.ollama-reactive:ollama-reactive-test:" + version + "'");
    }

    private static String text(Element element, String child) {
        return element.getElementsByTagName(child).item(0).getTextContent();
    }

    /** The packages of other projects, and the artifacts that have them. */
    private static final Map<String, String> ARTIFACTS = Map.ofEntries(
            Map.entry("reactor.core.", "reactor-core"),
            Map.entry("reactor.netty.http.", "reactor-netty-http"),
            Map.entry("reactor.netty.Disposable", "reactor-netty-core"),
            Map.entry("org.reactivestreams.", "reactive-streams"),
            Map.entry("org.jspecify.", "jspecify"),
            Map.entry("io.netty.buffer.", "netty-buffer"),
            Map.entry("io.netty.channel.", "netty-transport"),
            Map.entry("io.netty.handler.codec.http.", "netty-codec-http"),
            Map.entry("io.netty.handler.ssl.", "netty-handler"),
            Map.entry("io.netty.handler.proxy.", "netty-handler-proxy"),
            Map.entry("io.netty.resolver.", "netty-resolver"),
            Map.entry("io.netty.util.", "netty-common"),
            Map.entry("tools.jackson.core.", "jackson-core"),
            Map.entry("tools.jackson.databind.", "jackson-databind"),
            Map.entry("com.fasterxml.jackson.annotation.", "jackson-annotations"));

    @Test
    void j7WhatAModuleImportsIsADirectDependency() throws Exception {
        for (String module : List.of("ollama-reactive-core", "ollama-reactive-test", "ollama-reactive-examples")) {
            String pom = Files.readString(MarkdownPage.ROOT.resolve(module).resolve("pom.xml"));
            StringBuilder sources = new StringBuilder();
            try (Stream<Path> files =
                    Files.walk(MarkdownPage.ROOT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    sources.append(Files.readString(file));
                }
            }
            ARTIFACTS.forEach((start, artifact) -> {
                if (sources.indexOf("\nimport " + start) >= 0) {
                    assertThat(pom).as("%s imports %s", module, start).contains("<artifactId>" + artifact + "<");
                }
            });
        }
    }

    /** Its enforcer, which is part of this build, fails when another dependency lowers one of our versions. */
    @Test
    void j7AProjectWithKotlinsCoroutinesKeepsOurVersions() throws Exception {
        assertThat(Files.readString(MarkdownPage.ROOT.resolve("pom.xml")))
                .contains("<module>consumers/kotlin</module>");
        String consumer = Files.readString(MarkdownPage.ROOT.resolve("consumers/kotlin/pom.xml"));
        assertThat(consumer).contains("<requireUpperBoundDeps/>").doesNotContain("<parent>", "dependencyManagement");
        assertThat(consumer.indexOf("ollama-reactive-core</"))
                .isLessThan(consumer.indexOf("kotlinx-coroutines-reactor</"))
                .isPositive();
    }

    @Test
    void j9NoTypeHasItsNameInBothModules() throws Exception {
        Set<String> core = typesBeside(OllamaClient.class);
        Set<String> kit = typesBeside(OllamaTestServer.class);
        assertThat(core).isNotEmpty();
        core.retainAll(kit);
        assertThat(core).isEmpty();
    }

    /** The simple names of the public top-level types in the sources of a type's module, without internals. */
    private static Set<String> typesBeside(Class<?> type) throws IOException {
        String module = type == OllamaClient.class ? "ollama-reactive-core" : "ollama-reactive-test";
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(MarkdownPage.ROOT.resolve(module).resolve("src/main/java"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.toString().contains("internal"))
                    .toList()) {
                String name = file.getFileName().toString().replace(".java", "");
                if (Files.readString(file)
                        .matches("(?s).*public [\\w -]*(class|interface|record|enum|@interface) " + name + "\\b.*")) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
