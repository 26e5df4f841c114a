// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import static io.github.ollamareactive.test.models.LocalModelsServer.json;
import static io.github.ollamareactive.test.models.LocalModelsServer.statuses;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.internal.models.Digest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Blobs and documents that are longer than what the server used to keep of a body. */
class LargeBodiesTest {

    private static final int MEGABYTE = 1024 * 1024;

    private final LocalModelsServer server = new LocalModelsServer();

    @AfterEach
    void close() {
        server.close();
    }

    private int upload(String digest, byte[] bytes) throws Exception {
        return server.send("POST", "/api/blobs/" + digest, BodyPublishers.ofByteArray(bytes))
                .statusCode();
    }

    @Test
    void h2ABlobOf40MegabytesIsStoredAndMakesAModel() throws Exception {
        byte[] blob = new byte[40 * MEGABYTE];
        System.arraycopy("GGUF".getBytes(US_ASCII), 0, blob, 0, 4);
        String digest = Digest.of(blob);
        assertThat(upload(digest, blob)).isEqualTo(201);
        assertThat(upload(digest, blob)).isEqualTo(200);
        assertThat(server.send("HEAD", "/api/blobs/" + digest, "").statusCode()).isEqualTo(200);
        assertThat(statuses(
                        server.post("/api/create", "{\"model\":\"big\",\"files\":{\"m.gguf\":\"" + digest + "\"}}")))
                .endsWith("success");
        assertThat(server.get("/api/tags").at("/models/0/size").asLong()).isGreaterThanOrEqualTo(40 * MEGABYTE);
    }

    /** The last byte counts, which is far behind what is kept. */
    @Test
    void h2ALongBlobWithAnotherLastByteIsRefused() throws Exception {
        byte[] blob = new byte[20 * MEGABYTE];
        String digest = Digest.of(blob);
        blob[blob.length - 1] = 1;
        assertThat(upload(digest, blob)).isEqualTo(400);
        assertThat(server.send("HEAD", "/api/blobs/" + Digest.of(blob), "").statusCode())
                .isEqualTo(200);
    }

    @Test
    void h2AChatMayHave17MegabytesOfPictures() throws Exception {
        byte[] picture = new byte[17 * MEGABYTE / 2];
        Arrays.fill(picture, (byte) 7);
        String encoded = Base64.getEncoder().encodeToString(picture);
        assertThat(json(server.post(
                                "/api/chat",
                                "{\"model\":\"gemma3:270m\",\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":"
                                        + "\"Compare\",\"images\":[\"" + encoded + "\",\"" + encoded + "\"]}]}"))
                        .at("/message/content")
                        .asString())
                .isEqualTo("You said: Compare");
    }
}
