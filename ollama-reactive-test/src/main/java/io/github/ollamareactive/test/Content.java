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
    Flux<Iterable<Piece>> cut(Cuts cuts);

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
        public Flux<Iterable<Piece>> cut(Cuts cuts) {
            return Flux.defer(() -> Flux.just(cuts.knife().cut(pieces)));
        }
    }

    record Live(Framing framing, Flux<Bytes> pieces) implements Content {

        /** Cut one by one: held back for the next, a piece might wait for ever. */
        @Override
        public Flux<Iterable<Piece>> cut(Cuts cuts) {
            return Flux.defer(() -> {
                Cuts.Knife knife = cuts.knife();
                return pieces.map(bytes -> knife.cut(List.of(Piece.of(bytes))));
            });
        }
    }
}
