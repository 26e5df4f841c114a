// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import tools.jackson.databind.node.ObjectNode;

/**
 * What may go wrong with any answer: {@code Answer.tokens("a", "b").with(Fault.errorLineAfter(1, "out of memory"))}.
 *
 * <p>Places are counted in the answer as it is so far. A place beyond its end is its end, so a fault that was asked for
 * happens. What needs no answer ({@link OllamaTestServer#refuse()}, {@link OllamaTestServer#kill()}) is the server's.
 */
public final class Fault implements UnaryOperator<Answer> {

    private static final int OVERSIZED_MARGIN = 512;

    private final String name;
    private final UnaryOperator<Answer> change;

    private Fault(String name, UnaryOperator<Answer> change) {
        this.name = name;
        this.change = change;
    }

    private static Fault edit(String name, BodyEdit edit) {
        return new Fault(name, answer -> answer.edit(edit));
    }

    private static Fault end(String name, ResponseEnd.Kind kind) {
        return new Fault(name, answer -> answer.then(kind));
    }

    private static Fault instead(String name, Answer other) {
        return new Fault(name, answer -> other);
    }

    /**
     * A TCP reset in the middle of the body.
     *
     * @param bytes how many bytes of the body come before
     * @return the fault
     */
    public static Fault resetAt(long bytes) {
        return edit("reset at byte " + bytes, BodyEdit.atByte(bytes).stop(ResponseEnd.Kind.RESET));
    }

    /**
     * A TCP reset upon the request: no status, nothing.
     *
     * @return the fault
     */
    public static Fault resetBeforeHeaders() {
        return end("reset before headers", ResponseEnd.Kind.UNANSWERED_RESET);
    }

    /**
     * The connection is closed upon the request: no status, nothing.
     *
     * @return the fault
     */
    public static Fault closeBeforeHeaders() {
        return end("close before headers", ResponseEnd.Kind.UNANSWERED);
    }

    /**
     * The whole body comes, but the connection is closed instead of the chunk terminator; a body with a
     * {@code Content-Length} lacks one byte.
     *
     * @return the fault
     */
    public static Fault closeWithoutTerminator() {
        return end("close without terminator", ResponseEnd.Kind.CLOSE);
    }

    /**
     * The connection is closed in the middle of the body.
     *
     * @param bytes how many bytes of the body come before
     * @return the fault
     */
    public static Fault closeAt(long bytes) {
        return edit("close at byte " + bytes, BodyEdit.atByte(bytes).stop(ResponseEnd.Kind.CLOSE));
    }

    /**
     * The body ends too early, and by HTTP's rules well: no {@code done}, no error.
     *
     * @param lines how many lines come before
     * @return the fault
     */
    public static Fault endAfter(long lines) {
        return edit(
                "clean end after " + lines + " lines",
                BodyEdit.afterLines(lines).stop(ResponseEnd.Kind.COMPLETE));
    }

    /**
     * The body ends in the middle of a line, and by HTTP's rules well.
     *
     * @param bytes how many bytes of the body come before
     * @return the fault
     */
    public static Fault endAt(long bytes) {
        return edit("clean end at byte " + bytes, BodyEdit.atByte(bytes).stop(ResponseEnd.Kind.COMPLETE));
    }

    /**
     * The request is taken, and nothing ever comes, not even a status.
     *
     * @return the fault
     */
    public static Fault stallBeforeHeaders() {
        return end("stall before headers", ResponseEnd.Kind.UNANSWERED_SILENCE);
    }

    /**
     * The status comes late.
     *
     * @param duration how long after the request
     * @return the fault
     */
    public static Fault stallBeforeHeaders(Duration duration) {
        requireNonNull(duration, "duration");
        return new Fault("headers after " + duration, answer -> answer.delayHeaders(duration));
    }

    /**
     * Status and headers come, and then nothing.
     *
     * @return the fault
     */
    public static Fault stallBeforeFirstLine() {
        return stallAfter(0);
    }

    /**
     * The stream stands still, for ever.
     *
     * @param lines how many lines come before
     * @return the fault
     */
    public static Fault stallAfter(long lines) {
        return edit(
                "stall after " + lines + " lines", BodyEdit.afterLines(lines).stop(ResponseEnd.Kind.SILENCE));
    }

    /**
     * The stream stands still for a while, then goes on.
     *
     * @param lines how many lines come before
     * @param duration how long it stands still
     * @return the fault
     */
    public static Fault stallAfter(long lines, Duration duration) {
        BodyEdit edit = BodyEdit.afterLines(lines).pause(requireNonNull(duration, "duration"));
        return edit("stall of " + duration + " after " + lines + " lines", edit);
    }

