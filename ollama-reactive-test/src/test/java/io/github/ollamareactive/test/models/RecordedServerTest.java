// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import static io.github.ollamareactive.test.models.LocalModelsServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.recordings.Recording;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The answers of local models beside those that a real server gave to the same requests. */
class RecordedServerTest {

    private final LocalModelsServer server = new LocalModelsServer();

    @AfterEach
    void close() {
        server.close();
    }

    /** Refusals and other answers that do not depend on the model. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "blob-bad-digest",
                "blob-upload",
                "blob-wrong-digest",
                "chat-embedding-model",
                "chat-no-model",
                "chat-tools-unsupported",
                "chat-unknown-model",
                "create-bad-name",
                "create-no-source",
                "embed-empty",
                "embed-no-input",
                "embed-unknown-model",
                "embed-unsupported",
                "embeddings-legacy-empty",
                "generate-bad-logprobs",
                "generate-bad-option",
                "generate-embedding-model",
                "generate-empty-body",
                "generate-no-model",
                "generate-not-json",
                "generate-suffix-unsupported",
                "generate-think-unsupported",
                "generate-unknown-model",
                "models-copy",
                "models-copy-unknown",
                "models-delete-unknown",
                "models-running-none",
                "models-show-empty",
                "models-show-unknown",
                "pull-bad-name",
                "pull-empty",
                "server-alive",
                "server-root",
                "server-status",
                "server-unknown-path",
                "server-version",
                "server-wrong-method"
            })
    void answersAreIdentical(String name) throws Exception {
        Recording recorded = Recording.bundled(name);
        String body = recorded.requestBody();
        HttpResponse<String> response = server.send(recorded.method(), recorded.path(), body == null ? "" : body);
        assertThat(response.statusCode()).isEqualTo(recorded.status());
        assertThat(response.body()).isEqualTo(recorded.body());
        assertThat(response.headers().firstValue("Content-Type").orElse(null))
                .isEqualTo(recorded.header("Content-Type"));
        assertThat(response.headers().firstValue("Allow").orElse(null)).isEqualTo(recorded.header("Allow"));
    }

    /** The values are those of the local model. */
    @ParameterizedTest
    @CsvSource({
        "chat-load, 200",
        "generate-load, 200",
        "generate-unload, 200",
        "generate-bad-format, 500",
        "models-list, 200",
        "embed-one, 200",
        "generate-debug-render, 200"
    })
    void answersHaveTheSameFields(String name, int status) throws Exception {
        Recording recorded = Recording.bundled(name);
        String body = recorded.requestBody();
        HttpResponse<String> response = server.send(recorded.method(), recorded.path(), body == null ? "" : body);
        assertThat(response.statusCode()).isEqualTo(status);
        JsonNode expected = JsonMapper.shared().readTree(recorded.body());
        assertThat(json(response).propertyNames()).containsExactlyElementsOf(expected.propertyNames());
        assertThat(json(response).at("/models/0").propertyNames())
                .containsExactlyElementsOf(expected.at("/models/0").propertyNames());
    }
}
