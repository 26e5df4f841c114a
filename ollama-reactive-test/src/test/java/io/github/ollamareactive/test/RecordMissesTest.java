// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.recordings.Recording;
import io.github.ollamareactive.test.recordings.RecordingProxy;
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
}
