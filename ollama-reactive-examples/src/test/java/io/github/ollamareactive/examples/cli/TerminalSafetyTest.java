// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Generation;
import io.github.ollamareactive.test.OllamaTestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** F10: what a model, a server or a file says can't control the terminal; a pipe gets every byte. */
class TerminalSafetyTest {
    /** A colour, a title by OSC 0, the clipboard by OSC 52, a bell, C1's CSI, a carriage return that overwrites. */
    private static final String EVIL =
            "a\u001b[31mb\u001b]0;t\u0007c\u001b]52;c;aGk=\u001b\\d\u009b2Je\rf\u0000g\u007f";

    private final OllamaTestServer server = OllamaTestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private void serverSays(String text) {
        server.answer(
                "POST",
                "/api/chat",
                Generation.create().tokens(text, "\n", "end\tof it\r\n").answer());
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) && c != '\n' && c != '\t';
    }

    @Test
    void f10AnAnswerOnATerminalShowsItsControlCharacters() {
        serverSays(EVIL);
        String out = new TestProgram()
                .outIsTerminal()
                .run(server, "chat", "-m", "m", "hi", "--no-stats")
                .out();
        assertThat(out).startsWith("a␛[31mb␛]0;t␇c␛]52;c;aGk=␛\\d�2Je␍f␀g␡\nend\tof it\r\n");
        assertThat(out.replace("\r\n", "\n").chars().filter(TerminalSafetyTest::isControl))
                .isEmpty();
    }

    @Test
    void f10APipeGetsEveryByte() {
        serverSays(EVIL);
        assertThat(new TestProgram()
                        .run(server, "chat", "-m", "m", "hi", "--no-stats")
                        .out())
                .startsWith(EVIL + "\n");
    }

    @Test
    void f10NamesOfModelsAreShownLikewise() {
        server.answer(
                "GET", "/api/tags", Answer.json(200, "{\"models\":[{\"name\":\"x\\u001b[2J\\u009d\",\"size\":1}]}"));
        assertThat(new TestProgram().outIsTerminal().run(server, "list").out())
                .contains("x␛[2J�")
                .doesNotContain("\u001b", "\u009d");
    }

    /** What the program itself draws stays as it is. */
    @Test
    void f10ThinkingIsStillDimmed() {
        server.answer(
                "POST",
                "/api/chat",
                Generation.create().thinking("h\u001bm").tokens("a").answer());
        assertThat(new TestProgram()
                        .outIsTerminal()
                        .run(server, "chat", "-m", "m", "hi", "--no-stats")
                        .out())
                .startsWith("\u001b[2mh␛m\u001b[0m\na");
    }
}
