// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import static io.github.ollamareactive.test.models.LocalModelsServer.json;
import static io.github.ollamareactive.test.models.LocalModelsServer.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.internal.models.Digest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CreateEndpointTest {

    private final LocalModelsServer server = new LocalModelsServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void blobsAreStoredVerifiedAndMadeIntoAModel() throws Exception {
        byte[] gguf = "GGUF and more".getBytes();
        String digest = Digest.of(gguf);
        String path = "/api/blobs/" + digest;
        assertThat(server.send("HEAD", path, "").statusCode()).isEqualTo(404);
        assertThat(server.send("POST", path, BodyPublishers.ofByteArray("other".getBytes()))
                        .body())
                .isEqualTo("{\"error\":\"digest mismatch, expected \\\"" + digest + "\\\", got \\\""
                        + Digest.of("other") + "\\\"\"}");
        assertThat(server.send("HEAD", path, "").statusCode()).isEqualTo(404);
        assertThat(server.send("HEAD", "/api/blobs/" + Digest.of("other"), "").statusCode())
                .isEqualTo(200);
        assertThat(server.post("/api/create", "{\"model\":\"mine\",\"files\":{\"m.gguf\":\"" + digest + "\"}}")
                        .statusCode())
                .isEqualTo(400);

        assertThat(server.send("POST", path, BodyPublishers.ofByteArray(gguf)).statusCode())
                .isEqualTo(201);
        assertThat(server.send("POST", path, BodyPublishers.ofByteArray(gguf)).statusCode())
                .isEqualTo(200);
        assertThat(server.send("HEAD", path, "").statusCode()).isEqualTo(200);
        assertThat(server.send("HEAD", "/api/blobs/sha256:xyz", "").statusCode())
                .isEqualTo(400);

        HttpResponse<String> created = server.post(
                "/api/create",
                "{\"model\":\"mine\",\"files\":{\"m.gguf\":\"" + digest + "\"},\"system\":\"Be kind.\","
                        + "\"parameters\":{\"temperature\":1,\"stop\":[\"User:\",\"\\n\\n\"]},\"license\":\"MIT\"}");
        assertThat(statuses(created))
                .startsWith("parsing GGUF", "creating new layer " + digest)
                .endsWith("writing manifest", "success");
        JsonNode shown = json(server.post("/api/show", "{\"model\":\"mine\"}"));
        assertThat(shown.path("system").asString()).isEqualTo("Be kind.");
        assertThat(shown.path("license").asString()).isEqualTo("MIT");
        assertThat(shown.path("parameters").asString().lines())
                .containsExactlyInAnyOrder(
                        "temperature                    1",
                        "stop                           \"User:\"",
                        "stop                           \"\\n\\n\"");

        HttpResponse<String> derived = server.post(
                "/api/create", "{\"model\":\"child\",\"from\":\"mine\",\"quantize\":\"q8_0\",\"license\":[\"BSD\"]}");
        assertThat(statuses(derived)).contains("quantizing F16 model to Q8_0", "verifying conversion");
        assertThat(json(server.post("/api/show", "{\"model\":\"child\"}"))
                        .path("license")
                        .asString())
                .isEqualTo("MIT\nBSD");
        assertThat(statuses(server.post("/api/create", "{\"model\":\"twin\",\"from\":\"mine\"}")))
                .allMatch(status -> !status.startsWith("creating new layer"))
                .contains("using existing layer " + digest);
    }
}