    /**
     * The body drips: byte by byte, with a gap before each.
     *
     * @param gap the time before each byte
     * @return the fault
     */
    public static Fault drip(Duration gap) {
        return new Fault(
                "drip every " + gap,
                answer -> answer.chunking(Chunking.oneByte()).pace(Pace.every(gap)));
    }

    /**
     * A line that is no JSON comes in between.
     *
     * @param lines how many lines come before
     * @return the fault
     */
    public static Fault malformedLineAfter(long lines) {
        return lineAfter(lines, "{\"message\":{\"content\":\"half a li");
    }

    /**
     * Any line comes in between.
     *
     * @param lines how many lines come before
     * @param line the line, without its line feed
     * @return the fault
     */
    public static Fault lineAfter(long lines, String line) {
        return edit(
                "a line after " + lines + " lines", BodyEdit.afterLines(lines).insert(Bytes.of(line + '\n')));
    }

    /**
     * The server's error line comes in mid-stream, and the body ends, by HTTP's rules well.
     *
     * @param lines how many lines come before
     * @param words the words of {@code error}
     * @return the fault
     */
    public static Fault errorLineAfter(long lines, String words) {
        String line = WireJson.text(WireJson.object().put("error", requireNonNull(words, "words")));
        return edit(
                "error line after " + lines + " lines",
                BodyEdit.afterLines(lines).insert(Bytes.of(line + '\n')).stop(ResponseEnd.Kind.COMPLETE));
    }

    /**
     * A line of a token that is very long comes in between. It is good JSON, in the shape of the endpoint that is asked.
     *
     * @param lines how many lines come before
     * @param bytes how long the line is, its line feed included; at least 512
     * @return the fault
     */
    public static Fault oversizedLineAfter(long lines, int bytes) {
        if (bytes < OVERSIZED_MARGIN) {
            throw new IllegalArgumentException("bytes must be at least " + OVERSIZED_MARGIN + ", but is " + bytes);
        }
        return new Fault(
                "a line of " + bytes + " bytes after " + lines + " lines",
                answer -> Answer.to(request -> {
                    GenerationFormat shape = GenerationFormat.of(request, "oversized");
                    int around = WireJson.text(oversized(shape, "")).length() + 1;
                    String line = WireJson.text(oversized(shape, "x".repeat(bytes - around))) + '\n';
                    return answer.edit(BodyEdit.afterLines(lines).insert(Bytes.of(line)));
                }));
    }

    /** The time is always written alike, so that the length is the one asked for. */
    private static ObjectNode oversized(GenerationFormat shape, String text) {
        return shape.line(text, "").put("created_at", "2026-01-01T00:00:00Z");
    }

    /**
     * Another content type than the body has.
     *
     * @param contentType such as {@code text/plain}
     * @return the fault
     */
    public static Fault contentType(String contentType) {
        return new Fault("content type " + contentType, answer -> answer.contentType(contentType));
    }

    /**
     * An HTML page instead of the answer, as of a proxy in between.
     *
     * @param status the status code, such as 502
     * @return the fault
     */
    public static Fault htmlPage(int status) {
        return instead("HTML page " + status, Errors.htmlPage(status));
    }

    /**
     * A redirect instead of the answer.
     *
     * @param status the status code, such as 307
     * @param location where to
     * @return the fault
     */
    public static Fault redirect(int status, String location) {
        return instead("redirect to " + location, Errors.redirect(status, location));
    }

    /**
     * 429 with {@code Retry-After} instead of the answer.
     *
     * @param retryAfter the time, in whole seconds
     * @return the fault
     */
    public static Fault rateLimited(Duration retryAfter) {
        return instead("rate limited", Errors.rateLimited(retryAfter));
    }

    /**
     * Fails a few times, then works. It counts the answers given with this fault, whatever the request.
     *
     * @param times how often the answer is another
     * @param failure that other one, such as {@code Errors.overloaded()}
     * @return the fault
     */
    public static Fault flaky(int times, Answer failure) {
        requireNonNull(failure, "failure");
        AtomicInteger given = new AtomicInteger();
        return new Fault(
                "flaky, " + times + " times",
                answer -> Answer.to(request -> given.getAndIncrement() < times ? failure : answer));
    }

    /**
     * Complete; then the connection, which the client thinks kept, is closed without a word: what a server that is killed
     * between two calls leaves in a client's pool.
     *
     * @return the fault
     */
    public static Fault closeAfterwards() {
        return end("close afterwards", ResponseEnd.Kind.DROPPED);
    }

    @Override
    public Answer apply(Answer answer) {
        return change.apply(answer);
    }

    @Override
    public String toString() {
        return name;
    }
}
