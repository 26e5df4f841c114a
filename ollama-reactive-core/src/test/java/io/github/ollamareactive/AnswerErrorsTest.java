// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Connection.Problem;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.ShowRequest;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.wire.CallResult;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that began and then fail: the error has its own type, and carries what had arrived. */
final class AnswerErrorsTest {
    private static final String BLUE = "{\"message\":{\"role\":\"assistant\",\"content\":\"Blue\"},\"done\":false}";
    private static final String SKY = "{\"message\":{\"role\":\"assistant\",\"content\":\" sky\"},\"done\":false}";
    private static final String DONE = "{\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true}";
    private static final ChatRequest CHAT = ChatRequest.of("m", Message.user("hi"));

    private final OllamaTestServer server = OllamaTestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private CallResult chat(Answer answer) {
        return chat(answer, UnaryOperator.identity());
    }

    private CallResult chat(Answer answer, UnaryOperator<OllamaClientConfig> change) {
        server.answer("POST", "/api/chat", answer);
        return CallResult.of(server, change, client -> client.chat(CHAT));
    }

    @Test
    void anErrorLineCarriesThePartialAnswer() {
        CallResult result = chat(Answer.ndjson(BLUE, SKY, "{\"error\":\"runner died\"}", DONE));
        OllamaException.Stream error = result.error(OllamaException.Stream.class);
        assertThat(error.serverMessage()).isEqualTo("runner died");
        assertThat(error.partial().text()).isEqualTo("Blue sky");
        assertThat(error.partial().events()).isEqualTo(2);
        assertThat(error.partial().stats().events()).isEqualTo(2);
        assertThat(error.partial().stats().characters()).isEqualTo(8);
        assertThat(result.events()).hasSize(2);
    }

