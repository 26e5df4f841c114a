// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static io.github.ollamareactive.wire.AnswerLines.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.server.WebEvent;
import io.github.ollamareactive.server.WebSearchRequest;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** Calls to Ollama's cloud, and the key that only the cloud gets. */
final class CloudCasesTest {
    /** What a call to https://ollama.com sent, and the events that it gave. */
    private record CloudCall(RecordedRequest request, List<Object> events) {
        List<String> authorization() {
            return request.getHeaders().values("Authorization");
        }
    }

    /** Lets a server of ours stand in for https://ollama.com. */
    private static CloudCall cloud(
            Map<String, String> environment,
            UnaryOperator<OllamaClientConfig> change,
            Function<OllamaClient, Flux<?>> call,
            String answer)
            throws Exception {
        HeldCertificate certificate = new HeldCertificate.Builder()
                .addSubjectAlternativeName("ollama.com")
                .build();
        try (MockWebServer server = new MockWebServer()) {
            server.useHttps(new HandshakeCertificates.Builder()
                    .heldCertificate(certificate)
                    .build()
                    .sslSocketFactory());
            server.enqueue(new MockResponse.Builder().body(json(answer)).build());
            server.start(InetAddress.getByName("127.0.0.1"), 0);
            SslContext trust = SslContextBuilder.forClient()
                    .trustManager(certificate.certificate())
                    .build();
            OllamaClientConfig config = OllamaClientConfig.fromEnvironment(environment)
                    .baseUrl("https://ollama.com:" + server.getPort())
                    .httpClient(
                            http -> http.secure(spec -> spec.sslContext(trust)).resolver(LoopbackResolver.INSTANCE));
            try (OllamaClient client = OllamaClient.create(change.apply(config))) {
                CallResult result = CallResult.of(call.apply(client));
                assertThat(result.error()).isNull();
                return new CloudCall(server.takeRequest(), result.events());
            }
        }
    }

    private static Optional<String> authorizationElsewhere(OllamaClientConfig config) {
        try (OllamaTestServer server =
                OllamaTestServer.start().otherwise(request -> Answer.json(200, "{\"version\":\"1\"}"))) {
            assertThat(CallResult.of(server, base -> config.baseUrl(base.baseUrl()), OllamaClient::version)
                            .error())
                    .isNull();
            return server.requests().get(0).header("Authorization");
        }
    }

    @Test
    @DisplayName("W28 the environment's key goes to the cloud alone, an explicit key to any host")
    void theEnvironmentsKeyGoesToTheCloudAlone() throws Exception {
        Map<String, String> environment = Map.of("OLLAMA_API_KEY", "env", "OLLAMA_HOST", "example.com");
        OllamaClientConfig config = OllamaClientConfig.fromEnvironment(environment);
        assertThat(authorizationElsewhere(config)).isEmpty();
        assertThat(authorizationElsewhere(config.apiKey("mine"))).hasValue("Bearer mine");
        Function<OllamaClient, Flux<?>> fetch = client -> client.webFetch("https://a");
        assertThat(cloud(environment, UnaryOperator.identity(), fetch, "{}").authorization())
                .containsExactly("Bearer env");
        assertThat(cloud(environment, c -> c.apiKey("mine"), fetch, "{}").authorization())
                .containsExactly("Bearer mine");
    }

    @Test
    @DisplayName("W29 the cloud without a key")
    void withoutAKeyNoConnectionToTheCloudIsOpened() {
        List<Object> connected = new ArrayList<>();
        OllamaClientConfig config = OllamaClientConfig.fromEnvironment(Map.of())
                .baseUrl("https://ollama.com")
                .httpClient(http -> http.doOnChannelInit((observer, channel, address) -> connected.add(address)));
        try (OllamaClient client = OllamaClient.create(config)) {
            assertThatThrownBy(() -> client.webSearch(WebSearchRequest.of("x")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("OLLAMA_API_KEY");
            assertThatThrownBy(() -> client.webFetch("https://a")).isInstanceOf(IllegalStateException.class);
        }
        assertThat(connected).isEmpty();
    }

    @Test
    @DisplayName("W30 a search in the cloud")
    void aSearchGivesItsResults() throws Exception {
        CloudCall search = cloud(
                Map.of("OLLAMA_API_KEY", "k"),
                UnaryOperator.identity(),
                client -> client.webSearch(WebSearchRequest.of("x").maxResults(2)),
                "{'results':[{'title':'T','url':'https://a','content':'C'},{'title':'U','url':'https://b','content':'D'}]}");
        assertThat(search.request().getRequestLine()).isEqualTo("POST /api/web_search HTTP/1.1");
        assertThat(search.request().getBody().utf8()).isEqualTo(json("{'query':'x','max_results':2}"));
        assertThat(search.authorization()).containsExactly("Bearer k");
        assertThat(search.events())
                .containsExactly(
                        new WebEvent.Result("T", "https://a", "C"), new WebEvent.Result("U", "https://b", "D"));
    }

    @ParameterizedTest(name = "W31 a page by the cloud, with links: {0}")
    @ValueSource(booleans = {true, false})
    void aPageComesWithItsLinksIfThereAreAny(boolean links) throws Exception {
        CloudCall fetch = cloud(
                Map.of("OLLAMA_API_KEY", "k"),
                UnaryOperator.identity(),
                client -> client.webFetch("https://a"),
                "{'title':'T','content':'C'" + (links ? ",'links':['https://b']" : "") + "}");
        assertThat(fetch.request().getRequestLine()).isEqualTo("POST /api/web_fetch HTTP/1.1");
        assertThat(fetch.request().getBody().utf8()).isEqualTo(json("{'url':'https://a'}"));
        assertThat(fetch.events())
                .containsExactly(new WebEvent.Page("T", "C", links ? List.of("https://b") : null, JsonObject.EMPTY));
    }
}
