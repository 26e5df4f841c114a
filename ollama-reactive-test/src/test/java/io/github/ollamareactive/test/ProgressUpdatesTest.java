// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.client.RawClient;
import io.github.ollamareactive.test.recordings.Recording;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressUpdatesTest {

    @Test
    void progressIsAStreamOrItsLastLine() throws Exception {
        Answer pull = ProgressUpdates.pull(
                        "sha256:6a0746a1ec1aef3e7ec53868f220ff6e389f6f8ef87a01d77c96807de94ca2aa", 10)
                .answer();
        assertThat(RawClient.post(pull, "/api/pull", "{\"model\":\"m\"}")
                        .body()
                        .text()
                        .lines())
                .hasSize(7)
                .contains(
                        "{\"status\":\"pulling 6a0746a1ec1a\",\"digest\":\"sha256:6a0746a1ec1aef3e7ec53868f220ff6e389f6f8ef87"
                                + "a01d77c96807de94ca2aa\",\"total\":10}")
                .endsWith("{\"status\":\"success\"}");
        RawClient.Response single = RawClient.post(pull, "/api/pull", "{\"stream\":false}");
        assertThat(single.body().text())
                .isEqualTo(Recording.bundled("pull-single").body());
        assertThat(single.head().headers()).containsEntry("Content-Type", "application/json");

        Answer failing = ProgressUpdates.create()
                .status("pulling manifest")
                .pause(Duration.ofMillis(1))
                .error("pull model manifest: file does not exist")
                .answer();
        assertThat(RawClient.post(failing, "/api/pull", "{}").body().text())
                .isEqualTo(Recording.bundled("pull-unknown").body());
        assertThat(RawClient.post(failing, "/api/pull", "{\"stream\":false}")
                        .head()
                        .status())
                .isEqualTo(500);
    }
}
