// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a server tells of a pull, a push or a create, line by line. Immutable. Where the request asks for no stream, the
 * answer is the last line alone, and status 500 where that is an error.
 *
 * <pre>{@code
 * ProgressUpdates.create()
 *         .status("pulling manifest")
 *         .layer("pulling 6a0746a1ec1a", "sha256:6a0746a1ec1a…", 4096, 0, 2048, 4096)
 *         .success()
 *         .answer()
 * }</pre>
 */
public final class ProgressUpdates {

    private final List<Line> lines;

    private ProgressUpdates(List<Line> lines) {
        this.lines = List.copyOf(lines);
    }

    private record Line(String text, boolean failed, Duration pause) {}

    /**
     * No progress yet.
     *
     * @return the progress
     */
    public static ProgressUpdates create() {
        return new ProgressUpdates(List.of());
    }

    /**
     * A whole pull as a server tells it: manifest, one layer, verification, success.
     *
     * @param digest the layer's digest, {@code sha256:…}
     * @param total its bytes
     * @return the progress
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
     * A line with a status and nothing else.
     *
     * @param status such as {@code pulling manifest}
     * @return the progress
     */
    public ProgressUpdates status(String status) {
        return and(WireJson.object().put("status", requireNonNull(status, "status")), false);
    }

    /**
     * Lines about one layer.
     *
     * @param status such as {@code pulling 6a0746a1ec1a}
     * @param digest what the bar is known by
     * @param total its bytes; 0 is left out
     * @param completed a line each; 0 is left out of its line, as by the server
     * @return the progress
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
            next = next.and(line, false);
        }
        return next;
    }

    /**
     * The good end.
     *
     * @return the progress
     */
    public ProgressUpdates success() {
        return status("success");
    }

    /**
     * The bad end: an error line. As the first thing it is status 500.
     *
     * @param words such as {@code pull model manifest: file does not exist}
     * @return the progress
     */
    public ProgressUpdates error(String words) {
        return and(WireJson.object().put("error", requireNonNull(words, "words")), true);
    }

    /**
     * Nothing comes for a while. Kept at any {@link Pace}.
     *
     * @param duration how long after the line before
     * @return the progress
     */
    public ProgressUpdates pause(Duration duration) {
        return and(new Line("", false, requireNonNull(duration, "duration")));
    }

    private ProgressUpdates and(ObjectNode line, boolean failed) {
        return and(new Line(WireJson.text(line), failed, Duration.ZERO));
    }

    private ProgressUpdates and(Line line) {
        List<Line> more = new ArrayList<>(lines);
        more.add(line);
        return new ProgressUpdates(more);
    }

    /**
     * This as an answer.
     *
     * @return the answer: a stream, or one document where the request asks for that
     */
    public Answer answer() {
        return Answer.to(request -> WireJson.streams(WireJson.bodyOf(request)) ? stream() : single());
    }

    private Answer stream() {
        if (!lines.isEmpty() && lines.get(0).failed()) {
            // A worker's error before its first event is chunked, and has no line feed.
            BodyPiece document = BodyPiece.of(Bytes.of(lines.get(0).text()));
            return Answer.pieces("application/json", List.of(document)).status(500);
        }
        List<BodyPiece> pieces = new ArrayList<>();
        for (Line line : lines) {
            pieces.add(BodyPiece.of(Bytes.of(line.text().isEmpty() ? "" : line.text() + '\n'))
                    .after(line.pause()));
        }
        return Answer.pieces("application/x-ndjson", pieces);
    }

    private Answer single() {
        Duration all = lines.stream().map(Line::pause).reduce(Duration.ZERO, Duration::plus);
        Line last = lines.stream()
                .filter(line -> !line.text().isEmpty())
                .reduce((before, after) -> after)
                .orElse(new Line("{}", false, Duration.ZERO));
        return Answer.of(last.failed() ? 500 : 200)
                .contentType("application/json")
                .body(last.text())
                .delayHeaders(all);
    }
}
