// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import static io.github.ollamareactive.test.models.LocalModelsServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusalTest {

    private final LocalModelsServer server = new LocalModelsServer();

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "generate | {\"model\":\"a b\",\"prompt\":\"x\"} | 400 | invalid model name",
                "embeddings | {\"prompt\":\"x\"} | 400 | model is required",
                "embed | {\"model\":\"all-minilm:22m\",\"input\":[1]} | 400 | invalid input type",
                "copy | {\"source\":\"a b\",\"destination\":\"c\"} | 400 | source \"a b\" is invalid",
                "copy | {\"source\":\"llama3.2\",\"destination\":\"-c\"} | 400 | destination \"-c\" is invalid",
                "push | {\"model\":\"\"} | 400 | model is required",
                "chat | {\"model\":\"llama3.2\",\"keep_alive\":\"10\"} | 400 | time: missing unit in duration \"10\"",
                "chat | {\"model\":\"llama3.2\",\"keep_alive\":true} | 400 | Unsupported type: 'BOOLEAN'",
                "generate | {\"model\":\"llama3.2\",\"prompt\":\"x\",\"raw\":true,\"system\":\"s\"} | 400 | "
                        + "raw mode does not support template, system, or context",
                "generate | {\"model\":\"llama3.2\",\"prompt\":\"x\",\"options\":{\"stop\":\"x\"}} | 500 | "
                        + "option \"stop\" must be of type array",
                "create | {\"model\":\"m\",\"files\":{\"/etc/x\":\"sha256:1\"}} | 400 | file path must be relative",
                "create | {\"model\":\"m\",\"files\":{\"x\":\"\"}} | 400 | invalid digest format",
                "me | {} | 401 | unauthorized",
                "signout | {} | 401 | you are not currently signed in",
            })
    void invalidRequestsAreRefusedWithOllamasMessages(String endpoint, String body, int status, String error)
            throws Exception {
        HttpResponse<String> response = server.post("/api/" + endpoint, body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(json(response).path("error").asString()).isEqualTo(error);
    }

    @Test
    void aSlashAtTheEndIsRedirected() throws Exception {
        HttpResponse<String> post = server.post("/api/chat/", "{}");
        assertThat(post.statusCode()).isEqualTo(307);
        assertThat(post.headers().firstValue("Location")).contains("/api/chat");
        assertThat(server.send("GET", "/api/tags/", "").statusCode()).isEqualTo(301);
    }
}
