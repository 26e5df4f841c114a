// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.response;

import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Decides the size of the pieces that a body is written in. */
public final class ChunkPolicy {

    /** Leaves the pieces as they are. */
    public static final ChunkPolicy UNCHANGED = new ChunkPolicy(null);

    private final @Nullable Supplier<IntSupplier> sizes;

    private ChunkPolicy(@Nullable Supplier<IntSupplier> sizes) {
        this.sizes = sizes;
    }

    /**
     * Gives each piece a size.
     *
     * @param sizes called once for each body; the result is called for the size of each piece
     */
    public static ChunkPolicy ofSizes(Supplier<IntSupplier> sizes) {
        return new ChunkPolicy(sizes);
    }

    /** Starts one body. The result keeps its place in the sequence of sizes from one group of pieces to the next. */
    Cutter start() {
        if (sizes == null) {
            return pieces -> pieces;
        }
        IntSupplier next = sizes.get();
        return pieces -> Rechunker.rechunk(pieces, next);
    }

    /** Cuts one group of pieces after the other. */
    interface Cutter {
        Iterable<BodyPiece> cut(List<BodyPiece> pieces);
    }
}
