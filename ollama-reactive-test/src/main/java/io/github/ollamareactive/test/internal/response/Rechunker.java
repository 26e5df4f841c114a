// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.response;

import io.github.ollamareactive.test.internal.http.Bytes;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntSupplier;

/** Divides the bytes of some pieces into pieces of other sizes. Creates each piece on demand. */
final class Rechunker implements Iterator<BodyPiece> {

    private final List<BodyPiece> originals;
    private final Bytes all;
    private final IntSupplier sizes;
    private int position;
    /** How many originals have had their waits moved to a new piece. */
    private int waited;
    /** Where the next of these originals begins. */
    private int nextStart;

    private Rechunker(List<BodyPiece> originals, Bytes all, IntSupplier sizes) {
        this.originals = originals;
        this.all = all;
        this.sizes = sizes;
    }

    static Iterable<BodyPiece> rechunk(List<BodyPiece> pieces, IntSupplier sizes) {
        Bytes all = Bytes.join(pieces.stream().map(BodyPiece::content).toList());
        return () -> new Rechunker(pieces, all, sizes);
    }

    @Override
    public boolean hasNext() {
        return position < all.size();
    }

    @Override
    public BodyPiece next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int from = position;
        position += Math.min(sizes.getAsInt(), all.size() - from);
        return withWaitsBefore(position, BodyPiece.of(all, from, position));
    }

    /** Adds the waits of all originals that begin before an index; the last piece takes all that are left. */
    private BodyPiece withWaitsBefore(int end, BodyPiece piece) {
        Duration gap = Duration.ZERO;
        Duration pause = Duration.ZERO;
        while (waited < originals.size() && (nextStart < end || end == all.size())) {
            BodyPiece original = originals.get(waited++);
            gap = gap.plus(original.gap());
            pause = pause.plus(original.pause());
            nextStart += original.size();
        }
        return piece.after(gap, pause);
    }
}
