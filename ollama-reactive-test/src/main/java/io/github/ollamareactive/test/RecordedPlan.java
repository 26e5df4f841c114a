// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import io.github.ollamareactive.test.internal.http.BodyFraming;
import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.http.Headers;
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
import java.util.Map;

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
        ResponseEnd.Kind end = recording.complete()
                ? ResponseEnd.Kind.COMPLETE
                : recording.reset() ? ResponseEnd.Kind.RESET : ResponseEnd.Kind.CLOSE;
        return ResponsePlan.of(
                new ResponseHead(recording.status(), recording.reason(), headers(recording), recording.respondedAt()),
                new ResponseBody.Known(BodyFraming.of(recording.headers()), pieces),
                new ResponseEnd(end, recording.endedAt().minus(previous)));
    }

    /** A {@code Content-Length} that no longer fits the body, because somebody edited the text, becomes the body's. */
    private static Map<String, List<String>> headers(Recording recording) {
        Map<String, List<String>> headers = recording.headers();
        int status = recording.status();
        boolean bodyless = recording.method().equals("HEAD") || status < 200 || status == 204 || status == 304;
        String announced = recording.header(BodyFraming.CONTENT_LENGTH);
        if (bodyless || announced == null || BodyFraming.of(headers) != BodyFraming.LENGTH) {
            return headers;
        }
        int length = recording.bodyBytes().length;
        boolean fits = recording.complete()
                ? announced.equals(Integer.toString(length))
                : announced.matches("\\d{1,18}") && Long.parseLong(announced) > length;
        int right = recording.complete() ? length : length + 1;
        return fits ? headers : Headers.with(headers, BodyFraming.CONTENT_LENGTH, Integer.toString(right));
    }
}
