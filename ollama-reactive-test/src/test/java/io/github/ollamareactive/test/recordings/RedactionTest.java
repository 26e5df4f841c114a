// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.client.RawClient;
import io.github.ollamareactive.test.internal.http.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @TempDir
    Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/chat?api_key=S3CRET77",
                "/api/chat?model=m&access_token=S3CRET77&x=1",
                "/api/tags?key=S3CRET77#f",
                "{\"api_key\":\"S3CRET77\"}",
                "{\"options\":{\"Authorization\" : \"S3CRET77\"}}",
                "{\"hf_token\":\"S3CRET77\"}",
                "{\"password\":\"S3CRET77\\\"S3CRET77\"}",
                "{\"client-secret\":\"S3CRET77",
                "{\"arguments\":\"{\\\"apiKey\\\":\\\"S3CRET77\\\"}\"}",
                "{\"url\":\"https://user:S3CRET77@example.com/x\"}",
                "{\"content\":\"curl -H 'Authorization: Bearer S3CRET77'\"}",
                "{\"content\":\"Authorization: Basic dXNlcjS3CRET77==\"}",
                "{\"ä\":\"ö\",\"token\":\"S3CRET77\",\"after\":1}",
            })
    void h11CredentialsInTextsAreMaskedAtTheirLength(String text) {
        String redacted = Redaction.standard().text(text);
        assertThat(redacted).hasSameSizeAs(text).doesNotContain("S3CRET77").contains("********");
        assertThat(redacted.substring(0, 5)).isEqualTo(text.substring(0, 5));
        if (text.endsWith("}")) {
            assertThat(redacted).endsWith("}");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"logprobs\":[{\"token\":\" sky\",\"logprob\":-0.5,\"top_logprobs\":[{\"token\":\"a\",\"logprob\":-1}]}]}",
                "{\"max_tokens\":\"12\",\"key\":\"c major\",\"session\":\"morning\"}",
                "{\"content\":\"The basic understanding of a bearer certificate; the token is x\"}",
                "/api/chat?model=m&stream=true",
                "{\"content\":\"see https://example.com/a@b?page=2\"}",
            })
    void h11OrdinaryTextsStay(String text) {
        assertThat(Redaction.standard().text(text)).isEqualTo(text);
    }

    /** A long text with many escapes must not exhaust the stack, nor a chunk's end hide what begins before it. */
    @Test
    void h11ChunksKeepTheirSizes() {
        Bytes first = Bytes.of("{\"x\":\"" + "\\n".repeat(200_000) + "\",\"api_key\":\"S3C");
        Bytes second = Bytes.of("RET77\"}\n");
        List<RecordedChunk> chunks = Redaction.standard()
                .chunks(List.of(new RecordedChunk(Duration.ZERO, first), new RecordedChunk(Duration.ZERO, second)));
        assertThat(chunks.get(0).text()).hasSize(first.size()).endsWith("\"api_key\":\"***");
        assertThat(chunks.get(1).text()).isEqualTo("*****\"}\n");
    }

    @Test
    void h11MoreCanBeRedacted() {
        Redaction more = Redaction.standard()
                .andNames(name -> name.equals("x-tenant"))
                .andTexts(Pattern.compile("employee (\\d+)"));
        assertThat(more.text("{\"x-tenant\":\"acme\",\"q\":\"employee 4711\"}"))
                .isEqualTo("{\"x-tenant\":\"****\",\"q\":\"employee ****\"}");
        assertThat(more.headers(Map.of("X-Tenant", List.of("acme")))).isEmpty();
    }

    @Test
    void h11AFileHasNoCredentials() throws Exception {
        String secret = "S3CRET77";
        Answer answer =
                Answer.json(200, "{\"access_token\":\"" + secret + "\"}").header("Set-Cookie", "id=" + secret);
        try (OllamaTestServer server = OllamaTestServer.start().otherwise(request -> answer);
                RecordingProxy proxy = RecordingProxy.start(server.baseUrl(), folder);
                RawClient client = new RawClient(proxy.port())) {
            client.header("Ocp-Apim-Subscription-Key", secret)
                    .header("Authorization", "Bearer " + secret)
                    .header("Referer", "https://example.com/?token=" + secret + "&page=2");
            String body = client.send("POST", "/api/chat?api_key=" + secret, "{\"password\":\"" + secret + "\"}")
                    .receive()
                    .body()
                    .text();
            assertThat(body).contains(secret);
            assertThat(server.requests().get(0).body()).contains(secret);
            assertThat(server.requests().get(0).path()).contains(secret);
        }
        String recorded = Files.readString(folder.resolve("0001-chat.jsonl"));
        assertThat(recorded)
                .doesNotContain(secret)
                .doesNotContain("Ocp-Apim")
                .contains("https://example.com/?token=********&page=2");
        assertThat(Recording.read(folder.resolve("0001-chat.jsonl")).body())
                .isEqualTo("{\"access_token\":\"********\"}");
    }
}
