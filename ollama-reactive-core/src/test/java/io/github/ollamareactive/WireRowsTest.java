// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.test.Chunking;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every row of the table of wire cases is tested, and once. */
final class WireRowsTest {
    private static List<WireCase> tested() {
        return Stream.of(FaultCasesTest.ROWS, WireRequestCasesTest.ROWS, StreamCasesTest.ROWS, ErrorCasesTest.ROWS)
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void everyRowIsTestedOnce() throws Exception {
        try (InputStream in = WireRowsTest.class.getResourceAsStream("/wire-cases.txt")) {
            List<String> numbers = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
            assertThat(numbers).hasSize(136).doesNotHaveDuplicates();
            assertThat(tested()).extracting(WireCase::number).containsExactlyInAnyOrderElementsOf(numbers);
        }
    }

    @Test
    void aTestIsNamedByItsRow() {
        assertThat(WireCase.underEveryCut(tested()))
                .allSatisfy(arguments -> {
                    assertThat(arguments.get()[0].toString()).matches("[FWSE][0-9]{1,2} .+");
                    assertThat(arguments.get()[1]).isInstanceOf(Chunking.class);
                })
                .extracting(arguments -> List.of(arguments.get()).toString())
                .doesNotHaveDuplicates();
    }
}
