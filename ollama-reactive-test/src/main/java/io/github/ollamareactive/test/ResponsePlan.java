// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.time.Duration;
import reactor.core.publisher.Flux;

/** An answer to one certain request: status, headers, pieces, their times and the end, all settled. */
record ResponsePlan(
        ResponseHead head, ResponseBody content, ResponseEnd ending, Duration delay, Pace pace, Chunking cuts) {

    static ResponsePlan of(ResponseHead head, ResponseBody content, ResponseEnd ending) {
        return new ResponsePlan(head, content, ending, Duration.ZERO, Pace.atOnce(), Chunking.asWritten());
    }

    ResponsePlan with(ResponseHead other) {
        return new ResponsePlan(other, content, ending, delay, pace, cuts);
    }

    ResponsePlan with(Pace other) {
        return new ResponsePlan(head, content, ending, delay, other, cuts);
    }

    ResponsePlan with(Chunking other) {
        return new ResponsePlan(head, content, ending, delay, pace, other);
    }

    ResponsePlan delayed(Duration other) {
        return new ResponsePlan(head, content, ending, other, pace, cuts);
    }

    ResponsePlan with(ResponseBody other) {
        ResponseHead unframed = head.without(BodyFraming.TRANSFER_ENCODING).without(BodyFraming.CONTENT_LENGTH);
        return new ResponsePlan(unframed, other, ending, delay, pace, cuts);
    }

    ResponsePlan then(ResponseEnd.Kind kind) {
        // A length that is kept would complete the body; left out here, it is made when the head is written.
        boolean kept = content instanceof ResponseBody.Known known
                && Long.toString(known.size()).equals(head.header(BodyFraming.CONTENT_LENGTH));
        ResponseHead promising = kept && !kind.completes() ? head.without(BodyFraming.CONTENT_LENGTH) : head;
        return new ResponsePlan(promising, content, ResponseEnd.of(kind), delay, pace, cuts);
    }

    ResponsePlan with(BodyEdit edit) {
        ResponseBody edited = content.edited(edit);
        ResponseEnd.Kind stop = edit.stop();
        ResponseEnd newEnding = stop == null ? ending : ResponseEnd.of(stop);
        return new ResponsePlan(promising(edit, edited), edited, newEnding, delay, pace, cuts);
    }

    /** An abrupt stop leaves the length that was promised before; else the length follows the body. */
    private ResponseHead promising(BodyEdit edit, ResponseBody edited) {
        if (!(content instanceof ResponseBody.Known before && edited instanceof ResponseBody.Known after)
                || content.framing() != BodyFraming.LENGTH) {
            return head;
        }
        ResponseEnd.Kind stop = edit.stop();
        if (stop == null || stop.completes()) {
            return head.without(BodyFraming.CONTENT_LENGTH);
        }
        long promised = Math.max(before.size() + edit.insert().size(), after.size() + 1);
        return head.with(BodyFraming.CONTENT_LENGTH, Long.toString(promised));
    }

    /** The body, cut as this answer is to be cut. */
    Flux<Iterable<BodyPiece>> pieces() {
        return content.cut(cuts);
    }
}
