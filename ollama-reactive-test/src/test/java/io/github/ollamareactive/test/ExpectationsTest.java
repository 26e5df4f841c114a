// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.test.client.RawClient;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpectationsTest {

    private static final String ASKED = """
            {"options":{"seed":42.0,"stop":["a","b"]},"model":"m","messages":[{"role":"user","content":"old"},
            {"role":"assistant","content":"x"},{"role":"user","content":"Why?"}],"stream":false}""";

    private static int status(RawClient client, String body) throws IOException {
        return client.send("POST", "/api/chat", body).receive().head().status();
    }

    @Test
    void partsOfTheBodySuffice() throws Exception {
        Expected expected = Expected.chat()
                .model("m")
                .lastUserMessage("Why?")
                .field("/options/seed", 42)
                .field("stream", false)
                .without("tools")
                .field("/messages/0", Map.of("content", "old", "role", "user"))
                .body("{\"options\":{\"stop\":[\"a\",\"b\"]}}")
                .header("x-asked", "Yes")
                .that("short", request -> request.body().length() < 1000);
        try (OllamaTestServer server = OllamaTestServer.start().expect(expected, Answer.of(200));
                RawClient client = new RawClient(server)) {
            assertThat(status(client, ASKED)).isEqualTo(200);
            server.verify();
        }
    }

    @Test
    void everyDifferenceIsReported() throws Exception {
        Expected expected = Expected.chat()
                .model("n")
                .lastUserMessage("Why not?")
                .field("/options/seed", 7)
                .without("stream")
                .body("{\"options\":{\"stop\":[\"a\",\"c\"]}}")
                .header("X-Asked", "No")
                .that("long", request -> request.body().length() > 1000);
        try (OllamaTestServer server = OllamaTestServer.start().expect(expected, Answer.of(200));
                RawClient client = new RawClient(server)) {
            RawClient.Response refused = client.send("POST", "/api/chat", ASKED).receive();
            assertThat(refused.head().status()).isEqualTo(501);
            assertThat(refused.body().text()).contains("model: expected \\\"n\\\" but was \\\"m\\\"");

            assertThatThrownBy(server::verify)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("POST /api/chat with model = \"n\", last user message = \"Why not?\"")
                    .hasMessageContaining(": expected at least 1 request, received 0")
                    .hasMessageContaining("the closest request differs in\n")
                    .hasMessageContaining("\n      model: expected \"n\" but was \"m\"\n")
                    .hasMessageContaining("\n      last user message: expected \"Why not?\" but was \"Why?\"\n")
                    .hasMessageContaining("\n      options/seed: expected 7 but was 42.0\n")
                    .hasMessageContaining("\n      stream: expected none but was false\n")
                    .hasMessageContaining("\n      options/stop/1: expected \"c\" but was \"b\"\n")
                    .hasMessageContaining("\n      header X-Asked: expected No but was Yes\n")
                    .hasMessageContaining("\n      expected: long")
                    .hasMessageContaining("\n  no answer for POST /api/chat with body {\"options\"");
        }
    }

    @Test
    void allAnswersOfAnExpectationMustBeRequested() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()
                        .expect(Expected.chat().model("m"), Errors.overloaded(), Answer.tokens("a"));
                RawClient client = new RawClient(server)) {
            assertThat(status(client, ASKED)).isEqualTo(503);
            assertThatThrownBy(server::verify).hasMessageContaining("expected at least 2 requests, received 1");
            assertThat(status(client, ASKED)).isEqualTo(200);
            assertThat(status(client, ASKED)).isEqualTo(200);
            server.verify();
        }
    }

    @Test
    void anExhaustedExpectationGivesWayToTheNext() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()
                        .expect(Expected.chat().times(1), Answer.of(201))
                        .expect(Expected.chat().model("m").times(1), Answer.of(202));
                RawClient client = new RawClient(server)) {
            assertThat(status(client, ASKED)).isEqualTo(201);
            assertThat(status(client, ASKED)).isEqualTo(202);
            server.verify();
            RawClient.Response third = client.send("POST", "/api/chat", ASKED).receive();
            assertThat(third.body().text()).contains("is exhausted: received 1");
            assertThatThrownBy(server::verify).hasMessageContaining("no answer for POST /api/chat");
        }
    }

    @Test
    void anOptionalExpectationNeedsNoRequest() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()
                        .expect(Expected.generate().prompt("x").optional(), Answer.of(200))
                        .otherwise(request -> Answer.of(204));
                RawClient client = new RawClient(server)) {
            assertThat(status(client, ASKED)).isEqualTo(204);
            assertThatCode(server::verify).doesNotThrowAnyException();
        }
    }

    @Test
    void aBodyThatIsNotJsonDiffers() throws Exception {
        try (OllamaTestServer server =
                        OllamaTestServer.start().expect(Expected.chat().model("m"), Answer.of(200));
                RawClient client = new RawClient(server)) {
            assertThat(status(client, "{\"model\":")).isEqualTo(501);
            assertThatThrownBy(server::verify).hasMessageContaining("model: expected \"m\" but was absent");
        }
    }

    @Test
    void invalidExpectationsFailAtOnce() {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            assertThatIllegalArgumentException().isThrownBy(() -> server.expect(Expected.chat()));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Expected.chat().times(0));
        }
    }

    @Test
    void h10TheFirstOfEqualExpectationsAnswersAndVerifySaysSo() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()
                        .expect(Expected.chat().model("m"), Answer.of(201))
                        .expect(Expected.chat().model("m"), Answer.of(202));
                RawClient client = new RawClient(server)) {
            assertThat(status(client, ASKED)).isEqualTo(201);
            assertThat(status(client, ASKED)).isEqualTo(201);
            assertThatThrownBy(server::verify)
                    .hasMessageContaining(
                            "expected at least 1 request, received 0\n    2 such requests came, answered by an"
                                    + " earlier expectation, which times(…) would limit: POST /api/chat with model = \"m\"");
        }
    }

    @Test
    void h10AWiderExpectationBeforeIsNamed() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()
                        .expect(Expected.chat(), Answer.of(201))
                        .expect(Expected.chat().model("m"), Answer.of(202))
                        .expect(Expected.chat().model("other"), Answer.of(203));
                RawClient client = new RawClient(server)) {
            assertThat(status(client, ASKED)).isEqualTo(201);
            assertThatThrownBy(server::verify)
                    .hasMessageContaining("1 such request came, answered by an earlier expectation")
                    .hasMessageContaining(
                            "the closest request differs in\n      model: expected \"other\" but was \"m\"");
        }
    }

    @Test
    void h16TheDifferenceOfLongTextsIsVisible() throws Exception {
        String text = "x".repeat(300);
        try (OllamaTestServer server = OllamaTestServer.start()
                        .expect(Expected.chat().lastUserMessage(text + "a"), Answer.of(200))
                        .expect(
                                Expected.chat().body("{\"messages\":[{\"content\":\"" + text + "b\"}]}"),
                                Answer.of(200))
                        .expect(Expected.chat().header("X-Asked", text + "d"), Answer.of(200));
                RawClient client = new RawClient(server)) {
            String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "c\"}]}";
            assertThat(status(client, body)).isEqualTo(501);
            assertThatThrownBy(server::verify)
                    .hasMessageContaining("xxa\" but was …xxx")
                    .hasMessageContaining("xxb\" but was …xxx")
                    .hasMessageContaining("xxc\"\n");
        }
    }
}
