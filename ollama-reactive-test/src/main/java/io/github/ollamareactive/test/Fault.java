// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.test.internal.generation.GenerationFormat;
import io.github.ollamareactive.test.internal.generation.SingleAnswerFaults;
import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.json.WireJson;
import io.github.ollamareactive.test.internal.response.BodyEdit;
import io.github.ollamareactive.test.internal.response.ResponseEnd;
import io.github.ollamareactive.test.internal.response.ResponsePlan;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/**
 * A failure of a response: {@code Answer.tokens("a", "b").with(Fault.errorLineAfter(1, "out of memory"))}.
 *
 * <p>Positions count lines or bytes of the answer as it was before the fault was added. A position beyond the end means the
 * end, so every fault takes effect. Faults of lines have another form where the request says {@code "stream":false}, since the
 * answer is one document there: what a server sends when the same thing happens to it. For failures without a response see {@link OllamaTestServer#refuse()} and
 * {@link OllamaTestServer#kill()}.
 */
// Longer than 300 lines because it is the complete list of faults. What they do to a response is in ResponsePlan.
public final class Fault implements UnaryOperator<Answer> {

    private static final int MIN_OVERSIZED = 512;

    private final String name;
    private final UnaryOperator<Answer> change;

    private Fault(String name, UnaryOperator<Answer> change) {
        this.name = name;
        this.change = change;
    }

    private static Fault edit(String name, BodyEdit edit) {
        return new Fault(name, answer -> answer.edit(edit));
    }

    private static Fault edit(String name, BodyEdit edit, UnaryOperator<ResponsePlan> single) {
        return new Fault(name, answer -> answer.edit(edit, single));
    }

    private static Fault end(String name, ResponseEnd.Kind kind) {
        return new Fault(name, answer -> answer.endingWith(kind));
    }

    private static Fault instead(String name, Answer other) {
        return new Fault(name, answer -> other);
    }

    /**
     * Resets the TCP connection in the middle of the body.
     *
     * @param bytes the bytes of the body before the reset
     * @return the fault
     */
    public static Fault resetAt(long bytes) {
        return edit("reset at byte " + bytes, BodyEdit.atByte(bytes).stop(ResponseEnd.Kind.RESET));
    }

    /**
     * Resets the TCP connection when the request has been read, before any response.
     *
     * @return the fault
     */
    public static Fault resetBeforeHeaders() {
        return end("reset before headers", ResponseEnd.Kind.UNANSWERED_RESET);
    }

    /**
     * Closes the connection when the request has been read, before any response.
     *
     * @return the fault
     */
    public static Fault closeBeforeHeaders() {
        return end("close before headers", ResponseEnd.Kind.UNANSWERED);
    }

    /**
     * Closes the connection after the whole body but without the chunk terminator. A {@code Content-Length} announces one
     * byte more than is sent.
     *
     * @return the fault
     */
    public static Fault closeWithoutTerminator() {
        return end("close without terminator", ResponseEnd.Kind.CLOSE);
    }

    /**
     * Closes the connection in the middle of the body.
     *
     * @param bytes the bytes of the body before the close
     * @return the fault
     */
    public static Fault closeAt(long bytes) {
        return edit("close at byte " + bytes, BodyEdit.atByte(bytes).stop(ResponseEnd.Kind.CLOSE));
    }

    /**
     * Ends the body early, but correctly in terms of HTTP: there is neither {@code done} nor an error. A single document has
     * {@code "done":false} and no metrics; that of a pull, push or create has no {@code success}.
     *
     * @param lines the lines before the end
     * @return the fault
     */
    public static Fault endAfter(long lines) {
        BodyEdit edit = BodyEdit.afterLines(lines).stop(ResponseEnd.Kind.COMPLETE);
        return edit("clean end after " + lines + " lines", edit, SingleAnswerFaults::unfinished);
    }

