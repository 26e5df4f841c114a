// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.client.RawClient;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every HTTP server does, and what it does for old clients. */
class HttpTest {

    @Test
    void h16ResponsesHaveADateUnlessTheTestGivesOne() throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start()
                        .answer("GET", "/", Answer.tokens("a"), Answer.of(204), Errors.overloaded())
                        .answer("GET", "/dated", Answer.of(200).header("date", "yesterday"));
                RawClient client = new RawClient(server)) {
            for (int i = 0; i < 3; i++) {
                String date = client.get("/").receive().head().headers().get("Date");
                assertThat(date).matches("\\w{3}, \\d\\d? \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT");
                Instant time = ZonedDateTime.parse(Objects.requireNonNull(date), DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                assertThat(Duration.between(time, Instant.now()).abs()).isLessThan(Duration.ofMinutes(2));
            }
            assertThat(client.get("/dated").receive().head().headers())
                    .containsEntry("date", "yesterday")
                    .doesNotContainKey("Date");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Connection: keep-alive\r\n"})
    void h16AnOldClientGetsNoChunks(String header) throws Exception {
        try (OllamaTestServer server = OllamaTestServer.start().answer("GET", "/", Answer.ndjson("a", "b"));
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(("GET / HTTP/1.0\r\n" + header + "\r\n").getBytes(UTF_8));
            String response = new String(socket.getInputStream().readAllBytes(), UTF_8);
            assertThat(response)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .doesNotContainIgnoringCase("Transfer-Encoding")
                    .endsWith("\r\n\r\na\nb\n");
            Matcher connection = Pattern.compile("(?i)connection: (\\S+)").matcher(response);
            assertThat(connection.find()).isTrue();
            assertThat(connection.group(1)).isEqualTo("close");
        }
    }
}
