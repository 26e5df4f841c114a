// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.test.client.RawClient;
import java.time.Duration;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The conditions of requests, each with a body that meets it and one that does not. */
class MatchersTest {

    private static Arguments condition(Expected expected, String matching, String other, String difference) {
        return Arguments.of(expected, matching, other, difference);
    }

    static Stream<Arguments> conditions() {
        Expected chat = Expected.chat();
        return Stream.of(
                condition(
                        chat.model("m"),
                        "{\"model\":\"m:latest\"}",
                        "{\"model\":\"m:1b\"}",
                        "model: expected \"m\" but was \"m:1b\""),
                condition(
                        chat.model("m:latest"),
                        "{\"name\":\"m\"}",
                        "{\"name\":\"\"}",
                        "model: expected \"m:latest\" but was \"\""),
                condition(
                        chat.model("m"),
                        "{\"model\":\"\",\"name\":\"M\"}",
                        "[]",
                        "model: expected \"m\" but was absent"),
                condition(
                        chat.promptContains("sky"),
                        "{\"prompt\":\"the sky.\"}",
                        "{\"prompt\":\"the sea\"}",
                        "prompt: expected one that contains \"sky\" but was \"the sea\""),
                condition(
                        chat.lastUserMessageContains("sky"),
                        "{\"messages\":[{\"role\":\"User\",\"content\":\"the sky\"},{\"role\":\"assistant\",\"content\":\"\"}]}",
                        "{\"messages\":[{\"role\":\"system\",\"content\":\"sky\"}]}",
                        "last user message: expected one that contains \"sky\" but was absent"),
                condition(
                        chat.lastUserMessageMatches("^the (sky|sea)$"),
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"the sea\"}]}",
                        "{\"messages\":[{\"role\":\"user\",\"content\":\"the seaside\"}]}",
                        "last user message: expected one that matches /^the (sky|sea)$/ but was \"the seaside\""),
                condition(
                        chat.fieldMatches("/options/stop/0", "[0-9]+"),
                        "{\"options\":{\"stop\":[\"a1\"]}}",
                        "{\"options\":{\"stop\":[1]}}",
                        "options/stop/0: expected one that matches /[0-9]+/ but was 1"),
                condition(
                        chat.systemMessage("Be brief"),
                        "{\"messages\":[{\"role\":\"system\",\"content\":\"Be brief\"},{\"role\":\"user\"}]}",
                        "{\"messages\":[],\"system\":\"Be brief\"}",
                        "system message: expected \"Be brief\" but was absent"),
                condition(
                        chat.systemMessageContains("brief"),
                        "{\"system\":\"Be brief\"}",
                        "{\"system\":null}",
                        "system message: expected one that contains \"brief\" but was null"),
                condition(
                        chat.tool("time"),
                        "{\"tools\":[{\"function\":{\"name\":\"a\"}},{\"function\":{\"name\":\"time\"}}]}",
                        "{\"tools\":[{\"function\":{\"name\":\"a\"}}]}",
                        "expected a tool time but the tools are [a]"),
                condition(
                        chat.picture(),
                        "{\"messages\":[{\"images\":[]},{\"images\":[\"AAAA\"]}]}",
                        "{\"messages\":[{\"images\":[]}]}",
                        "expected a picture but there is none"),
                condition(chat.picture(), "{\"images\":[\"AAAA\"]}", "{}", "expected a picture but there is none"),
                condition(
                        chat.keepAlive(Duration.ofMinutes(5)),
                        "{\"keep_alive\":\"5m\"}",
                        "{\"keep_alive\":\"5s\"}",
                        "keep_alive: expected 300 but was \"5s\""),
                condition(
                        chat.keepAlive(Duration.ofMillis(1500)),
                        "{\"keep_alive\":1.50}",
                        "{}",
                        "keep_alive: expected 1.5 but was absent"),
                condition(
                        chat.keepAlive(Duration.ofSeconds(-1)),
                        "{\"keep_alive\":\"-1m\"}",
                        "{\"keep_alive\":0}",
                        "keep_alive: expected -1 but was 0"),
                condition(
                        chat.keepAlive(Duration.ZERO),
                        "{\"keep_alive\":\"0s\"}",
                        "{\"keep_alive\":null}",
                        "keep_alive: expected 0 but was null"));
    }

    @ParameterizedTest
    @MethodSource
    void conditions(Expected expected, String matching, String other, String difference) throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start().expect(expected, Answer.of(200));
                RawClient client = new RawClient(server)) {
            assertThat(client.send("POST", "/api/chat", other).receive().head().status())
                    .isEqualTo(501);
            assertThatThrownBy(server::verify).hasMessageContaining("\n      " + difference + "\n");
            assertThat(client.send("POST", "/api/chat", matching)
                            .receive()
                            .head()
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aWrongRegularExpressionIsRefusedAtOnce() {
        assertThatThrownBy(() -> Expected.chat().fieldMatches("model", "(")).isInstanceOf(PatternSyntaxException.class);
    }
}
