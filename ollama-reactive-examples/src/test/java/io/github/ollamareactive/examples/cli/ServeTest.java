// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.recordings.Recording;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command serve, and its other form replay: what answers, what is logged, what is refused. */
class ServeTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final String SKY =
            "{\"model\":\"gemma3:270m\",\"messages\":[{\"role\":\"user\",\"content\":\"Why is the sky blue?\"}]}";

    private static HttpResponse<String> post(RunningServer server, String path, String body) throws Exception {
        URI uri = URI.create(server.baseUrl() + path);
        return CLIENT.send(
                HttpRequest.newBuilder(uri)
                        .timeout(Duration.ofSeconds(30))
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    @Test
    void servesSensibleModelsByDefault() throws Exception {
        RunningServer server = new RunningServer("serve");
        try (server) {
            assertThat(server.call("list").out()).contains("llama3.2:3b", "qwen3:0.6b", "all-minilm:22m");
            assertThat(post(server, "/api/chat", SKY.replace("gemma3:270m", "llama3.2:3b"))
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(server.end())
                .contains("Serving 3 models at http://127.0.0.1:" + server.port)
                .containsPattern("(?m)^POST /api/chat llama3.2:3b 200 \\[local models] \\d+ bytes \\d+ ms$");
        // Closed is closed.
        Assertions.assertThatThrownBy(() -> post(server, "/api/chat", SKY)).isInstanceOf(ConnectException.class);
    }

    @Test
    void servesNamedModels() throws Exception {
        try (RunningServer server = new RunningServer("serve", "--models", "a:1,b:2", "--models", "c:3")) {
            assertThat(server.call("list").out()).contains("a:1", "b:2", "c:3").doesNotContain("llama");
        }
    }

    @Test
    void i10ReplaysTheBundledRecordingsWithoutAFolder() throws Exception {
        for (List<String> command : List.of(List.of("replay"), List.of("serve", "--replay"))) {
            RunningServer server = new RunningServer(command.toArray(String[]::new));
            try (server) {
                assertThat(post(server, "/api/chat", SKY).body())
                        .isEqualTo(Recording.bundled("chat-stream").body());
                assertThat(post(server, "/api/chat", SKY.replace("sky", "sea")).statusCode())
                        .isEqualTo(501);
            }
            assertThat(server.end())
                    .contains(" recordings at ")
                    .containsPattern(
                            "(?m)^POST /api/chat gemma3:270m 200 \\[recording chat-stream] \\d+ bytes \\d+ ms$")
                    .contains("POST /api/chat gemma3:270m 501 [no answer, the nearest recording is chat-stream:"
                            + " /messages/0/content is \"Why is the sea blue?\", recorded \"Why is the sky blue?\"]");
        }
    }

    @Test
    void i10RulesFindNearlyTheSameRequests() throws Exception {
        String other = SKY.replace("Why is the sky blue?", "Is snow cold?");
        try (RunningServer server =
                new RunningServer("replay", "--match", "model+lastUserMessage", "--match", "prompt")) {
            assertThat(post(server, "/api/chat", other).body())
                    .isEqualTo(Recording.bundled("chat-logprobs").body());
            assertThat(post(server, "/api/chat", other.replace("gemma3:270m", "other"))
                            .statusCode())
                    .isEqualTo(501);
        }
    }

    @Test
    void changesRecordingsAndModels() throws Exception {
        String[] changes = {
            "--fault", "endAfter:2", "--fault", "lineAfter:2,{\"x\":1}", "--pace", "atOnce", "--chunking", "oneByte"
        };
        for (List<String> source : List.of(List.of("--replay"), List.of("--models", "gemma3:270m"))) {
            List<String> args = new ArrayList<>(List.of("serve"));
            args.addAll(source);
            args.addAll(List.of(changes));
            try (RunningServer server = new RunningServer(args.toArray(String[]::new))) {
                assertThat(post(server, "/api/chat", SKY).body().lines())
                        .as("%s", source)
                        .hasSize(3)
                        .last()
                        .isEqualTo("{\"x\":1}");
            }
        }
    }

    @Test
    void aScriptGoesFirst(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(
                folder.resolve("script.json"),
                "{\"expectations\":[{\"request\":{\"path\":\"/api/chat\",\"model\":\"m\"},\"answer\":\"scripted\"}],"
                        + "\"answers\":[{\"method\":\"HEAD\",\"path\":\"/\",\"answer\":{\"status\":200}}]}");
        RunningServer server = new RunningServer("serve", "--replay", "--script", script.toString());
        try (server) {
            assertThat(post(server, "/api/chat", "{\"model\":\"m\"}").body()).contains("scripted");
            assertThat(post(server, "/api/chat", SKY).statusCode()).isEqualTo(200);
            assertThat(post(server, "/control/expect", "{\"request\":{\"path\":\"/api/chat\"},\"answer\":\"hello\"}")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(post(server, "/api/chat", SKY).body()).contains("hello");
            assertThat(post(server, "/control/reset", "").statusCode()).isEqualTo(200);
            assertThat(post(server, "/api/chat", SKY).body()).doesNotContain("hello");
        }
        assertThat(server.end()).contains("[expectation POST /api/chat with model = \"m\"]");
    }

    @Test
    void records(@TempDir Path folder) throws Exception {
        RunningServer server;
        try (OllamaTestServer upstream = OllamaTestServer.start()) {
            upstream.replay(Recording.bundled("chat-stream"), Recording.bundled("server-alive"));
            server = new RunningServer("serve", "--record", folder.toString(), "--upstream", upstream.baseUrl());
            try (server) {
                assertThat(post(server, "/api/chat", SKY).statusCode()).isEqualTo(200);
                // The older name of the field.
                assertThat(post(server, "/api/chat", "{\"name\":\"older\"}").statusCode())
                        .isEqualTo(501);
            }
        }
        assertThat(server.end())
                .containsPattern("(?m)^POST /api/chat gemma3:270m 200 \\[recorded as \\d+-chat] \\d+ bytes \\d+ ms$")
                .contains("POST /api/chat older 501 [recorded as ");
        try (RunningServer replay = new RunningServer("serve", "--replay", folder.toString())) {
            assertThat(post(replay, "/api/chat", SKY).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void recordsWhatNoRecordingAnswers(@TempDir Path folder) throws Exception {
        RunningServer server;
        try (OllamaTestServer upstream = OllamaTestServer.start()) {
            upstream.answer("POST", "/api/chat", Answer.tokens("hello"));
            server = new RunningServer(
                    "serve", "--replay", "--record", folder.toString(), "--upstream", upstream.baseUrl());
            try (server) {
                assertThat(post(server, "/api/chat", "{\"model\":\"other\"}").body())
                        .contains("hello");
                assertThat(post(server, "/api/chat", SKY).statusCode()).isEqualTo(200);
            }
            assertThat(upstream.requests()).hasSize(1);
        }
        assertThat(server.end())
                .contains("POST /api/chat other 200 [the real server, recorded] ")
                .contains("[recording chat-stream]");
        assertThat(Recording.readAll(folder)).hasSize(1);
    }

    @Test
    void aRequestIsOneLineOfTheLog() throws Exception {
        RunningServer server = new RunningServer("serve");
        try (server) {
            post(server, "/api/chat", "{\"model\":\"a\\nPOST /forged\\u001b[31m\"}");
        }
        assertThat(server.end()).contains("POST /api/chat a\\u000aPOST /forged\\u001b[31m ");
    }

    @Test
    void invalidUsageIsReported(@TempDir Path folder) throws Exception {
        Path script = Files.writeString(folder.resolve("script.json"), "{\"expectation\":[]}");
        String missing = folder.resolve("none").toString();
        for (List<String> row : List.of(
                List.of("unknown field expectation; known are", "--script", script.toString()),
                List.of("can't read", "--script", missing),
                List.of("there is no folder", "--replay", missing),
                List.of("there is no recording in", "--replay", folder.toString()),
                List.of("--fault: fault 'x': no fault is named 'x'; there are resetAt:bytes", "--fault", "x"),
                List.of("--pace: pace 'every:x' at /gap: expected a duration", "--pace", "every:x"),
                List.of("--chunking: chunking 'x': no chunking", "--chunking", "x"),
                List.of("--match: replay rule 'x'", "--replay", "--match", "x"),
                List.of("--models: invalid model name", "--models", "a b"),
                List.of("--record goes without", "--record", missing, "--models", "m"),
                List.of("--match goes with --replay", "--match", "model"),
                List.of("not with --record alone", "--record", missing, "--match", "model"),
                List.of("not with --record alone", "--record", missing, "--pace", "atOnce"),
                List.of("must not be empty", "--replay", "--match", "field:"),
                List.of("--upstream goes with --record", "--upstream", "http://x"),
                List.of("--port: 65536", "--port", "65536"),
                List.of("--host: there is no address", "--host", "a..b"))) {
            List<String> args = new ArrayList<>(row);
            args.set(0, "serve");
            TestProgram.Result result = new TestProgram().run(args.toArray(String[]::new));
            assertThat(result.err()).as("%s", args).contains(row.get(0));
            assertThat(result.exitCode()).as("%s", args).isEqualTo(2);
        }
    }

    @Test
    void helpShowsTheControlApi() {
        assertThat(new TestProgram().run("serve", "--help").out())
                .contains(
                        "--models", "--script", "--replay", "--record", "--match", "/control/expect", "/control/reset");
    }
}
