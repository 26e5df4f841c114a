// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.client.RawClient;
import io.github.ollamareactive.test.recordings.Recording;
import io.github.ollamareactive.test.recordings.RecordingProxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings of requests with long bodies. */
class LongBodiesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private static String chat(String picture, String more) {
        return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\",\"images\":[\"" + picture + "\"]}]"
                + more + "}";
    }

    private Recording record(String body) throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> Answer.of(200));
                RecordingProxy proxy = RecordingProxy.start(server.baseUrl(), folder);
                RawClient client = new RawClient(proxy.port())) {
            client.send("POST", "/api/chat", body).receive();
            return Objects.requireNonNull(proxy.recordings().blockFirst(PATIENCE));
        }
    }

    @Test
    void h4ALongBodyIsMatchedByItsContent() throws Exception {
        String picture = "A".repeat(1_400_000);
        Recording recording = record(chat(picture, ""));
        try (OllamaTestServer server = OllamaTestServer.start()
                        .replay(Recording.readAll(folder).get(0));
                RawClient client = new RawClient(server)) {
            assertThat(recording.requestBodyLength())
                    .isEqualTo(chat(picture, "").length());
            assertThat(status(client, chat(picture, ""))).isEqualTo(200);
            assertThat(status(client, "  " + chat(picture, ",\"stream\":true,\"tools\":[]")))
                    .isEqualTo(200);
            RawClient.Response other = client.send("POST", "/api/chat", chat("B" + picture.substring(1), ""))
                    .receive();
            assertThat(other.head().status()).isEqualTo(501);
            assertThat(other.body().text())
                    .contains("/messages/0/images/0 is \\\"BAAA")
                    .contains("recorded \\\"AAAA");
            assertThat(status(client, chat(picture.substring(1) + "B", ""))).isEqualTo(501);
        }
    }

    private static int status(RawClient client, String body) throws Exception {
        return client.send("POST", "/api/chat", body).receive().head().status();
    }

    /** Such recordings were made before bodies of any length were. */
    @Test
    void h4ALengthAloneMatchesNoBody() throws Exception {
        String body = chat("A".repeat(70_000), "");
        record(body);
        Path file = folder.resolve("0001-chat.jsonl");
        String text = Files.readString(file);
        int start = text.indexOf("\"body\":\"");
        int end = text.indexOf("\"}}", start);
        Files.writeString(file, text.substring(0, start) + "\"bodyBytes\":" + body.length() + text.substring(end + 1));
        Recording lengthOnly = Recording.read(file);
        assertThat(lengthOnly.requestBodyLength()).isEqualTo(body.length());
        try (OllamaTestServer server = OllamaTestServer.start().replay(lengthOnly);
                RawClient client = new RawClient(server)) {
            assertThat(status(client, body)).isEqualTo(501);
            server.replayBy(ReplayRule.anyBody());
            assertThat(status(client, body)).isEqualTo(200);
        }
    }
}
