// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.generation.LoadRequest;
import io.github.ollamareactive.generation.Think;
import io.github.ollamareactive.generation.Tool;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.server.PullRequest;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests as values: what they refuse, and when two are equal. Their documents stand in the table {@code requests.txt}. */
final class RequestValuesTest {
    private static final ChatRequest CHAT = ChatRequest.of("m", Message.user("q"));
    private static final GenerateRequest GENERATE = GenerateRequest.of("m", "p");

    @Test
    void anImageFileIsReadIntoTheRequest(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("a.png"), "ABC");
        assertThat(Message.user("x").image(file).fields().get("images")).hasToString("[\"QUJD\"]");
        assertThat(GENERATE.image(file).fields().get("images")).hasToString("[\"QUJD\"]");
        assertThatThrownBy(() -> GENERATE.image(folder.resolve("none.png")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none.png");
    }

    @Test
    void whatTheServerWouldRefuseIsRefusedAtOnce() {
        refused("model", () -> ChatRequest.of(" ", Message.user("x")));
        refused("model", () -> GenerateRequest.of("", "x"));
        refused("model", () -> LoadRequest.of(""));
        refused("model", () -> PullRequest.of(""));
        refused("role", () -> Message.of("", "x"));
        refused("name", () -> Tool.function("", "x", JsonObject.EMPTY));
        refused("top_logprobs", () -> CHAT.topLogprobs(21));
        refused("top_logprobs", () -> GENERATE.topLogprobs(-1));
        refused("level", () -> Think.of(" "));
        refused("images", () -> GENERATE.imageBase64("data:image/png;base64,QUJD"));
        refused("images", () -> GENERATE.imageBase64("QU\nJD"));
        refused("images", () -> Message.user("x").imageBase64("***"));
        refused("images", () -> Message.user("x").imageBase64("QUI"));
    }

    private static void refused(String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(field);
    }

    @Test
    void requestsWithEqualDocumentsAreEqual() {
        assertThat(GENERATE.raw(true))
                .isEqualTo(GenerateRequest.of("m", "p").raw(true))
                .isNotEqualTo(GENERATE);
        assertThat(GENERATE.raw(true).with("raw", null)).isEqualTo(GENERATE).hasSameHashCodeAs(GENERATE);
        assertThat(GENERATE).hasToString("GenerateRequest{\"model\":\"m\",\"prompt\":\"p\"}");
        assertThat(LoadRequest.of("m")).isNotEqualTo(PullRequest.of("m"));
    }
}
