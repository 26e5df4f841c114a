// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Flux;

/** The body of an answer: pieces that are all known, or pieces that come as they come. */
interface ResponseBody {

    BodyFraming framing();

    /** The pieces, in groups: all of them, or one group for each that comes. The next is asked for when one is written. */
    Flux<Iterable<BodyPiece>> cut(Chunking cuts);

    ResponseBody edited(BodyEdit edit);

    record Known(BodyFraming framing, List<BodyPiece> pieces) implements ResponseBody {

        static Known of(BodyFraming framing, List<Bytes> pieces) {
            return new Known(
                    framing,
                    pieces.stream()
                            .filter(bytes -> bytes.size() > 0)
                            .map(BodyPiece::of)
                            .toList());
        }

        static Known of(Recording recording) {
            List<BodyPiece> pieces = new ArrayList<>();
            Duration before = recording.respondedAt();
            for (Recording.Chunk chunk : recording.chunks()) {
                pieces.add(BodyPiece.of(chunk.content(), chunk.at().minus(before)));
                before = chunk.at();
            }
            return new Known(BodyFraming.of(recording), pieces);
        }

        long size() {
            return pieces.stream().mapToLong(BodyPiece::size).sum();
        }

        @Override
        public Flux<Iterable<BodyPiece>> cut(Chunking cuts) {
            return Flux.defer(() -> Flux.just(cuts.knife().cut(pieces)));
        }

        @Override
        public ResponseBody edited(BodyEdit edit) {
            return new Known(framing, BodyEditor.of(pieces, edit));
        }
    }

    record Live(BodyFraming framing, Flux<List<BodyPiece>> groups) implements ResponseBody {

        static Live of(BodyFraming framing, Flux<Bytes> pieces) {
            return new Live(framing, pieces.map(bytes -> List.of(BodyPiece.of(bytes))));
        }

        /** Cut one by one: held back for the next, a piece might wait for ever. */
        @Override
        public Flux<Iterable<BodyPiece>> cut(Chunking cuts) {
            return Flux.defer(() -> {
                Chunking.Knife knife = cuts.knife();
                return groups.map(knife::cut);
            });
        }

        @Override
        public ResponseBody edited(BodyEdit edit) {
            return new Live(framing, Flux.defer(() -> {
                BodyEditor splice = new BodyEditor(edit);
                return groups.map(group -> group.stream()
                                .flatMap(piece -> splice.next(piece).stream())
                                .toList())
                        .takeUntil(group -> splice.stopped())
                        .concatWith(Flux.defer(() -> Flux.just(splice.end())));
            }));
        }
    }
}
