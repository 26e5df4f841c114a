// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.util.HashMap;
import java.util.Map;

/** The recordings of one method and path. */
final class Replays {

    private final Turns<Answer> declared = new Turns<>();
    private final Map<Object, Turns<Answer>> byBody = new HashMap<>();

    void add(Recording recording, Answer answer) {
        declared.add(answer);
        Bytes body = recording.sent().body();
        byBody.computeIfAbsent(RequestKey.of(body == null ? Bytes.EMPTY : body), key -> new Turns<>())
                .add(answer);
    }

    /** The one recorded for this body; where there is none, and where there is no choice, the next as declared. */
    Answer next(ReceivedRequest request) {
        Turns<Answer> same = declared.size() == 1 ? null : byBody.get(RequestKey.of(request.content()));
        return same == null ? declared.next() : same.next();
    }

    int size() {
        return declared.size();
    }
}
