// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.cli.TestProgram.Result;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.Pace;
import io.github.ollamareactive.test.ReplayRule;
import io.github.ollamareactive.test.recordings.Recording;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The output for people of the commands that generate text, list models, load and pull. */
class HumanOutputTest {
    private static final String THINKING = "{\"message\":{\"thinking\":\"Let me see.\"},\"done\":false}";
    private static final String TOKEN = "{\"message\":{\"content\":\"Blue.\"},\"done\":false}";
    private static final String CALL = """
            {"message":{"content":"","tool_calls":[{"function":{"name":"f","arguments":{"b":1,"a":"x"}}}]},"done":false}""";
    private static final String DONE = "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\"}";

    private final OllamaTestServer server = OllamaTestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private Result chat(TestProgram program, String... lines) {
        server.answer("POST", "/api/chat", Answer.ndjson(lines));
        return program.run(server, "chat", "-m", "x", "Hi");
    }

    @Test
    void i9AnswerGoesToStdoutAndTheStatsExplainThemselves() {
        server.replay(Recording.bundled("chat-demo")).replayBy(ReplayRule.anyBody());
        Result result = new TestProgram().run(server, "chat", "Why is the sky blue?", "-m", "gemma3:270m");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out().strip())
                .startsWith("The blue light is a mixture")
                .endsWith("the sun looks orange or red.");
        assertThat(result.out()).endsWith("red.\n");
        assertThat(result.err())
                .matches("107 tokens, first token after \\d+\\.\\d\\d s, \\d+\\.\\d\\d s in all:"
                        + " 14\\.4 tokens/s, enough for background summarization\n");
    }

    @Test
    void statsCanBeTurnedOff() {
        server.replay(Recording.bundled("chat-demo")).replayBy(ReplayRule.anyBody());
        assertThat(new TestProgram()
                        .run(server, "chat", "Hi", "-m", "x", "--no-stats")
                        .err())
                .isEmpty();
    }

    @Test
    void absentStatsAreOmitted() {
        assertThat(chat(new TestProgram(), TOKEN, DONE).err())
                .matches("first token after \\d\\.\\d\\d s, \\d\\.\\d\\d s in all\n");
    }

    @Test
    void lengthLimitIsReported() {
        String doneByLength = DONE.replace("stop", "length");
        assertThat(chat(new TestProgram(), TOKEN, doneByLength).err()).contains("cut at its length limit");
    }

    @Test
    void i8ThinkingGoesToStderrInAPipeAndIsMarkedInWords() {
        server.answer("POST", "/api/chat", Answer.ndjson(THINKING, TOKEN, DONE));
        Result result = new TestProgram().run(server, "chat", "-m", "x", "Hi", "--no-stats");
        assertThat(result.out()).isEqualTo("Blue.\n");
        assertThat(result.err()).isEqualTo("Thinking...\nLet me see.\n...done thinking.\n\n");
    }

    @Test
    void i12ThinkingIsWrappedWhereOnlyStderrIsATerminal() {
        String thinking = THINKING.replace("Let me see.", "Let me see, said the blind man.");
        assertThat(chat(new TestProgram().errIsTerminal().columns(20), thinking, TOKEN, DONE)
                        .err())
                .startsWith("Thinking...\nLet me see, said the\nblind man.\n...done thinking.\n\n");
    }

    @Test
    void thinkingIsDimmedOnATerminal() {
        assertThat(chat(new TestProgram().outIsTerminal(), THINKING, TOKEN, DONE)
                        .out())
                .isEqualTo("\u001b[2mLet me see.\u001b[0m\nBlue.\n");
    }

    @Test
    void i8NoColorMarksThinkingInWords() {
        TestProgram program = new TestProgram().outIsTerminal().variable("NO_COLOR", "1");
        assertThat(chat(program, THINKING, TOKEN, DONE).out())
                .isEqualTo("Thinking...\nLet me see.\n...done thinking.\n\nBlue.\n");
    }

    @Test
    void tokenRateIsDrawnOnATerminal() {
        Recording recording = Recording.bundled("chat-demo");
        server.answer("POST", "/api/chat", Answer.of(recording).pace(Pace.scaled(0.05)));
        assertThat(new TestProgram()
                        .errIsTerminal()
                        .run(server, "chat", "Hi", "-m", "x")
                        .err())
                .matches("(?s)107 tokens, first token after .*: 14\\.4 tokens/s\\s[▁▂▃▅▇]{5,16},\\senough .*\n");
    }

    @Test
    void toolCallIsPrintedOnItsOwnLine() {
        assertThat(chat(new TestProgram(), TOKEN, CALL, CALL, DONE).out())
                .isEqualTo("Blue.\ncall f {\"b\":1,\"a\":\"x\"}\ncall f {\"b\":1,\"a\":\"x\"}\n");
    }

    @Test
    void listHasTheColumnsOfOllama() {
        server.replay(Recording.bundled("models-list")).replayBy(ReplayRule.anyBody());
        assertThat(new TestProgram().run(server, "list").lines())
                .hasSize(8)
                .startsWith(
                        "NAME                 ID              SIZE      MODIFIED",
                        "mario:latest         95450fe47100    253 MB    2 hours ago")
                .contains("all-minilm:22m       6cf97aa9ab2e    45 MB     2 hours ago");
    }

    @Test
    void remoteModelHasNoSize() {
        server.answer(
                "GET",
                "/api/tags",
                Answer.json(200, "{\"models\":[{\"name\":\"big\",\"size\":382,\"remote_model\":\"big\"}]}"));
        assertThat(new TestProgram().run(server, "list").lines())
                .containsExactly("NAME    ID    SIZE    MODIFIED", "big           -");
    }

    @Test
    void psPrintsProcessorAndExpiry() {
        server.answer("GET", "/api/ps", Answer.json(200, """
                        {"models":[
                        {"name":"cpu","digest":"b60a9b8d71aa52d1","size":2019393189,"size_vram":0,"context_length":4096,
                         "expires_at":"2026-11-23T10:40:00Z"},
                        {"name":"gpu","digest":"b60a9b8d71aa52d1","size":100,"size_vram":100,"expires_at":"2318-01-01T00:00:00Z"},
                        {"name":"both","digest":"b60a9b8d71aa52d1","size":100,"size_vram":52,"expires_at":"2026-11-23T10:35:00Z"}]}"""));
        assertThat(new TestProgram().run(server, "ps").lines())
                .containsExactly(
                        "NAME    ID              SIZE      PROCESSOR          CONTEXT    UNTIL",
                        "cpu     b60a9b8d71aa    2.0 GB    100% CPU           4096       4 minutes from now",
                        "gpu     b60a9b8d71aa    100 B     100% GPU                      Forever",
                        "both    b60a9b8d71aa    100 B     48%/52% CPU/GPU               Stopping...");
    }

    @Test
    void pullPrintsALineForEachChangeOfStatus() {
        server.replay(Recording.bundled("pull-stream")).replayBy(ReplayRule.anyBody());
        assertThat(new TestProgram().run(server, "pull", "x").lines())
                .containsExactly(
                        "pulling manifest",
                        "pulling a5fd3b62230a",
                        "pulling 00ac79ef91f8",
                        "pulling f4dadcecf0af",
                        "pulling 786103c86d48",
                        "verifying sha256 digest",
                        "writing manifest",
                        "success");
    }

    @Test
    void pullRedrawsOneLineOnATerminal() {
        server.replay(Recording.bundled("pull-stream")).replayBy(ReplayRule.anyBody());
        String out = new TestProgram().outIsTerminal().run(server, "pull", "x").out();
        assertThat(out.lines()).hasSize(219); // 218 redrawn lines, and the empty text before the first one
        assertThat(out).startsWith("\r\u001b[Kpulling manifest\r\u001b[K").endsWith("253 MB/253 MB\n");
        assertThat(out.chars().filter(c -> c == '\n')).hasSize(1);
        assertThat(out).contains("pulling a5fd3b62230a  11% ██░░░░░░░░░░░░░░░░░░ 28 MB/253 MB");
    }

    @Test
    void loadStopVersionAndPingPrintTheirResult() {
        server.answer("POST", "/api/generate", Answer.ndjson("{\"done\":true,\"done_reason\":\"load\"}"))
                .answer("GET", "/api/version", Answer.json(200, "{\"version\":\"0.24.0\"}"))
                .answer("HEAD", "/", Answer.of(200));
        assertThat(new TestProgram().run(server, "load", "x").out()).isEqualTo("x is loaded\n");
        assertThat(new TestProgram().run(server, "stop", "x").out()).isEqualTo("x is unloaded\n");
        assertThat(new TestProgram().run(server, "version").out()).isEqualTo("0.24.0\n");
        assertThat(new TestProgram().run(server, "ping").out())
                .isEqualTo("Ollama at " + server.baseUrl() + " answers\n");
    }
}