    /**
     * Ends the body in the middle of a line, but correctly in terms of HTTP.
     *
     * @param bytes the bytes of the body before the end
     * @return the fault
     */
    public static Fault endAt(long bytes) {
        return edit("clean end at byte " + bytes, BodyEdit.atByte(bytes).stop(ResponseEnd.Kind.COMPLETE));
    }

    /**
     * Never responds: not even the status is sent, and the connection stays open.
     *
     * @return the fault
     */
    public static Fault stallBeforeHeaders() {
        return end("stall before headers", ResponseEnd.Kind.UNANSWERED_SILENCE);
    }

    /**
     * Delays the status.
     *
     * @param duration the time after the request
     * @return the fault
     */
    public static Fault stallBeforeHeaders(Duration duration) {
        requireNonNull(duration, "duration");
        return new Fault("headers after " + duration, answer -> answer.delayHeaders(duration));
    }

    /**
     * Sends status and headers, then nothing more; the connection stays open. Of a single document not even the status is
     * sent.
     *
     * @return the fault
     */
    public static Fault stallBeforeFirstLine() {
        return stallAfter(0);
    }

    /**
     * Stops sending in the middle of the body; the connection stays open. Of a single document not even the status is sent,
     * since a model that stalls has not finished it.
     *
     * @param lines the lines before the stall
     * @return the fault
     */
    public static Fault stallAfter(long lines) {
        return edit(
                "stall after " + lines + " lines",
                BodyEdit.afterLines(lines).stop(ResponseEnd.Kind.SILENCE),
                SingleAnswerFaults::silent);
    }

    /**
     * Pauses in the middle of the body. A single document is delayed, with its status.
     *
     * @param lines the lines before the pause
     * @param duration the length of the pause
     * @return the fault
     */
    public static Fault stallAfter(long lines, Duration duration) {
        BodyEdit edit = BodyEdit.afterLines(lines).pause(requireNonNull(duration, "duration"));
        return edit(
                "stall of " + duration + " after " + lines + " lines",
                edit,
                plan -> SingleAnswerFaults.late(plan, duration));
    }

    /**
     * Sends the body byte by byte, with a wait before each.
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
     * Inserts a line that is not JSON. A single document is replaced by it.
     *
     * @param lines the lines before it
     * @return the fault
     */
    public static Fault malformedLineAfter(long lines) {
        return lineAfter(lines, "{\"message\":{\"content\":\"half a li");
    }

    /**
     * Inserts a line. A single document is replaced by it.
     *
     * @param lines the lines before it
     * @param line the line, without its line feed
     * @return the fault
     */
    public static Fault lineAfter(long lines, String line) {
        return edit(
                "a line after " + lines + " lines",
                BodyEdit.afterLines(lines).insert(Bytes.of(line + '\n')),
                plan -> SingleAnswerFaults.document(plan, line));
    }

    /**
     * Sends an error line in the middle of the stream and ends the body, correctly in terms of HTTP. Instead of a single
     * document it sends status 500 with the error.
     *
     * @param lines the lines before it
     * @param message the value of {@code error}
     * @return the fault
     */
    public static Fault errorLineAfter(long lines, String message) {
        String line = WireJson.text(WireJson.object().put("error", requireNonNull(message, "message")));
        BodyEdit edit = BodyEdit.afterLines(lines).insert(Bytes.of(line + '\n')).stop(ResponseEnd.Kind.COMPLETE);
        return edit("error line after " + lines + " lines", edit, plan -> SingleAnswerFaults.error(plan, message));
    }

    /**
     * Inserts a very long token line. It is valid JSON, in the format of the endpoint that is called. A single document is
     * extended to that length.
     *
     * @param lines the lines before it
     * @param bytes the length of the line with its line feed; at least 512
     * @return the fault
     */
    public static Fault oversizedLineAfter(long lines, int bytes) {
        if (bytes < MIN_OVERSIZED) {
            throw new IllegalArgumentException("bytes must be at least " + MIN_OVERSIZED + ", but is " + bytes);
        }
        return new Fault(
                "a line of " + bytes + " bytes after " + lines + " lines",
                answer -> Answer.to(request -> {
                    String line = GenerationFormat.of(request.route(), request.jsonBody(), "oversized")
                            .lineOfLength(bytes);
                    return answer.edit(
                            BodyEdit.afterLines(lines).insert(Bytes.of(line)),
                            plan -> SingleAnswerFaults.oversized(plan, bytes));
                }));
    }

