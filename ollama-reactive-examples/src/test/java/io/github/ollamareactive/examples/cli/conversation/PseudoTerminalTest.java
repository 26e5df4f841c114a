// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.Pace;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A conversation with the real program at a real terminal. */
class PseudoTerminalTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Answer ENDLESS = Answer.endless("{\"message\":{\"content\":\"and on \"},\"done\":false}")
            .pace(Pace.every(Duration.ofMillis(10)));

    @BeforeAll
    static void requirePseudoTerminal() {
        assumeTrue(
                PseudoTerminal.isSupported(), "needs Linux with /usr/bin/script, of Debian's util-linux or bsdutils");
    }

    private static JsonValue messages(OllamaTestServer server, int request) {
        JsonObject body =
                (JsonObject) JsonValue.parse(server.requests().get(request).body());
        JsonValue messages = body.get("messages");
        assertThat(messages).isNotNull();
        return messages;
    }

    @Test
    void stoppedAnswerDoesNotEndTheConversation() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.answer("POST", "/api/chat", ENDLESS, Answer.tokens("Fine", ", ", "thanks."), Answer.tokens("Bye."));
            try (PseudoTerminal terminal = new PseudoTerminal("xterm", "chat -m x --host " + server.baseUrl())) {
                terminal.await(">>> ");
                terminal.type("Tell me everything\r");
                terminal.await("and on and on ");
                terminal.type("\003");
                terminal.await("Stopped.");
                var exchange = server.exchange(0).block(TIMEOUT);
                assertThat(exchange).isNotNull();
                assertThat(exchange.clientGone().blockOptional(TIMEOUT)).isPresent();

                terminal.await(">>> ");
                terminal.type("/stats\r");
                terminal.await("0 messages");
                terminal.await("stopped");
                terminal.await(">>> ");
                terminal.type("How are you?\r");
                terminal.await("Fine, thanks.");
                terminal.await(">>> ");
                terminal.type("/stats\r");
                terminal.await("2 messages");
                terminal.await("last answer: ");
                terminal.await(">>> ");
                terminal.type("What else?\r");
                terminal.await("Bye.");
                terminal.await(">>> ");
                terminal.type("/bye\r");
                assertThat(terminal.exitCode()).isZero();
            }
            assertThat(messages(server, 1)).hasToString("[{\"role\":\"user\",\"content\":\"How are you?\"}]");
            assertThat(messages(server, 2))
                    .hasToString("[{\"role\":\"user\",\"content\":\"How are you?\"},"
                            + "{\"role\":\"assistant\",\"content\":\"Fine, thanks.\"},"
                            + "{\"role\":\"user\",\"content\":\"What else?\"}]");
        }
    }

    @Test
    void linesAreEditedAndRecalled() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.answer("POST", "/api/chat", Answer.tokens("One."), Answer.tokens("Two."));
            try (PseudoTerminal terminal = new PseudoTerminal("xterm", "chat -m x --host " + server.baseUrl())) {
                terminal.await(">>> ");
                terminal.type("Helo\033ODl\r"); // the left arrow, in the application mode of xterm
                terminal.await("One.");
                terminal.await(">>> ");
                terminal.type("\033OA again\r"); // the up arrow
                terminal.await("Two.");
                terminal.await(">>> ");
                terminal.type("dropped\003");
                terminal.await(">>> ");
                terminal.type("\003");
                assertThat(terminal.exitCode()).isZero();
            }
            assertThat(messages(server, 1))
                    .hasToString("[{\"role\":\"user\",\"content\":\"Hello\"},"
                            + "{\"role\":\"assistant\",\"content\":\"One.\"},"
                            + "{\"role\":\"user\",\"content\":\"Hello again\"}]");
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void dumbTerminalIsSupported() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()) {
            server.answer("POST", "/api/chat", ENDLESS);
            try (PseudoTerminal terminal = new PseudoTerminal("dumb", "chat -m x --host " + server.baseUrl())) {
                terminal.await(">>> ");
                terminal.type("Tell me everything\r");
                terminal.await("and on and on ");
                terminal.type("\003");
                terminal.await("Stopped.");
                terminal.await(">>> ");
                terminal.type("/bye\r");
                assertThat(terminal.exitCode()).isZero();
            }
        }
    }

    @Test
    void endOfInputExits() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start();
                PseudoTerminal terminal = new PseudoTerminal("xterm", "chat -m x --host " + server.baseUrl())) {
            terminal.await(">>> ");
            terminal.type("\004");
            assertThat(terminal.exitCode()).isZero();
        }
    }
}
