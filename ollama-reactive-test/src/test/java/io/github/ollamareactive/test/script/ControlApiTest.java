// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Exchange;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.models.LocalModels;
import io.github.ollamareactive.test.recordings.Recording;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** A test in another language: expect, ask, look, verify, reset. */
class ControlApiTest {

    @Test
    void aTestInAnotherLanguage() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            ControlApi.addTo(server, fresh -> fresh.otherwise(LocalModels.of("llama3.2:3b")));
            HttpCalls client = new HttpCalls(server);
            String expectation = "{\"request\":{\"path\":\"/api/chat\",\"model\":\"m\"},\"answer\":\"Hi\"}";
            assertThat(client.post("/control/expect", expectation).statusCode()).isEqualTo(200);
            assertThat(client.get("/control/verify")).satisfies(response -> {
                assertThat(response.statusCode()).isEqualTo(409);
                assertThat(response.body()).contains("received 0");
            });
            assertThat(client.post("/api/chat", "{\"model\":\"m\"}").body()).contains("Hi");
            assertThat(client.get("/control/verify").statusCode()).isEqualTo(200);
            assertThat(client.get("/control/requests").body())
                    .isEqualTo("{\"requests\":[{\"method\":\"POST\",\"path\":\"/api/chat\",\"bytes\":13,"
                            + "\"body\":{\"model\":\"m\"}}]}");

            assertThat(client.post("/control/reset", "").statusCode()).isEqualTo(200);
            assertThat(client.get("/control/requests").body()).isEqualTo("{\"requests\":[]}");
            assertThat(client.post("/api/chat", "{\"model\":\"m\"}").statusCode())
                    .isEqualTo(404);
            assertThat(client.get("/api/tags").body()).contains("llama3.2:3b");
            assertThatCode(server::verify).doesNotThrowAnyException();
        }
    }

    @Test
    void wholeScriptsAreTakenAndInvalidOnesRefused() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            ControlApi.addTo(server, fresh -> {});
            HttpCalls client = new HttpCalls(server);
            String script = "{\"answers\":[{\"method\":\"GET\",\"path\":\"/api/version\",\"answer\":{\"json\":{}}},"
                    + "{\"path\":\"/api/none\"}]}";
            assertThat(client.post("/control/expect", script)).satisfies(response -> {
                assertThat(response.statusCode()).isEqualTo(400);
                assertThat(response.body()).contains("the request's body at /answers/1: expected exactly one of");
            });
            // Nothing of an invalid script is taken.
            assertThat(client.get("/api/version").statusCode()).isEqualTo(501);
            for (String body : new String[] {"", "[]", "{", "7", "{\"request\":7}", "{\"unknown\":1}"}) {
                assertThat(client.post("/control/expect", body).statusCode())
                        .as(body)
                        .isEqualTo(400);
            }
            assertThat(client.get("/control/expect").statusCode()).isEqualTo(405);
            assertThat(client.post("/control/verify", "").statusCode()).isEqualTo(405);
            assertThat(client.post(
                                    "/control/expect",
                                    script.replace("{\"path\":\"/api/none\"}", "")
                                            .replace(",]", "]"))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(client.get("/api/version").body()).isEqualTo("{}");
        }
    }

    @Test
    void exchangesSayWhatAnswered() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.replay(Recording.bundled("chat-stream"))
                    .answer("GET", "/api/ps", Answer.json(200, "{}"))
                    .replay(Recording.bundled("server-version"));
            HttpCalls client = new HttpCalls(server);
            client.get("/api/version");
            client.get("/api/ps");
            client.post(
                    "/api/chat", "{\"model\":\"gemma3:270m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
            server.close();
            StepVerifier.create(server.exchanges().map(Exchange::answeredBy))
                    .expectNext("recording server-version", "script")
                    .assertNext(unmatched -> assertThat(unmatched)
                            .startsWith(
                                    "no answer, the nearest recording is chat-stream: /messages/0/content is \"Hi\","
                                            + " recorded \"Why is the sky blue?\""))
                    .expectComplete()
                    .verify(Duration.ofSeconds(20));
        }
    }
}