    /**
     * Changes the content type to one that the body does not have.
     *
     * @param contentType such as {@code text/plain}
     * @return the fault
     */
    public static Fault contentType(String contentType) {
        return new Fault("content type " + contentType, answer -> answer.contentType(contentType));
    }

    /**
     * Sends an HTML page instead of the answer, as a reverse proxy does.
     *
     * @param status the status code, such as 502
     * @return the fault
     */
    public static Fault htmlPage(int status) {
        return instead("HTML page " + status, Errors.htmlPage(status));
    }

    /**
     * Sends a redirect instead of the answer.
     *
     * @param status the status code, such as 307
     * @param location the target
     * @return the fault
     */
    public static Fault redirect(int status, String location) {
        return instead("redirect to " + location, Errors.redirect(status, location));
    }

    /**
     * Sends 429 with {@code Retry-After} instead of the answer.
     *
     * @param retryAfter the time, sent in whole seconds
     * @return the fault
     */
    public static Fault rateLimited(Duration retryAfter) {
        return instead("rate limited", Errors.rateLimited(retryAfter));
    }

    /**
     * Fails a number of times, then gives the answer. Counts all responses with this fault, whatever the request.
     *
     * @param times the number of failures
     * @param failure the answer that is a failure, such as {@code Errors.overloaded()}
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
     * Closes the connection after the complete response. No header announces it, so the client's pool keeps a dead
     * connection, as when a server dies between two calls.
     *
     * @return the fault
     */
    public static Fault closeAfterwards() {
        return end("close afterwards", ResponseEnd.Kind.COMPLETE_AND_CLOSED);
    }

    /**
     * A fault chosen at random: a reset, a close, an early end, a malformed or error line, at a random position, or a refusal.
     * None of them stalls. Its {@link #toString()} tells the seed and the fault, and so does the header
     * {@code Ollama-Test-Fault}, if the response has headers.
     *
     * @param seed the seed: the same seed chooses the same fault
     * @return the fault
     */
    public static Fault random(long seed) {
        Random random = new Random(seed);
        long bytes = random.nextInt(1_000);
        long lines = random.nextInt(8);
        List<Fault> all = List.of(
                resetAt(bytes),
                closeAt(bytes),
                endAt(bytes),
                endAfter(lines),
                malformedLineAfter(lines),
                errorLineAfter(lines, "an error by chance"),
                closeWithoutTerminator(),
                resetBeforeHeaders(),
                closeBeforeHeaders(),
                htmlPage(502),
                instead("overloaded", Errors.overloaded()),
                rateLimited(Duration.ofSeconds(1)));
        Fault chosen = all.get(random.nextInt(all.size()));
        String name = "random, seed " + seed + ": " + chosen.name;
        return new Fault(name, answer -> answer.with(chosen).header("Ollama-Test-Fault", name));
    }

    /**
     * A random fault in some of the responses, another one in each. The header {@code Ollama-Test-Fault} tells the seed of the
     * {@link #random(long)} fault, if the response has headers.
     *
     * @param probability the part of the responses that fail, 0 to 1
     * @param seed the seed: the n-th response with this fault fails in the same way whenever the seed is the same
     * @return the fault
     */
    public static Fault random(double probability, long seed) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be from 0 to 1, but is " + probability);
        }
        Random random = new Random(seed);
        return new Fault(
                "random with probability " + probability + ", seed " + seed,
                answer -> Answer.to(request -> {
                    synchronized (random) {
                        double chance = random.nextDouble();
                        int next = random.nextInt();
                        return chance < probability ? answer.with(random(next)) : answer;
                    }
                }));
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
