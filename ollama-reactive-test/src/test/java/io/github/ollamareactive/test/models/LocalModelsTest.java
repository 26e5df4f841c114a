// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import static io.github.ollamareactive.test.models.LocalModelsServer.json;
import static io.github.ollamareactive.test.models.LocalModelsServer.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The state that several endpoints share. */
class LocalModelsTest {

    private final LocalModelsServer server = new LocalModelsServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void pullTagsShowChatPsCopyDelete() throws Exception {
        assertThat(server.post("/api/show", "{\"model\":\"mistral\"}").statusCode())
                .isEqualTo(404);
        assertThat(statuses(server.post("/api/pull", "{\"model\":\"mistral\"}")))
                .startsWith("pulling manifest")
                .endsWith("verifying sha256 digest", "writing manifest", "success");
        assertThat(server.names("/api/tags"))
                .contains("mistral:latest", "gemma3:270m")
                .hasSize(5);

        JsonNode shown = json(server.post("/api/show", "{\"model\":\"mistral\"}"));
        JsonNode listed = server.get("/api/tags").path("models").path(0);
        assertThat(shown.path("details")).isEqualTo(listed.path("details"));
        assertThat(shown.path("modified_at")).isEqualTo(listed.path("modified_at"));
        assertThat(shown.path("capabilities").toString()).isEqualTo("[\"completion\",\"tools\"]");

        assertThat(server.names("/api/ps")).isEmpty();
        assertThat(server.post(
                                "/api/chat",
                                "{\"model\":\"mistral\",\"stream\":false,\"messages\":[{\"role\":\"user\","
                                        + "\"content\":\"Hello there\"}]}")
                        .body())
                .contains("\"content\":\"You said: Hello there\"");
        JsonNode running = server.get("/api/ps").path("models").path(0);
        assertThat(running.path("name").asString()).isEqualTo("mistral:latest");
        assertThat(running.path("digest")).isEqualTo(listed.path("digest"));
        assertThat(running.path("expires_at").asString()).isEqualTo("2026-11-23T08:05:00Z");

        assertThat(server.post("/api/copy", "{\"source\":\"mistral\",\"destination\":\"me/mine:v1\"}")
                        .statusCode())
                .isEqualTo(200);
        JsonNode copy = server.get("/api/tags")
                .path("models")
                .valueStream()
                .filter(model -> model.path("name").asString().equals("me/mine:v1"))
                .findFirst()
                .orElseThrow();
        assertThat(copy.path("digest")).isEqualTo(listed.path("digest"));

        assertThat(server.send("DELETE", "/api/delete", "{\"model\":\"mistral\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.names("/api/tags")).contains("me/mine:v1").doesNotContain("mistral:latest");
        assertThat(server.send("DELETE", "/api/delete", "{\"model\":\"mistral\"}")
                        .body())
                .isEqualTo("{\"error\":\"model 'mistral' not found\"}");
        assertThat(server.names("/api/ps")).containsExactly("mistral:latest");
    }

    @Test
    void modelsExpireAsTheirKeepAliveSays() throws Exception {
        server.post("/api/generate", "{\"model\":\"gemma3:270m\"}");
        server.post("/api/generate", "{\"model\":\"llama3.2\",\"keep_alive\":\"1h30m\"}");
        server.post("/api/embed", "{\"model\":\"all-minilm:22m\",\"input\":\"x\",\"keep_alive\":-1}");
        assertThat(server.names("/api/ps")).containsExactly("all-minilm:22m", "llama3.2:latest", "gemma3:270m");
        server.advanceClock(Duration.ofMinutes(5));
        assertThat(server.names("/api/ps")).containsExactly("all-minilm:22m", "llama3.2:latest");
        server.post("/api/chat", "{\"model\":\"llama3.2\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}");
        server.advanceClock(Duration.ofMinutes(89));
        assertThat(server.names("/api/ps")).containsExactly("all-minilm:22m", "llama3.2:latest");
        assertThat(server.post("/api/chat", "{\"model\":\"llama3.2\",\"keep_alive\":0}")
                        .body())
                .contains("\"done_reason\":\"unload\"");
        assertThat(server.names("/api/ps")).containsExactly("all-minilm:22m");
        server.post("/api/generate", "{\"model\":\"all-minilm:22m\",\"keep_alive\":\"0s\"}");
        assertThat(server.names("/api/ps")).isEmpty();
    }
}
