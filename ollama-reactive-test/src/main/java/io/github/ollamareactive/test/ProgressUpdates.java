// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.json.WireJson;
import io.github.ollamareactive.test.internal.response.BodyPiece;
import io.github.ollamareactive.test.internal.response.ResponsePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The scripted progress of a pull, push or create, line by line. Immutable; every method returns new progress updates.
 *
 * <pre>{@code
 * ProgressUpdates.create()
 *         .status("pulling manifest")
 *         .layer("pulling 6a0746a1ec1a", "sha256:6a0746a1ec1a…", 4096, 0, 2048, 4096)
 *         .success()
 *         .answer()
 * }</pre>
 *
 * <p>For a request with {@code "stream":false} the {@link #answer()} is the last line alone, with status 500 when it is an
 * error.
 */
public final class ProgressUpdates {

    private final List<Line> lines;

    private ProgressUpdates(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    /** A line, or a pause when the document is empty. */
    private record Line(String document, boolean failed, Duration pause) {}

    /**
     * No progress yet.
     *
     * @return the progress updates
     */
    public static ProgressUpdates create() {
        return new ProgressUpdates(List.of());
    }

    /**
     * A complete pull: manifest, one layer, verification, success.
     *
     * @param digest the layer's digest, {@code sha256:…}
     * @param total the layer's size in bytes
     * @return the progress updates
     */
    public static ProgressUpdates pull(String digest, long total) {
        String hex = digest.substring(digest.indexOf(':') + 1);
        return create().status("pulling manifest")
                .layer("pulling " + hex.substring(0, Math.min(12, hex.length())), digest, total, 0, total / 2, total)
                .status("verifying sha256 digest")
                .status("writing manifest")
                .success();
    }

    /**
     * Adds a line with a status only.
     *
     * @param status such as {@code pulling manifest}
     * @return the progress updates
     */
    public ProgressUpdates status(String status) {
        return then(WireJson.object().put("status", requireNonNull(status, "status")), false);
    }

    /**
     * Adds lines about one layer.
     *
     * @param status such as {@code pulling 6a0746a1ec1a}
     * @param digest the layer's digest
     * @param total the layer's size in bytes; a zero is left out
     * @param completed the bytes completed, one line for each; a zero is left out of its line, as Ollama does
     * @return the progress updates
     */
    public ProgressUpdates layer(String status, String digest, long total, long... completed) {
        ProgressUpdates next = this;
        for (long done : completed) {
            ObjectNode line = WireJson.object()
                    .put("status", requireNonNull(status, "status"))
                    .put("digest", requireNonNull(digest, "digest"));
            if (total != 0) {
                line.put("total", total);
            }
            if (done != 0) {
                line.put("completed", done);
            }
            next = next.then(line, false);
        }
        return next;
    }

    /**
     * Adds the line of a successful end.
     *
     * @return the progress updates
     */
    public ProgressUpdates success() {
        return status("success");
    }

    /**
     * Adds an error line. As the first line it is status 500.
     *
     * @param message such as {@code pull model manifest: file does not exist}
     * @return the progress updates
     */
    public ProgressUpdates error(String message) {
        return then(WireJson.object().put("error", requireNonNull(message, "message")), true);
    }

    /**
     * Adds a pause, which every {@link Pace} keeps.
     *
     * @param duration how long after the previous line
     * @return the progress updates
     */
    public ProgressUpdates pause(Duration duration) {
        return then(new Line("", false, requireNonNull(duration, "duration")));
    }

    private ProgressUpdates then(ObjectNode line, boolean failed) {
        return then(new Line(WireJson.text(line), failed, Duration.ZERO));
    }

    private ProgressUpdates then(Line line) {
        List<Line> more = new ArrayList<>(lines);
        more.add(line);
        return new ProgressUpdates(more);
    }

    /**
     * These progress updates as an answer.
     *
     * @return the answer: a stream, or one document when the request asks for it
     */
    public Answer answer() {
        return Answer.planned(request -> WireJson.streams(request.jsonBody()) ? stream() : single());
    }

    private ResponsePlan stream() {
        if (!lines.isEmpty() && lines.get(0).failed()) {
            return ResponsePlan.errorBeforeStream(lines.get(0).document());
        }
        List<BodyPiece> pieces = new ArrayList<>();
        for (Line line : lines) {
            String text = line.document().isEmpty() ? "" : line.document() + '\n';
            pieces.add(BodyPiece.of(Bytes.of(text)).afterPause(line.pause()));
        }
        return ResponsePlan.ndjson(pieces);
    }

    private ResponsePlan single() {
        Duration pauses = lines.stream().map(Line::pause).reduce(Duration.ZERO, Duration::plus);
        Line last = lines.stream()
                .filter(line -> !line.document().isEmpty())
                .reduce((before, after) -> after)
                .orElse(new Line("{}", false, Duration.ZERO));
        return ResponsePlan.document(last.failed() ? 500 : 200, "application/json", last.document())
                .delayed(pauses);
    }
}
