// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import io.github.ollamareactive.test.internal.http.BodyFraming;
import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.response.BodyPiece;
import io.github.ollamareactive.test.internal.response.ResponseBody;
import io.github.ollamareactive.test.internal.response.ResponseEnd;
import io.github.ollamareactive.test.internal.response.ResponseHead;
import io.github.ollamareactive.test.internal.response.ResponsePlan;
import io.github.ollamareactive.test.recordings.RecordedChunk;
import io.github.ollamareactive.test.recordings.Recording;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Plans the response of a recording. */
final class RecordedPlan {

    private RecordedPlan() {}

    static ResponsePlan of(Recording recording) {
        List<BodyPiece> pieces = new ArrayList<>();
        Duration previous = recording.respondedAt();
        for (RecordedChunk chunk : recording.chunks()) {
            pieces.add(BodyPiece.of(Bytes.of(chunk.bytes()), chunk.at().minus(previous)));
            previous = chunk.at();
        }
        ResponseEnd.Kind end = recording.complete() ? ResponseEnd.Kind.COMPLETE : ResponseEnd.Kind.CLOSE;
        return ResponsePlan.of(
                new ResponseHead(recording.status(), recording.reason(), recording.headers(), recording.respondedAt()),
                new ResponseBody.Known(BodyFraming.of(recording.headers()), pieces),
                new ResponseEnd(end, recording.endedAt().minus(previous)));
    }
}
