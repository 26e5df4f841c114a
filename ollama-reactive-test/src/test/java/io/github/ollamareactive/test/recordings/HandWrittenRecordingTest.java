// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Fault;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.client.RawClient;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recordings that somebody wrote, edited or broke. */
class HandWrittenRecordingTest {

    private static final String REQUEST = "{'request':{'method':'POST','path':'/api/chat','body':{'model':'m'}}}\n";
    private static final String RESPONSE = "{'response':{'status':200,'headers':{'Content-Length':'3'}}}\n";
    private static final String END = "{'end':{'how':'complete'}}\n";

    @TempDir
    Path folder = Path.of("");

    private Path file(String text) throws Exception {
        return Files.writeString(folder.resolve("mine.jsonl"), text.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "`` | line 0: the file ends without a \"request\" line",
                "R | line 1: the file ends without a \"response\" line",
                "RS | line 2: the file ends without an \"end\" line",
                "S | line 1: the first line must be \"request\"",
                "RR | line 2: there is a second \"request\" line",
                "RSS | line 3: there is a second \"response\" line",
                "RE | line 2: the line behind \"request\" must be \"response\"",
                "RSEE | line 4: nothing may follow the \"end\" line",
                "RS{'data':{'text':'a'} | line 3: this is not JSON",
                "RS{'date':{'text':'a'}} | line 3: a line must be an object with one of the fields",
                "RS[] | line 3: a line must be an object",
                "RS{'data':{}} | line 3: \"data\" needs a text \"text\", but has none",
                "RS{'data':{'text':7}} | line 3: \"data\" needs a text \"text\", but has 7",
                "RS{'data':{'base64':'?'}} | line 3: \"base64\" is not base64",
                "RS{'data':{'text':'a','atMs':'5 ms'}} | line 3: \"atMs\" must be a number of milliseconds",
                "R{'response':{'status':'OK'}} | line 2: \"response\" needs a \"status\" from 100 to 999, but has \"OK\"",
                "R{'response':{'status':200,'headers':[]}} | line 2: \"headers\" must be an object",
                "RS{'end':{}} | line 3: \"end\" needs a text \"how\"",
            })
    void h15ABrokenRecordingIsToldByFileAndLine(String lines, String message) throws Exception {
        Path file = file(expanded(lines));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recording.read(file))
                .withMessageContaining("mine is not a recording: " + file + ", line ")
                .withMessageContaining(message);
    }

    /** R, S and E at the beginning stand for the lines of request, response and end. */
    private static String expanded(String lines) {
        StringBuilder text = new StringBuilder();
        int i = 0;
        for (; i < lines.length() && "RSE".indexOf(lines.charAt(i)) >= 0; i++) {
            text.append(lines.charAt(i) == 'R' ? REQUEST : lines.charAt(i) == 'S' ? RESPONSE : END);
        }
        return text + lines.substring(i);
    }

    @Test
    void h15WhatIsMissingHasAUsualValue() throws Exception {
        Recording read = Recording.read(
                file("\ufeff" + REQUEST + "\n" + RESPONSE + "{'data':{'text':'abc','note':1}}\n\n" + END));
        assertThat(read.requestBody()).isEqualTo("{\"model\":\"m\"}");
        assertThat(read.reason()).isEqualTo("OK");
        assertThat(read.endedAt()).isEqualTo(Duration.ZERO);
        assertThat(read.body()).isEqualTo("abc");
    }

    @Test
    void h15TheLengthFollowsAnEditedText() throws Exception {
        for (String text : new String[] {"a", "abcdéf", ""}) {
            Recording edited = Recording.read(file(REQUEST + RESPONSE + "{'data':{'text':'" + text + "'}}\n" + END));
            RawClient.Response response = RawClient.post(Answer.of(edited), "/api/chat", "{}");
            assertThat(response.truncated()).isFalse();
            assertThat(response.body().text()).isEqualTo(text);
        }
        Recording cut =
                Recording.read(file(REQUEST + RESPONSE + "{'data':{'text':'abcdef'}}\n{'end':{'how':'cut: x'}}\n"));
        RawClient.Response response = RawClient.post(Answer.of(cut), "/api/chat", "{}");
        assertThat(response.truncated()).isTrue();
        assertThat(response.body().text()).isEqualTo("abcdef");
    }

    @Test
    void h16ARecordedResetIsAReset() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()
                        .answer(
                                "GET",
                                "/",
                                Answer.ndjson("abc").with(Fault.closeAt(9)).thenReset());
                RecordingProxy proxy = RecordingProxy.start(server.baseUrl(), folder);
                RawClient client = new RawClient(proxy.port()).get("/")) {
            client.readHead();
            Recording recorded = proxy.recordings().blockFirst(Duration.ofSeconds(20));
            assertThat(recorded.end()).isEqualTo("cut: reset");
        }
        Recording reset = Recording.read(folder.resolve("0001-root.jsonl"));
        try (OllamaTestServer server = OllamaTestServer.start().answer("GET", "/", Answer.of(reset));
                RawClient client = new RawClient(server).get("/")) {
            assertThatThrownBy(() -> {
                        client.readHead();
                        client.readChunk();
                        client.readChunk();
                    })
                    .isInstanceOf(SocketException.class);
        }
    }
}
