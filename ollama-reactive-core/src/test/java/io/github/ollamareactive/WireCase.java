// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import io.github.ollamareactive.test.Chunking;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * A row of the table of wire cases.
 *
 * @param number its number in the table
 * @param says what it is about
 * @param recut whether it has to hold however the answer is cut
 * @param check makes the exchange and checks it
 */
record WireCase(String number, String says, boolean recut, Check check) {

    /** An exchange whose answer is cut in a given way. */
    interface Check {
        void run(Chunking cuts) throws Exception;
    }

    /** A row that holds under every cut of the answer. */
    static WireCase row(String number, String says, Check check) {
        return new WireCase(number, says, true, check);
    }

    /** A row in which the pieces of the answer are the case itself, or that isn't about answers. */
    static WireCase once(String number, String says, Check check) {
        return new WireCase(number, says, false, check);
    }

    /** Each row under each cut. The seed of random ones stands in the test's name. */
    static Stream<Arguments> underEveryCut(List<WireCase> rows) {
        long seed = System.nanoTime();
        List<Chunking> all = Stream.concat(
                        Stream.of(Chunking.asWritten(), Chunking.allAtOnce(), Chunking.oneByte()),
                        Stream.of(seed, seed + 1, seed + 2).map(Chunking::random))
                .toList();
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
