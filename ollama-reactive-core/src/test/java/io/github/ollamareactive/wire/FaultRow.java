// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import io.github.ollamareactive.test.Chunking;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * A fault that users met, and the exchange that shows it mended.
 *
 * @param number its number in the list of faults
 * @param says what it is about
 * @param recut whether it has to hold however the answer is cut
 * @param check makes the exchange and checks it
 */
record FaultRow(String number, String says, boolean recut, Check check) {

    /** An exchange whose answer is cut in a given way. */
    interface Check {
        void run(Chunking cuts) throws Exception;
    }

    /** A fault whose mend holds under every cut of the answer. */
    static FaultRow row(String number, String says, Check check) {
        return new FaultRow(number, says, true, check);
    }

    /** One in which the pieces of the answer are the case itself, or that isn't about answers. */
    static FaultRow once(String number, String says, Check check) {
        return new FaultRow(number, says, false, check);
    }

    static Stream<Arguments> underEveryCut(List<FaultRow> rows) {
        List<Chunking> all = EveryCut.Source.cuts().toList();
        return rows.stream()
                .flatMap(row -> (row.recut ? all : List.of(Chunking.asWritten()))
                        .stream().map(cuts -> Arguments.of(row, cuts)));
    }

    void run(Chunking cuts) {
        try {
            check.run(cuts);
        } catch (Throwable e) {
            // Reports name parameterised tests by their index: the message says which row it was.
            throw new AssertionError(this + ", " + cuts + ": " + e, e);
        }
    }

    @Override
    public String toString() {
        return number + " " + says;
    }
}
