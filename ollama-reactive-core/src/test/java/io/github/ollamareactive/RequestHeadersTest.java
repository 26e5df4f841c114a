// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.wire.CallResult;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The paths, headers and credentials of requests, as a server that isn't ours receives them. */
final class RequestHeadersTest {
    private static final String DONE = "{\"response\":\"\",\"done\":true}\n";
    private static final ChatRequest CHAT = ChatRequest.of("m", Message.user("q"));
    private static final GenerateRequest GENERATE = GenerateRequest.of("m", "p");

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private OllamaClientConfig config() {
        return OllamaClientConfig.fromEnvironment(Map.of())
                .baseUrl(server.url("/").toString());
    }

    private RecordedRequest sent(OllamaClientConfig config, Function<OllamaClient, Flux<?>> call)
            throws InterruptedException {
        server.enqueue(new MockResponse.Builder().body(DONE).build());
        try (OllamaClient client = OllamaClient.create(config)) {
            CallResult.of(call.apply(client));
        }
        return server.takeRequest();
    }

    @Test
    void aBasePathIsKept() throws Exception {
        OllamaClientConfig config = config().baseUrl(server.url("/ollama/").toString());
        assertThat(sent(config, OllamaClient::version).getTarget()).isEqualTo("/ollama/api/version");
        assertThat(sent(config, OllamaClient::alive).getTarget()).isEqualTo("/ollama/");
    }

    @Test
    void headersOfTheCallWinOverTheClientsAndNoneDoubles() throws Exception {
        OllamaClientConfig config = config().header("X-Who", "client")
                .header("x-who", "client again")
                .header("User-Agent", "mine/1")
                .header("Content-Type", "text/plain");
        RecordedRequest sent = sent(
                config, client -> client.with(c -> c.header("X-WHO", "call")).chat(CHAT));
        assertThat(sent.getHeaders().values("X-Who")).containsExactly("call");
        assertThat(sent.getHeaders().values("User-Agent")).containsExactly("mine/1");
        assertThat(sent.getHeaders().values("Content-Type")).containsExactly("application/json");
    }

    @Test
    void whatDescribesTheBodyIsNeverTheUsers() throws Exception {
        OllamaClientConfig config = config().header("Content-Length", "1")
                .header("Transfer-Encoding", "chunked")
                .header("Content-Encoding", "gzip")
                .header("Content-Type", "text/plain");
        RecordedRequest sent = sent(config, client -> client.chat(CHAT));
        assertThat(sent.getHeaders().values("Content-Length"))
                .containsExactly(String.valueOf(CHAT.fields().toString().length()));
        assertThat(sent.getHeaders().values("Content-Type")).containsExactly("application/json");
        for (RecordedRequest request : List.of(sent, sent(config, OllamaClient::version))) {
            assertThat(request.getHeaders().get("Transfer-Encoding")).isNull();
            assertThat(request.getHeaders().get("Content-Encoding")).isNull();
        }
    }

    @Test
    void theHeaderSourceIsAskedForEachSubscription() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        OllamaClientConfig config = config().header("X-Token", "fixed")
                .headerSource(Mono.fromSupplier(() -> Map.of("X-Token", "t" + asked.incrementAndGet())));
        server.enqueue(new MockResponse.Builder().body(DONE).build());
        server.enqueue(new MockResponse.Builder().body(DONE).build());
        try (OllamaClient client = OllamaClient.create(config)) {
            CallResult.of(client.chat(CHAT).repeat(1));
        }
        assertThat(server.takeRequest().getHeaders().values("X-Token")).containsExactly("t1");
        assertThat(server.takeRequest().getHeaders().values("X-Token")).containsExactly("t2");
    }

    @Test
    void credentialsAreSent() throws Exception {
        assertThat(sent(config().apiKey("k"), OllamaClient::version)
                        .getHeaders()
                        .get("Authorization"))
                .isEqualTo("Bearer k");
        String host = "http://user:pa%40ss@" + server.getHostName() + ":" + server.getPort();
        assertThat(sent(config().baseUrl(host), OllamaClient::version)
                        .getHeaders()
                        .get("Authorization"))
                .isEqualTo("Basic dXNlcjpwYUBzcw==");
    }
}