    @Test
    void anEndWithoutDoneIsIncomplete() {
        OllamaException.Stream error = chat(Answer.ndjson(BLUE, SKY)).error(OllamaException.Stream.class);
        assertThat(error).hasMessageContaining("without done");
        assertThat(error.serverMessage()).isNull();
        assertThat(error.fragmentBytes()).isZero();
        assertThat(error.partial().text()).isEqualTo("Blue sky");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"message\":{\"content\":\"secret", "{\"done\":tru", "{", "{\"x\":\""})
    void anEndInMidLineIsIncompleteAndSaysHowLongTheFragmentIs(String fragment) {
        OllamaException.Stream error = chat(Answer.chunks((BLUE + "\n").getBytes(), fragment.getBytes()))
                .error(OllamaException.Stream.class);
        assertThat(error.fragmentBytes()).isEqualTo(fragment.length());
        assertThat(error.getMessage()).doesNotContain("secret");
        assertThat(error.partial().text()).isEqualTo("Blue");
    }

    @Test
    void aConnectionThatIsClosedInMidLineIsCut() {
        OllamaException.Connection cut = chat(Answer.chunks((BLUE + "\n{\"message\":").getBytes())
                        .thenClose())
                .error(OllamaException.Connection.class);
        assertThat(cut.problem()).isEqualTo(Problem.CUT);
        assertThat(cut.partial().text()).isEqualTo("Blue");
        assertThat(cut.getCause()).isNotNull();
        assertThat(cut.baseUrl()).isEqualTo(server.baseUrl());
    }

    @Test
    void aResetKeepsItsCause() {
        OllamaException.Connection reset = chat(Answer.chunks((BLUE + "\n{\"message\":").getBytes())
                        .thenReset())
                .error(OllamaException.Connection.class);
        assertThat(reset.problem()).isEqualTo(Problem.RESET);
        assertThat(reset.getCause()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<html>login</html>",
                "[1]",
                "42",
                "\"text\"",
                "{\"message\":{\"content\":42}}",
                "{\"message\":\"x\"}",
                "{\"done\":\"yes\"}",
                "{\"a\":1} x",
                "{\"a\":1}{\"b\":2}",
                "{bad}",
                "{\"done\":true,\"context\":[3000000000]}",
                "{\"done\":true,\"context\":[null]}",
                "{\"message\":{\"content\":\"x\"},\"done\":true,\"image\":\"***\"}",
                "{\"response\":\"x\",\"image\":\"***\"}"
            })
    void aMalformedLineIsNamedAndNeverSkipped(String line) {
        CallResult result = chat(Answer.ndjson(BLUE, line, DONE));
        OllamaException.Protocol error = result.error(OllamaException.Protocol.class);
        assertThat(error.line()).isEqualTo(2);
        assertThat(error.excerpt()).isEqualTo(line);
        assertThat(error.partial().text()).isEqualTo("Blue");
        assertThat(error.partial().events()).isEqualTo(1);
        assertThat(result.events()).hasSize(1);
    }

    @Test
    void theExcerptOfALineIsShort() {
        String line = "{bad " + "secret".repeat(100);
        assertThat(chat(Answer.ndjson(line))
                        .error(OllamaException.Protocol.class)
                        .excerpt())
                .hasSize(201);
    }

    @Test
    void withoutExcerptNoWordOfTheLineIsShown() {
        OllamaException.Protocol error = chat(Answer.ndjson("secret {bad"), config -> config.errorExcerptBytes(0))
                .error(OllamaException.Protocol.class);
        assertThat(error.excerpt()).isEmpty();
        assertThat(error.getMessage()).doesNotContain("secret");
        assertThat(error.getCause()).isNull();
    }

    @Test
    void aLineOverTheLimitIsRefused() {
        OllamaException.Protocol error = chat(
                        Answer.ndjson(BLUE, "{\"message\":{\"content\":\"" + "x".repeat(1000) + "\"}}"),
                        config -> config.maxLineBytes(500))
                .error(OllamaException.Protocol.class);
        assertThat(error).hasMessageContaining("500 bytes");
        assertThat(error.line()).isEqualTo(2);
        assertThat(error.partial().text()).isEqualTo("Blue");
    }

    @Test
    void aLineOfNineMegabytesPassesTheDefaultLimit() {
        CallResult result = chat(Answer.ndjson(BLUE.replace("Blue", "x".repeat(9_000_000)), DONE));
        assertThat(result.error()).isNull();
        assertThat(((GenerationEvent.Token) result.events().get(0)).text()).hasSize(9_000_000);
    }

    @Test
    void aNumberThatFitsNothingEndsTheCallOfADocumentToo() {
        server.answer(
                "POST",
                "/api/show",
                Answer.json(200, "{\"tensors\":[{\"name\":\"a\",\"type\":\"b\",\"shape\":[1e99999999999]}]}"),
                Answer.json(200, "{\"tensors\":[{\"name\":\"a\",\"type\":\"b\",\"shape\":[\"x\"]}]}"));
        try (OllamaClient client = OllamaClient.create(server.baseUrl())) {
            for (int i = 0; i < 2; i++) {
                assertThat(CallResult.of(client.show(ShowRequest.of("m"))).error(OllamaException.Protocol.class))
                        .hasMessageContaining("number");
            }
        }
    }

    @Test
    void anEmptyTimeIsNoTime() {
        CallResult result = chat(Answer.ndjson("{\"created_at\":\"\",\"done\":true}"));
        assertThat(result.error()).isNull();
        assertThat(((GenerationEvent.Done) result.events().get(0)).createdAt()).isNull();
    }

    @Test
    void aPullWithoutSuccessHasFailed() {
        server.answer("POST", "/api/pull", Answer.ndjson("{\"status\":\"pulling manifest\"}"));
        CallResult result = CallResult.of(server, client -> client.pull(PullRequest.of("m")));
        assertThat(result.events()).containsExactly(new ProgressEvent.Status("pulling manifest"));
        assertThat(result.error(OllamaException.Stream.class)).hasMessageContaining("without success");
    }
}
