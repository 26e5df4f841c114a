// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.test.client.RawClient;
import io.github.ollamareactive.test.recordings.Recording;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class ResponseEndTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static OllamaTestServer serverThat(Answer answers) {
        return OllamaTestServer.start().answer("GET", "/", answers);
    }

    @Test
    void thenResetResetsTheConnection() throws Exception {
        try (OllamaTestServer server = serverThat(Answer.ndjson("a", "b").thenReset());
                RawClient client = new RawClient(server).get("/")) {
            client.readHead();
            assertThat(client.readChunk().text()).isEqualTo("a\n");
            assertThat(client.readChunk().text()).isEqualTo("b\n");
            assertThatThrownBy(client::readChunk)
                    .isInstanceOf(IOException.class)
                    .hasMessage("Connection reset");
            assertFinished(server);
        }
    }

    @Test
    void thenCloseLeavesOutTheTerminator() throws Exception {
        try (OllamaTestServer server = serverThat(Answer.ndjson("a").thenClose());
                RawClient client = new RawClient(server).get("/")) {
            client.readHead();
            assertThat(client.readChunk().text()).isEqualTo("a\n");
            assertThat(client.read()).isEqualTo(-1);
            assertFinished(server);
        }
    }

    @Test
    void thenCloseSendsLessThanTheContentLength() throws Exception {
        try (OllamaTestServer server = serverThat(Answer.json(200, "{}").thenClose());
                RawClient client = new RawClient(server).get("/")) {
            assertThat(client.readHead().length()).isEqualTo(3);
            assertThat(client.readExactly(2)).asString().isEqualTo("{}");
            assertThat(client.read()).isEqualTo(-1);
        }
    }

    @Test
    void aWrongContentLengthIsSent() throws Exception {
        try (OllamaTestServer server = serverThat(
                        Answer.json(200, "{}").header("Content-Length", "100").thenClose());
                RawClient client = new RawClient(server).get("/")) {
            assertThat(client.readHead().length()).isEqualTo(100);
            client.readExactly(2);
            assertThat(client.read()).isEqualTo(-1);
        }
    }

    @Test
    void thenSilenceKeepsTheConnectionOpen() throws Exception {
        try (OllamaTestServer server = serverThat(Answer.ndjson("a").thenSilence());
                RawClient client = new RawClient(server).get("/")) {
            client.readHead();
            client.readChunk();
            client.readTimeout(100);
            assertThatThrownBy(client::read).isInstanceOf(SocketTimeoutException.class);
            assertThat(server.openConnections()).isEqualTo(1);

            client.disconnect();
            StepVerifier.create(exchange(server).clientGone())
                    .expectNext(2L)
                    .expectComplete()
                    .verify(PATIENCE);
        }
    }

    @Test
    void closeBeforeResponseSendsNothing() throws Exception {
        try (OllamaTestServer server = serverThat(Answer.closeBeforeResponse());
                RawClient client = new RawClient(server).get("/")) {
            assertThat(client.read()).isEqualTo(-1);
            assertThat(server.requests()).hasSize(1);
            assertFinished(server);
        }
    }

    @Test
    void aFailingSourceClosesTheConnection() throws Exception {
        Flux<String> failing = Flux.just("a").concatWith(Flux.error(new IllegalStateException("out of memory")));
        try (OllamaTestServer server = serverThat(Answer.lines(failing));
                RawClient client = new RawClient(server).get("/")) {
            client.readHead();
            assertThat(client.readChunk().text()).isEqualTo("a\n");
            assertThatThrownBy(client::readChunk).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void aTruncatedRecordingIsReplayedTruncated() throws Exception {
        Recording killed = Recording.bundled("chat-server-killed");
        try (OllamaTestServer server = OllamaTestServer.start().replay(killed);
                RawClient client = new RawClient(server)) {
            RawClient.Response response = client.send(killed).receive();
            assertThat(response.pieces()).hasSize(killed.chunks().size());
            assertThat(response.truncated()).isTrue();
        }
    }

    @Test
    void aRecordingCanBeTruncatedWhateverItsFraming() throws Exception {
        Recording single = Recording.bundled("generate-single");
        Answer truncated = Answer.of(single).thenClose();
        try (OllamaTestServer server = serverThat(truncated);
                RawClient client = new RawClient(server).get("/")) {
            RawClient.Response response = client.receive();
            assertThat(response.truncated()).isTrue();
            assertThat(response.body().text()).isEqualTo(single.body());
        }
        try (OllamaTestServer server = serverThat(Answer.of(single).body("{}"));
                RawClient client = new RawClient(server).get("/")) {
            assertThat(client.receive().body().text()).isEqualTo("{}");
        }
    }

    private static void assertFinished(OllamaTestServer server) {
        StepVerifier.create(exchange(server).finished()).expectComplete().verify(PATIENCE);
        StepVerifier.create(exchange(server).clientGone()).expectComplete().verify(PATIENCE);
    }

    private static Exchange exchange(OllamaTestServer server) {
        return Objects.requireNonNull(server.exchange(0).block(PATIENCE));
    }
}
