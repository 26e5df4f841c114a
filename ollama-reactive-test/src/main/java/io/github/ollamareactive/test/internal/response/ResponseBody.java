// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.response;

import io.github.ollamareactive.test.internal.http.BodyFraming;
import io.github.ollamareactive.test.internal.http.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;

/** The body of a response: pieces that are all known, or a stream of pieces. */
public interface ResponseBody {

    BodyFraming framing();

    /** The pieces in groups: one group of all known pieces, or one group for each element of a stream. */
    Flux<Iterable<BodyPiece>> cut(ChunkPolicy chunks);

    ResponseBody edited(BodyEdit edit);

    /** This body with the times when its pieces will be due, if all of them are known. */
    ResponseBody timed(PacePolicy pace, Instant start);

    /** A body that is known as a whole. */
    record Known(BodyFraming framing, List<BodyPiece> pieces) implements ResponseBody {

        /** Leaves out empty pieces: in a chunked body they would be its end. */
        public static Known of(BodyFraming framing, List<Bytes> pieces) {
            return new Known(
                    framing,
                    pieces.stream()
                            .filter(bytes -> bytes.size() > 0)
                            .map(BodyPiece::of)
                            .toList());
        }

        public long size() {
            return pieces.stream().mapToLong(BodyPiece::size).sum();
        }

        @Override
        public Flux<Iterable<BodyPiece>> cut(ChunkPolicy chunks) {
            return Flux.defer(() -> Flux.just(chunks.start().cut(pieces)));
        }

        /** Pieces that are due at the same time are a microsecond apart, as they would be at least. */
        @Override
        public ResponseBody timed(PacePolicy pace, Instant start) {
            UnaryOperator<Duration> waits = pace.start();
            List<BodyPiece> timed = new ArrayList<>();
            Instant due = start;
            for (BodyPiece piece : pieces) {
                due = due.plus(waits.apply(piece.gap())).plus(piece.pause()).plusNanos(1_000);
                timed.add(piece.at(due));
            }
            return new Known(framing, timed);
        }

        @Override
        public ResponseBody edited(BodyEdit edit) {
            return new Known(framing, BodyEditor.apply(edit, pieces));
        }
    }

    /** A body whose pieces come from a publisher. */
    record Live(BodyFraming framing, Flux<List<BodyPiece>> groups) implements ResponseBody {

        public static Live of(BodyFraming framing, Flux<Bytes> pieces) {
            return new Live(framing, pieces.map(bytes -> List.of(BodyPiece.of(bytes))));
        }

        @Override
        public ResponseBody timed(PacePolicy pace, Instant start) {
            return this;
        }

        /** Cuts each element by itself: bytes kept back until the next one might wait for ever. */
        @Override
        public Flux<Iterable<BodyPiece>> cut(ChunkPolicy chunks) {
            return Flux.defer(() -> {
                ChunkPolicy.Cutter cutter = chunks.start();
                return groups.map(cutter::cut);
            });
        }

        @Override
        public ResponseBody edited(BodyEdit edit) {
            return new Live(framing, Flux.defer(() -> {
                BodyEditor editor = new BodyEditor(edit);
                return groups.map(group -> group.stream()
                                .flatMap(piece -> editor.next(piece).stream())
                                .toList())
                        .takeUntil(group -> editor.stopped())
                        .concatWith(Flux.defer(() -> Flux.just(editor.end())));
            }));
        }
    }
}
