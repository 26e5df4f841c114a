// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.recordings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.ollamareactive.test.internal.http.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {

    @TempDir
    Path folder = Path.of("");

    @Test
    void theIndexNamesEveryRecording() throws Exception {
        Path index = Path.of(
                Objects.requireNonNull(Recording.class.getResource("index")).toURI());
        try (Stream<Path> files = Files.list(Objects.requireNonNull(index.getParent()))) {
            assertThat(Recording.bundledNames())
                    .isSorted()
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> name.endsWith(".jsonl"))
                                    .map(name -> name.replace(".jsonl", ""))
                                    .toList());
        }
    }

    @Test
    void aWrittenRecordingReadsTheSame() {
        List<Recording> all =
                Recording.bundledNames().stream().map(Recording::bundled).toList();
        all.forEach(recording -> recording.write(folder.resolve(recording.name() + ".jsonl")));

        assertThat(Recording.readAll(folder)).isEqualTo(all);
    }

    @Test
    void aRecordingHasTheDataOfItsExchange() {
        Recording killed = Recording.bundled("chat-server-killed");
        assertThat(killed.method()).isEqualTo("POST");
        assertThat(killed.path()).isEqualTo("/api/chat");
        assertThat(killed.requestHeaders()).containsEntry("User-Agent", List.of("curl/7.88.1"));
        assertThat(killed.requestBody()).startsWith("{\"model\":\"gemma3:270m\"");
        assertThat(killed.header("content-type")).isEqualTo("application/x-ndjson");
        assertThat(killed.respondedAt()).isEqualTo(Duration.ofNanos(1_780_600_000));
        assertThat(killed.endedAt()).isEqualTo(Duration.ofNanos(2_987_300_000L));
        assertThat(killed.chunks()).hasSize(18);
        assertThat(killed.chunks().get(1).at()).isEqualTo(Duration.ofNanos(1_854_400_000));
        assertThat(killed.chunks().get(1).text()).contains("\"content\":\"I\"").endsWith("}\n");
        assertThat(killed.body()).hasLineCount(18);
        assertThat(killed.end()).isEqualTo("cut: IncompleteReadError");
        assertThat(killed.complete()).isFalse();
        assertThat(Recording.bundled("generate-empty-body").requestBody()).isNull();
        assertThat(Recording.bundled("chat-demo").complete()).isTrue();
    }

    @Test
    void binaryIsWrittenInBase64AndALongBodyAsItsLength() throws IOException {
        Bytes binary = Bytes.of((byte) 0xc3, (byte) 0x28);
        Recording recording = new Recording(
                "binary",
                new RecordedExchange(
                        new RecordedExchange.Request("POST", "/x", Map.of("A", List.of("1", "2")), binary, null),
                        new RecordedExchange.Response(Duration.ZERO, 200, "OK", Map.of()),
                        List.of(new RecordedChunk(Duration.ofMillis(1), binary)),
                        new RecordedExchange.End(Duration.ofMillis(2), "complete")));
        Path file = folder.resolve("binary.jsonl");
        recording.write(file);
        assertThat(Files.readString(file)).contains("\"body\":{\"base64\":\"wyg=\"}", "\"base64\":\"wyg=\"}}");
        assertThat(Recording.read(file)).isEqualTo(recording);

        String shortened = Files.readString(file).replace("\"body\":{\"base64\":\"wyg=\"}", "\"bodyBytes\":70000");
        Files.writeString(file, shortened);
        Recording.read(file).write(file);
        assertThat(file).hasContent(shortened);
        assertThat(Recording.read(file).requestBody()).isNull();
    }

    @Test
    void invalidRecordingsAreRefusedByName() throws IOException {
        Path file = Files.writeString(folder.resolve("broken.jsonl"), "{\"request\":{}}\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recording.read(file))
                .withMessageStartingWith("broken is not a recording: ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Recording.bundled("no-such"))
                .withMessageContaining("'no-such'")
                .withMessageContaining("chat-demo");
    }
}
