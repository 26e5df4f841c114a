// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;

/** The body of an answer: pieces that are all known, or pieces that come as they come. */
interface Content {

    Framing framing();

    /** The pieces, in groups: all of them, or one group for each that comes. The next is asked for when one is written. */
    Flux<Iterable<Piece>> cut(Chunking cuts);

    Content edited(Edit edit);

    record Known(Framing framing, List<Piece> pieces) implements Content {

        static Known of(Framing framing, List<Bytes> pieces) {
            return new Known(
                    framing,
                    pieces.stream()
                            .filter(bytes -> bytes.size() > 0)
                            .map(Piece::of)
                            .toList());
        }

        static Known of(Recording recording) {
            List<Piece> pieces = new ArrayList<>();
            Duration before = recording.respondedAt();
            for (Recording.Chunk chunk : recording.chunks()) {
                pieces.add(Piece.of(chunk.content(), chunk.at().minus(before)));
                before = chunk.at();
            }
            return new Known(Framing.of(recording), pieces);
        }

        long size() {
            return pieces.stream().mapToLong(Piece::size).sum();
        }

        @Override
        public Flux<Iterable<Piece>> cut(Chunking cuts) {
            return Flux.defer(() -> Flux.just(cuts.knife().cut(pieces)));
        }

        @Override
        public Content edited(Edit edit) {
            return new Known(framing, Splice.of(pieces, edit));
        }
    }

    record Live(Framing framing, Flux<List<Piece>> groups) implements Content {

        static Live of(Framing framing, Flux<Bytes> pieces) {
            return new Live(framing, pieces.map(bytes -> List.of(Piece.of(bytes))));
        }

        /** Cut one by one: held back for the next, a piece might wait for ever. */
        @Override
        public Flux<Iterable<Piece>> cut(Chunking cuts) {
            return Flux.defer(() -> {
                Chunking.Knife knife = cuts.knife();
                return groups.map(knife::cut);
            });
        }

        @Override
        public Content edited(Edit edit) {
            return new Live(framing, Flux.defer(() -> {
                Splice splice = new Splice(edit);
                return groups.map(group -> group.stream()
                                .flatMap(piece -> splice.next(piece).stream())
                                .toList())
                        .takeUntil(group -> splice.stopped())
                        .concatWith(Flux.defer(() -> Flux.just(splice.end())));
            }));
        }
    }
}
