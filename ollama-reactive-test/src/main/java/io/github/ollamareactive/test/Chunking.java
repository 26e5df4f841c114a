// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the body of an answer is cut anew. Every piece is flushed by itself, in a chunked answer as an HTTP chunk of its own.
 *
 * <p>The bytes stay what they are; only the borders move. A piece that reaches over the border of an original chunk waits
 * for the later of the two. Answers that never end ({@link Answer#endless}, {@link Answer#lines}) are cut line by line,
 * nothing being held back.
 */
public final class Chunking {

    private static final Chunking AS_WRITTEN = new Chunking("as written", null);
    private static final Chunking ONE_BYTE = new Chunking("one byte at a time", () -> () -> 1);
    private static final Chunking ALL_AT_ONCE = new Chunking("all at once", () -> () -> Integer.MAX_VALUE);

    private static final int MOST = 64;

    private final String name;
    private final @Nullable Supplier<IntSupplier> sizes;

    private Chunking(String name, @Nullable Supplier<IntSupplier> sizes) {
        this.name = name;
        this.sizes = sizes;
    }

    /**
     * The original borders.
     *
     * @return the cuts
     */
    public static Chunking asWritten() {
        return AS_WRITTEN;
    }

    /**
     * Pieces of 1 to 64 bytes, without regard to characters and lines.
     *
     * @param seed the same seed cuts the same answer in the same places
     * @return the cuts
     */
    public static Chunking random(long seed) {
        return new Chunking("random by seed " + seed, () -> {
            Random random = new Random(seed);
            return () -> 1 + random.nextInt(MOST);
        });
    }

    /**
     * Every byte by itself.
     *
     * @return the cuts
     */
    public static Chunking oneByte() {
        return ONE_BYTE;
    }

    /**
     * The whole body in one piece.
     *
     * @return the cuts
     */
    public static Chunking allAtOnce() {
        return ALL_AT_ONCE;
    }

    /** A knife for one answer, which keeps its place in the sequence of random sizes. */
    Knife knife() {
        if (sizes == null) {
            return pieces -> pieces;
        }
        IntSupplier next = sizes.get();
        return pieces -> Rechunker.of(pieces, next);
    }

    interface Knife {
        Iterable<BodyPiece> cut(List<BodyPiece> pieces);
    }

    /** Tells the kind, and the seed of random cuts, so that a failing test names them. */
    @Override
    public String toString() {
        return name;
    }
}
