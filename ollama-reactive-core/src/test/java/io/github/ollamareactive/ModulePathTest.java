// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is a module, with nothing but the library and what it brings along on its module path, and no flags. */
final class ModulePathTest {
    private static final Pattern BROUGHT_ALONG = Pattern.compile(
            "(netty|reactor-core|reactor-netty|jackson-core|jackson-databind|jackson-annotations|reactive-streams|jspecify)-[^/\\\\]*[.]jar");
    private static final Pattern TEST_ONLY = Pattern.compile("reactive-streams-(tck|examples)-.*");

    @TempDir
    Path folder;

    private static boolean isBroughtAlong(String entry) {
        String name = Path.of(entry).getFileName().toString();
        return BROUGHT_ALONG.matcher(name).matches() && !TEST_ONLY.matcher(name).matches();
    }

    private static void run(String tool, String... arguments) {
        StringWriter said = new StringWriter();
        int status =
                ToolProvider.findFirst(tool).orElseThrow().run(new PrintWriter(said), new PrintWriter(said), arguments);
        assertThat(status).as("%s", said).isZero();
    }

    /** The library as it is published: the classes, and the descriptor that only a jar shows. */
    private Path library() throws Exception {
        Path classes = Path.of(OllamaClient.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        Path manifest = write("MANIFEST.MF", "Multi-Release: true\n");
        Path jar = folder.resolve("library.jar");
        run("jar", "-cfm", jar.toString(), manifest.toString(), "-C", classes.toString(), ".");
        return jar;
    }

    private Path write(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    @Test
    void f9AProgramThatRequiresTheModuleRuns() throws Exception {
        assumeTrue(
                System.getProperty("java.class.path").contains("netty-codec-http3"),
                "the module requires Netty 4.2, which older platforms don't have");
        String modules = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(ModulePathTest::isBroughtAlong)
                .collect(Collectors.joining(File.pathSeparator, library() + File.pathSeparator, ""));
        Path descriptor =
                write("src/module-info.java", "module app { requires io.github.ollamareactive; exports app; }");
        Path main = write("src/app/Main.java", """
                package app;

                import io.github.ollamareactive.OllamaClient;
                import io.github.ollamareactive.generation.ChatRequest;
                import io.github.ollamareactive.generation.JsonSchema;
                import io.github.ollamareactive.operators.Tokens;
                import io.github.ollamareactive.protocol.JsonValue;
                import io.github.ollamareactive.protocol.Message;
                import io.github.ollamareactive.protocol.OllamaException.Connection;
                import java.time.Duration;

                public class Main {
                    public record City(String name) {}

                    public static void main(String[] args) {
                        System.out.println(JsonSchema.of(City.class).fields());
                        System.out.println(JsonValue.parse("{\\"name\\":\\"Oslo\\"}").as(City.class));
                        ChatRequest request = ChatRequest.of("m", Message.user("q"));
                        try (OllamaClient ollama = OllamaClient.create("http://127.0.0.1:" + args[0]);
                                OllamaClient tls = OllamaClient.create("https://127.0.0.1:" + args[0])) {
                            System.out.println(Tokens.join(ollama.chat(request)).block(Duration.ofSeconds(20)));
                            tls.chat(request).blockLast(Duration.ofSeconds(20));
                        } catch (Connection e) {
                            System.out.println("no TLS there"); // as TLS or as a reset, whichever is seen first
                        }
                    }
                }
                """);
        Path classes = folder.resolve("classes");
        run("javac", "-p", modules, "-d", classes.toString(), descriptor.toString(), main.toString());
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.answer("POST", "/api/chat", Answer.tokens("Hel", "lo"));
            Path errors = folder.resolve("errors");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-p",
                            modules + File.pathSeparator + classes,
                            "-m",
                            "app/app.Main",
                            String.valueOf(server.port()))
                    // Apart, as logging would tear the lines of the program.
                    .redirectError(errors.toFile())
                    .start();
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(printed.lines())
                    .as("%s", Files.readString(errors))
                    .containsExactly(
                            "{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\"}},\"required\":[\"name\"]}",
                            "City[name=Oslo]",
                            "Hello",
                            "no TLS there");
        }
    }
}
