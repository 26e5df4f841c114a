// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.time.Duration;
import reactor.core.publisher.Flux;

/** An answer to one certain request: status, headers, pieces, their times and the end, all settled. */
record Plan(Head head, Content content, Ending ending, Duration delay, Pace pace, Chunking cuts) {

    static Plan of(Head head, Content content, Ending ending) {
        return new Plan(head, content, ending, Duration.ZERO, Pace.atOnce(), Chunking.asWritten());
    }

    Plan with(Head other) {
        return new Plan(other, content, ending, delay, pace, cuts);
    }

    Plan with(Pace other) {
        return new Plan(head, content, ending, delay, other, cuts);
    }

    Plan with(Chunking other) {
        return new Plan(head, content, ending, delay, pace, other);
    }

    Plan delayed(Duration other) {
        return new Plan(head, content, ending, other, pace, cuts);
    }

    Plan with(Content other) {
        Head unframed = head.without(Framing.TRANSFER_ENCODING).without(Framing.CONTENT_LENGTH);
        return new Plan(unframed, other, ending, delay, pace, cuts);
    }

    Plan then(Ending.Kind kind) {
        // A length that is kept would complete the body; left out here, it is made when the head is written.
        boolean kept = content instanceof Content.Known known
                && Long.toString(known.size()).equals(head.header(Framing.CONTENT_LENGTH));
        Head promising = kept && !kind.completes() ? head.without(Framing.CONTENT_LENGTH) : head;
        return new Plan(promising, content, Ending.of(kind), delay, pace, cuts);
    }

    Plan with(Edit edit) {
        Content edited = content.edited(edit);
        Ending.Kind stop = edit.stop();
        Ending newEnding = stop == null ? ending : Ending.of(stop);
        return new Plan(promising(edit, edited), edited, newEnding, delay, pace, cuts);
    }

    /** An abrupt stop leaves the length that was promised before; else the length follows the body. */
    private Head promising(Edit edit, Content edited) {
        if (!(content instanceof Content.Known before && edited instanceof Content.Known after)
                || content.framing() != Framing.LENGTH) {
            return head;
        }
        Ending.Kind stop = edit.stop();
        if (stop == null || stop.completes()) {
            return head.without(Framing.CONTENT_LENGTH);
        }
        long promised = Math.max(before.size() + edit.insert().size(), after.size() + 1);
        return head.with(Framing.CONTENT_LENGTH, Long.toString(promised));
    }

    /** The body, cut as this answer is to be cut. */
    Flux<Iterable<Piece>> pieces() {
        return content.cut(cuts);
    }
}
