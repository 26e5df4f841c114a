// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.response;

import io.github.ollamareactive.test.internal.http.BodyFraming;
import io.github.ollamareactive.test.internal.http.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Flux;

/**
 * All that is written in response to one request.
 *
 * @param head status and headers
 * @param body the body before it is cut
 * @param end what happens after the last piece
 * @param delay a wait before the head, on top of the pace
 * @param pace the waits between the parts
 * @param chunks the sizes of the pieces
 */
public record ResponsePlan(
        ResponseHead head, ResponseBody body, ResponseEnd end, Duration delay, PacePolicy pace, ChunkPolicy chunks) {

    public static ResponsePlan of(ResponseHead head, ResponseBody body, ResponseEnd end) {
        return new ResponsePlan(head, body, end, Duration.ZERO, PacePolicy.AT_ONCE, ChunkPolicy.UNCHANGED);
    }

    /** A document with its {@code Content-Length}. */
    public static ResponsePlan json(int status, String document) {
        return document(status, "application/json; charset=utf-8", document);
    }

    /** A document of a generation, which gets the time when it is sent. */
    public static ResponsePlan timed(String document) {
        ResponsePlan plan = json(200, document);
        return plan.with(new ResponseBody.Known(BodyFraming.LENGTH, List.of(BodyPiece.timed(document))));
    }

    /** Whether the body is one document, not a stream. */
    public boolean isDocument() {
        return body instanceof ResponseBody.Known && body.framing() == BodyFraming.LENGTH;
    }

    /** The body as text; empty when it isn't known. */
    public String text() {
        return body instanceof ResponseBody.Known known
                ? Bytes.join(known.pieces().stream().map(BodyPiece::content).toList())
                        .text()
                : "";
    }

    public static ResponsePlan document(int status, String contentType, String document) {
        ResponseBody body = ResponseBody.Known.of(BodyFraming.LENGTH, List.of(Bytes.of(document)));
        return of(ResponseHead.of(status).with("Content-Type", contentType), body, ResponseEnd.COMPLETE);
    }

    /** A stream of lines, or pauses, that are known in advance. */
    public static ResponsePlan ndjson(List<BodyPiece> lines) {
        return chunked(200, "application/x-ndjson", List.copyOf(lines));
    }

    /** An error before a stream's first line: Ollama sends it chunked and without a line feed. */
    public static ResponsePlan errorBeforeStream(String document) {
        return chunked(500, "application/json", List.of(BodyPiece.of(Bytes.of(document))));
    }

    private static ResponsePlan chunked(int status, String contentType, List<BodyPiece> pieces) {
        return of(
                ResponseHead.of(status).with("Content-Type", contentType),
                new ResponseBody.Known(BodyFraming.CHUNKED, pieces),
                ResponseEnd.COMPLETE);
    }

    public ResponsePlan with(ResponseHead newHead) {
        return new ResponsePlan(newHead, body, end, delay, pace, chunks);
    }

    public ResponsePlan with(PacePolicy newPace) {
        return new ResponsePlan(head, body, end, delay, newPace, chunks);
    }

    public ResponsePlan with(ChunkPolicy newChunks) {
        return new ResponsePlan(head, body, end, delay, pace, newChunks);
    }

    public ResponsePlan delayed(Duration newDelay) {
        return new ResponsePlan(head, body, end, newDelay, pace, chunks);
    }

    public ResponsePlan with(ResponseBody newBody) {
        ResponseHead unframed = head.without(BodyFraming.TRANSFER_ENCODING).without(BodyFraming.CONTENT_LENGTH);
        return new ResponsePlan(unframed, newBody, end, delay, pace, chunks);
    }

    public ResponsePlan endingWith(ResponseEnd.Kind kind) {
        // The exact length in the head would complete the body. Without it the writer announces a longer one.
        boolean exact = body instanceof ResponseBody.Known known
                && Long.toString(known.size()).equals(head.header(BodyFraming.CONTENT_LENGTH));
        ResponseHead newHead = exact && !kind.completes() ? head.without(BodyFraming.CONTENT_LENGTH) : head;
        return new ResponsePlan(newHead, body, ResponseEnd.of(kind), delay, pace, chunks);
    }

    public ResponsePlan with(BodyEdit edit) {
        ResponseBody edited = body.edited(edit);
        ResponseEnd.Kind stop = edit.stop();
        ResponseEnd newEnd = stop == null ? end : ResponseEnd.of(stop);
        return new ResponsePlan(headFor(edit, edited), edited, newEnd, delay, pace, chunks);
    }

    /** After an abrupt stop the announced length stays what it was; otherwise it follows the edited body. */
    private ResponseHead headFor(BodyEdit edit, ResponseBody edited) {
        if (!(body instanceof ResponseBody.Known before && edited instanceof ResponseBody.Known after)
                || body.framing() != BodyFraming.LENGTH) {
            return head;
        }
        ResponseEnd.Kind stop = edit.stop();
        if (stop == null || stop.completes()) {
            return head.without(BodyFraming.CONTENT_LENGTH);
        }
        long announced = Math.max(before.size() + edit.insert().size(), after.size() + 1);
        return head.with(BodyFraming.CONTENT_LENGTH, Long.toString(announced));
    }

    /** The body, cut into pieces, from the moment of subscription on. */
    public Flux<Iterable<BodyPiece>> pieces() {
        return Flux.defer(() -> body.timed(pace, Instant.now()).cut(chunks));
    }
}
