// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static io.github.ollamareactive.wire.WireRequests.CHAT;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.ReceivedRequest;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** The headers of requests. */
final class HeaderCasesTest {
    private static ReceivedRequest sent(
            UnaryOperator<OllamaClientConfig> change, Function<OllamaClient, Flux<?>> call) {
        try (OllamaTestServer server =
                OllamaTestServer.start().otherwise(request -> Answer.json(200, "{\"done\":true,\"version\":\"1\"}"))) {
            assertThat(CallResult.of(server, change, call).error()).isNull();
            return server.requests().get(0);
        }
    }

    private static List<String> values(ReceivedRequest request, String name) {
        return request.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream())
                .toList();
    }

    private static OllamaClientConfig withHeaders(OllamaClientConfig config) {
        return config.header("X-Mine", "1")
                .header("User-Agent", "mine/2")
                .header("Content-Type", "text/plain")
                .header("Content-Length", "1")
                .header("Transfer-Encoding", "chunked");
    }

    @Test
    @DisplayName("W26 headers of every call")
    void everyCallSaysWhatItAcceptsAndWhoSendsIt() {
        ReceivedRequest plain = sent(UnaryOperator.identity(), client -> client.chat(CHAT));
        assertThat(plain.header("Accept").orElseThrow())
                .contains("application/x-ndjson")
                .contains("application/json");
        assertThat(plain.header("Content-Type")).hasValue("application/json");
        assertThat(plain.header("User-Agent").orElseThrow()).startsWith("ollama-reactive/");
    }

    @Test
    @DisplayName("W26 headers of the user, and those that stay the client's own")
    void theUsersHeadersAreSentSaveThoseThatDescribeTheBody() {
        ReceivedRequest custom = sent(HeaderCasesTest::withHeaders, client -> client.chat(CHAT));
        assertThat(custom.header("X-Mine")).hasValue("1");
        assertThat(custom.header("User-Agent")).hasValue("mine/2");
        assertThat(custom.header("Content-Type")).hasValue("application/json");
        assertThat(custom.header("Content-Length")).hasValue(String.valueOf(custom.bodyBytes().length));
        assertThat(custom.header("Transfer-Encoding")).isEmpty();
        assertThat(custom.body()).isEqualTo(CHAT.fields().toString());
    }

    @Test
    @DisplayName("W26 headers of the user in a call without a body")
    void aCallWithoutABodySaysNothingOfOne() {
        ReceivedRequest bodyless = sent(HeaderCasesTest::withHeaders, OllamaClient::version);
        assertThat(bodyless.header("X-Mine")).hasValue("1");
        assertThat(bodyless.header("Accept")).hasValue("application/json");
        assertThat(bodyless.header("Content-Type")).isEmpty();
        assertThat(bodyless.header("Content-Length").orElse("0")).isEqualTo("0");
        assertThat(bodyless.header("Transfer-Encoding")).isEmpty();
    }

    @Test
    @DisplayName("W27 a header of the call in place of the client's")
    void aHeaderOfTheCallReplacesTheClients() {
        ReceivedRequest request = sent(
                config -> config.header("X-A", "client").header("X-B", "client"),
                client -> client.with(config -> config.header("x-a", "call")).chat(CHAT));
        assertThat(values(request, "X-A")).containsExactly("call");
        assertThat(values(request, "X-B")).containsExactly("client");
    }
}
