// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.test.client.RawClient;
import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.recordings.Recording;
import io.github.ollamareactive.test.recordings.RecordingProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no recording answers is asked of the real server, recorded, and replayed from then on. */
final class RecordMissesTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private static HttpResponse<String> chat(OllamaTestServer server, String words) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(server.baseUrl() + "/api/chat"))
                        .timeout(LIMIT)
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"" + words + "\"}]}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aMissIsRecordedAndReplayedAfterwards() throws Exception {
        try (OllamaTestServer real = OllamaTestServer.start();
                RecordingProxy proxy = RecordingProxy.start(real.baseUrl(), folder);
                OllamaTestServer server = OllamaTestServer.start().recordMisses(proxy)) {
            real.answer("POST", "/api/chat", Answer.tokens("one"), Answer.tokens("two"));
            HttpResponse<String> first = chat(server, "a");
            assertThat(first.body()).contains("one");
            assertThat(first.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
            Recording recorded = proxy.recordings().blockFirst(LIMIT);
            assertThat(recorded.requestBody()).contains("\"a\"");
            assertThat(chat(server, "a").body()).isEqualTo(first.body());
            assertThat(chat(server, "b").body()).contains("two");
            assertThat(real.requests()).hasSize(2);
            assertThat(server.exchange(0).block(LIMIT).answeredBy()).isEqualTo("the real server, recorded");
            assertThat(server.exchange(0).block(LIMIT).status()).isEqualTo(200);
            assertThat(server.exchange(1).block(LIMIT).answeredBy()).startsWith("recording ");
            server.verify();
        }
        assertThat(Recording.readAll(folder)).hasSize(2);
    }

    @Test
    void aRealServerThatIsGoneIsABadGateway() throws Exception {
        OllamaTestServer gone = OllamaTestServer.start();
        gone.close();
        try (RecordingProxy proxy = RecordingProxy.start(gone.baseUrl(), folder);
                OllamaTestServer server = OllamaTestServer.start().recordMisses(proxy)) {
            HttpResponse<String> response = chat(server, "a");
            assertThat(response.statusCode()).isEqualTo(502);
            assertThat(response.body()).contains("does not respond");
        }
        assertThat(Recording.readAll(folder)).isEmpty();
    }

    @Test
    void anotherStatusAndAnEmptyAnswerArePassedBack() throws Exception {
        try (OllamaTestServer real = OllamaTestServer.start().otherwise(request -> Answer.of(204));
                RecordingProxy proxy = RecordingProxy.start(real.baseUrl(), folder);
                OllamaTestServer server = OllamaTestServer.start().recordMisses(proxy)) {
            HttpResponse<String> response = HTTP.send(
                    HttpRequest.newBuilder(URI.create(server.baseUrl() + "/api/version?x=1"))
                            .timeout(LIMIT)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(204);
            assertThat(real.requests().get(0).path()).isEqualTo("/api/version?x=1");
        }
    }

    /** A part of an answer is recorded, but not replayed. */
    @Test
    void anAnswerThatWasCutIsAskedForAgain() throws Exception {
        try (OllamaTestServer real = OllamaTestServer.start();
                RecordingProxy proxy = RecordingProxy.start(real.baseUrl(), folder);
                OllamaTestServer server = OllamaTestServer.start().recordMisses(proxy)) {
            real.answer(
                    "POST", "/api/chat", Answer.tokens("one", "two").with(Fault.resetAt(150)), Answer.tokens("three"));
            assertThatThrownBy(() -> chat(server, "a")).isInstanceOf(IOException.class);
            Recording cut = proxy.recordings().blockFirst(LIMIT);
            assertThat(cut.complete()).isFalse();
            assertThat(chat(server, "a").body()).contains("three");
        }
    }

    @Test
    void aResetServerSendsNothingOn() throws Exception {
        try (OllamaTestServer real = OllamaTestServer.start().otherwise(request -> Answer.tokens("real"));
                RecordingProxy proxy = RecordingProxy.start(real.baseUrl(), folder);
                OllamaTestServer server = OllamaTestServer.start().recordMisses(proxy)) {
            assertThat(chat(server, "a").statusCode()).isEqualTo(200);
            assertThat(proxy.recordings().blockFirst(LIMIT)).isNotNull();
            server.reset();
            assertThat(chat(server, "a").statusCode()).isEqualTo(501);
            assertThat(chat(server, "b").statusCode()).isEqualTo(501);
            assertThat(real.requests()).hasSize(1);
            assertThatThrownBy(server::verify).hasMessageContaining("no answer for POST /api/chat");
            server.reset().recordMisses(proxy);
            assertThat(chat(server, "a").body()).contains("real");
            assertThat(real.requests()).hasSize(1);
        }
    }

    /** Bodies and heads larger than one read pass as they are. */
    @Test
    void longBodiesHeadersAndChunksPass() throws Exception {
        String header = "x".repeat(20_000);
        String line = "y".repeat(300_000);
        try (OllamaTestServer real = OllamaTestServer.start()
                        .otherwise(
                                request -> Answer.ndjson(line, request.body()).header("Long", header));
                RecordingProxy proxy = RecordingProxy.start(real.baseUrl(), folder);
                OllamaTestServer server = OllamaTestServer.start().recordMisses(proxy);
                RawClient client = new RawClient(server)) {
            String words = "z".repeat(200_000);
            RawClient.Response response =
                    client.send("POST", "/api/chat", "\"" + words + '"').receive();
            assertThat(response.head().headers()).containsEntry("Long", header);
            assertThat(response.pieces()).containsExactly(Bytes.of(line + "\n"), Bytes.of('"' + words + "\"\n"));
        }
    }
}
