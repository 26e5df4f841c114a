// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static io.github.ollamareactive.wire.WireRequests.GENERATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

/** Images in requests. */
final class ImageCasesTest {
    private static final byte[] ABC = "ABC".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path folder;

    private final OllamaTestServer server =
            OllamaTestServer.start().otherwise(request -> Answer.json(200, "{\"done\":true}"));

    @AfterEach
    void stop() {
        server.close();
    }

    private String sent(Function<OllamaClient, Flux<?>> call) {
        CallResult.of(server, call);
        return server.requests().get(server.requests().size() - 1).body();
    }

    private static String chatWithImage(String base64) {
        return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"q\",\"images\":[\"" + base64 + "\"]}]}";
    }

    @Test
    @DisplayName("W03 images of a message, from bytes, from a file, from Base64")
    void imagesOfAMessageAreSentInBase64() throws Exception {
        Path file = Files.write(folder.resolve("a.png"), ABC);
        for (Message message : List.of(
                Message.user("q").image(ABC),
                Message.user("q").image(file),
                Message.user("q").imageBase64("QUJD"))) {
            assertThat(sent(client -> client.chat(ChatRequest.of("m", message))))
                    .isEqualTo(chatWithImage("QUJD"));
        }
        byte[] large = new byte[10_000];
        assertThat(sent(client ->
                        client.chat(ChatRequest.of("m", Message.user("q").image(large)))))
                .isEqualTo(chatWithImage(Base64.getEncoder().encodeToString(large)));
        assertThat(server.requests()).allSatisfy(request -> {
            assertThat(request.header("Content-Length")).hasValue(String.valueOf(request.bodyBytes().length));
            assertThat(request.header("Transfer-Encoding")).isEmpty();
        });
    }

    @Test
    @DisplayName("W08 images of generate, from bytes, from a file, from Base64")
    void imagesOfGenerateAreSentInBase64() throws Exception {
        Path file = Files.write(folder.resolve("a.png"), ABC);
        assertThat(sent(client ->
                        client.generate(GENERATE.image(ABC).image(file).imageBase64("QUJD"))))
                .isEqualTo("{\"model\":\"m\",\"prompt\":\"p\",\"images\":[\"QUJD\",\"QUJD\",\"QUJD\"]}");
    }

    @Test
    @DisplayName("W09 an image that can't be sent is refused before anything is sent")
    void anImageThatCanNotBeSentIsRefusedBeforeAnythingIsSent() {
        Path none = folder.resolve("none.png");
        assertThatThrownBy(() -> GENERATE.image(none))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("none.png");
        assertThatThrownBy(() -> Message.user("q").image(none)).isInstanceOf(UncheckedIOException.class);
        for (String bad : List.of("data:image/png;base64,QUJD", "QU\nJD", "invalid!", "QUJ")) {
            assertThatThrownBy(() -> GENERATE.imageBase64(bad))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("images");
        }
        assertThat(server.connectionsAccepted()).isZero();
    }
}
