// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.client.RawClient;
import io.github.ollamareactive.test.recordings.Recording;
import org.junit.jupiter.api.Test;

class ErrorsTest {

    @Test
    void errorsHaveTheMessagesOfARealServer() throws Exception {
        assertSame(Errors.modelNotFound("no-such-model"), "chat-unknown-model");
        assertSame(Errors.modelNotFound("no-such-model"), "embed-unknown-model");
        assertSame(Errors.modelNotFound("no-such-model"), "models-copy-unknown");
        assertSame(Errors.modelRequired(), "chat-no-model");
        assertSame(Errors.invalidModelName(), "pull-bad-name");
        assertSame(Errors.unsupported("all-minilm:22m", "chat"), "chat-embedding-model");
        assertSame(Errors.embeddingsUnsupported(), "embed-unsupported");
        assertSame(Errors.overloaded(), "server-busy");
        assertSame(Errors.unknownPath(), "server-unknown-path");
        assertSame(Errors.wrongMethod("POST"), "server-wrong-method");
        RawClient.Response unauthorized = RawClient.post(Errors.unauthorized("https://x"), "/api/me", "");
        assertThat(unauthorized.head().status()).isEqualTo(401);
        assertThat(unauthorized.body().text()).isEqualTo("{\"error\":\"unauthorized\",\"signin_url\":\"https://x\"}");
        assertThat(RawClient.post(Errors.forbidden(), "/api/chat", "{}").body().size())
                .isZero();
    }

    private static void assertSame(Answer error, String recording) throws Exception {
        Recording recorded = Recording.bundled(recording);
        try (OllamaTestServer server = OllamaTestServer.start().answer(recorded.method(), recorded.path(), error);
                RawClient client = new RawClient(server)) {
            RawClient.Response response = client.send(recorded).receive();
            assertThat(response.head().status()).isEqualTo(recorded.status());
            assertThat(response.body().text()).isEqualTo(recorded.body());
            assertThat(response.head().headers().get("Content-Type")).isEqualTo(recorded.header("Content-Type"));
        }
    }
}
