// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntSupplier;

/** Walks over pieces as one run of bytes and gives pieces of other sizes, made as they are asked for. */
final class Rechunker implements Iterator<BodyPiece> {

    private final List<BodyPiece> pieces;
    private final Bytes all;
    private final IntSupplier sizes;
    private int position;
    private int begun;
    private int nextBorder;

    private Rechunker(List<BodyPiece> pieces, Bytes all, IntSupplier sizes) {
        this.pieces = pieces;
        this.all = all;
        this.sizes = sizes;
    }

    static Iterable<BodyPiece> of(List<BodyPiece> pieces, IntSupplier sizes) {
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
        BodyPiece next = BodyPiece.of(all, from, position);
        return withWaitsUpTo(position, next);
    }

    /** The waits of all originals that begin before this place and were not waited for yet; at the end those of all. */
    private BodyPiece withWaitsUpTo(int end, BodyPiece next) {
        Duration gap = Duration.ZERO;
        Duration pause = Duration.ZERO;
        while (begun < pieces.size() && (nextBorder < end || end == all.size())) {
            BodyPiece piece = pieces.get(begun++);
            gap = gap.plus(piece.gap());
            pause = pause.plus(piece.pause());
            nextBorder += piece.size();
        }
        return next.after(gap, pause);
    }
}
