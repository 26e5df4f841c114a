// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import io.github.ollamareactive.test.Chunking;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Gives a parameterised test each way to cut an answer. The seed of a random one stands in the test's name. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@MethodSource("io.github.ollamareactive.wire.EveryCut$Source#cuts")
@interface EveryCut {

    /** The cuts: three fixed ones, and three that are random. */
    final class Source {
        private Source() {}

        static Stream<Chunking> cuts() {
            long seed = System.nanoTime();
            return Stream.concat(
                    Stream.of(Chunking.asWritten(), Chunking.allAtOnce(), Chunking.oneByte()),
                    Stream.of(seed, seed + 1, seed + 2).map(Chunking::random));
        }
    }
}
