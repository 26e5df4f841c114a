// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import static io.github.ollamareactive.test.models.LocalModelsServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class EmbeddingEndpointsTest {

    private final LocalModelsServer server = new LocalModelsServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void equalTextsHaveEqualVectorsOfUnitLength() throws Exception {
        JsonNode rows = json(server.post(
                        "/api/embed", "{\"model\":\"all-minilm:22m\",\"input\":[\"a b\",\"c\",\"a b\"]}"))
                .path("embeddings");
        assertThat(rows).hasSize(3);
        assertThat(rows.path(0)).hasSize(8).isEqualTo(rows.path(2)).isNotEqualTo(rows.path(1));
        double squares = rows.path(0)
                .valueStream()
                .mapToDouble(n -> n.asDouble() * n.asDouble())
                .sum();
        assertThat(squares).isBetween(0.999, 1.001);
        assertThat(json(server.post("/api/embed", "{\"model\":\"all-minilm:22m\",\"input\":\"a\",\"dimensions\":3}"))
                        .at("/embeddings/0"))
                .hasSize(3);
        assertThat(json(server.post("/api/embeddings", "{\"model\":\"all-minilm:22m\",\"prompt\":\"a\"}"))
                        .path("embedding"))
                .hasSize(8);
        String tooLong = "{\"model\":\"all-minilm:22m\",\"truncate\":false,\"input\":\"" + "x ".repeat(17) + "\"}";
        assertThat(server.post("/api/embed", tooLong).body())
                .isEqualTo("{\"error\":\"the input length exceeds the context length\"}");
    }
}
