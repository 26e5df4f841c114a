// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import static io.github.ollamareactive.test.models.LocalModelsServer.statuses;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.recordings.Recording;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransferEndpointsTest {

    private final LocalModelsServer server = new LocalModelsServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void onlyModelsOfTheRegistryCanBePulled() throws Exception {
        server.models().registry(Model.of("known").parameterSize("7B"));
        assertThat(server.post("/api/pull", "{\"model\":\"other\"}").body())
                .isEqualTo(Recording.bundled("pull-unknown").body());
        HttpResponse<String> single = server.post("/api/pull", "{\"model\":\"other\",\"stream\":false}");
        assertThat(single.statusCode()).isEqualTo(500);
        assertThat(server.post("/api/pull", "{\"model\":\"gemma3:270m\"}").body())
                .doesNotContain("success");
        assertThat(server.post("/api/create", "{\"model\":\"x\",\"from\":\"other\"}")
                        .body())
                .endsWith("{\"error\":\"pull model manifest: file does not exist\"}\n");
        assertThat(statuses(server.post("/api/create", "{\"model\":\"x\",\"from\":\"known\"}")))
                .startsWith("pulling manifest")
                .endsWith("success");
        assertThat(server.get("/api/tags")
                        .at("/models/0/details/parameter_size")
                        .asString())
                .isEqualTo("7B");
        assertThat(statuses(server.post("/api/push", "{\"model\":\"known\"}")))
                .startsWith("retrieving manifest")
                .endsWith("pushing manifest", "success");
        assertThat(server.post("/api/push", "{\"model\":\"other\"}").body())
                .startsWith(
                        "{\"status\":\"retrieving manifest\"}\n{\"status\":\"couldn't retrieve manifest\"}\n{\"error\":");
    }
}
