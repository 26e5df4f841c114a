// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import io.github.ollamareactive.test.internal.response.ChunkPolicy;
import java.util.Random;

/**
 * The sizes of the pieces that an answer's body is written in. Each piece is flushed by itself; in a chunked body it is an
 * HTTP chunk of its own.
 *
 * <p>The bytes stay the same, only the boundaries change. A piece that spans a boundary of the original chunks is written at
 * the time of the later one. Answers from a stream ({@link Answer#endless}, {@link Answer#lines}) are divided line by line,
 * so that no bytes wait for the next line.
 */
public final class Chunking {

    private static final Chunking AS_WRITTEN = new Chunking("as written", ChunkPolicy.UNCHANGED);
    private static final Chunking ONE_BYTE = new Chunking("one byte at a time", ChunkPolicy.ofSizes(() -> () -> 1));
    private static final Chunking ALL_AT_ONCE =
            new Chunking("all at once", ChunkPolicy.ofSizes(() -> () -> Integer.MAX_VALUE));

    private static final int MAX_RANDOM_SIZE = 64;

    private final String name;
    private final ChunkPolicy policy;

    private Chunking(String name, ChunkPolicy policy) {
        this.name = name;
        this.policy = policy;
    }

    /**
     * The chunks as the answer defines them.
     *
     * @return the chunking
     */
    public static Chunking asWritten() {
        return AS_WRITTEN;
    }

    /**
     * Pieces of 1 to 64 bytes, which may divide characters and lines.
     *
     * @param seed equal seeds give the same answer equal boundaries
     * @return the chunking
     */
    public static Chunking random(long seed) {
        return new Chunking("random by seed " + seed, ChunkPolicy.ofSizes(() -> {
            Random random = new Random(seed);
            return () -> 1 + random.nextInt(MAX_RANDOM_SIZE);
        }));
    }

    /**
     * Each byte by itself.
     *
     * @return the chunking
     */
    public static Chunking oneByte() {
        return ONE_BYTE;
    }

    /**
     * The whole body in one piece.
     *
     * @return the chunking
     */
    public static Chunking allAtOnce() {
        return ALL_AT_ONCE;
    }

    ChunkPolicy policy() {
        return policy;
    }

    /** Names the kind and the seed, so that the display name of a parameterized test does. */
    @Override
    public String toString() {
        return name;
    }
}
