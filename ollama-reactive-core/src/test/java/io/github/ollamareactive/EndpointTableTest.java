// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** The README's table lists every endpoint, and each is shown by a recording or a sample of an answer. */
final class EndpointTableTest {
    private static final Path TESTS = Path.of("src/test/java/io/github/ollamareactive");

    private static Set<String> methods() {
        return Arrays.stream(OllamaClient.class.getMethods())
                .filter(m -> Modifier.isAbstract(m.getModifiers()) && m.getReturnType() == Flux.class)
                .map(Method::getName)
                .collect(Collectors.toSet());
    }

    @Test
    void everyMethodStandsInTheReadmesTable() throws Exception {
        List<String> rows = Files.readAllLines(Path.of("..", "README.md")).stream()
                .filter(line -> line.matches("\\| `(GET|HEAD|POST|DELETE) /.*"))
                .toList();
        assertThat(methods()).hasSizeGreaterThan(20);
        for (String method : methods()) {
            assertThat(rows)
                    .as("a row for %s", method)
                    .anyMatch(row -> row.split("\\|")[2].contains("`" + method + "`"));
        }
    }

    @Test
    void everyMethodIsCalledByARecordingOrASample() throws Exception {
        String recordings = Files.readString(TESTS.resolve("wire/RecordingsTest.java"));
        String samples = Files.readString(TESTS.resolve("ResponseFieldCoverageTest.java"));
        for (String method : methods()) {
            assertThat(List.of(recordings, samples))
                    .as("a recording or sample for %s", method)
                    .anyMatch(source -> source.matches("(?s).*(client\\.|OllamaClient::)" + method + "\\b.*"));
        }
    }
}
