// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;

/**
 * What the server answers: a status, headers, a body piece by piece, the time of each, and the end. Immutable; every
 * method gives a new answer. What a model says is put together by {@link Generation}, a progress by {@link ProgressUpdates}, what
 * a server refuses by {@link Errors}; {@link Fault} has what may go wrong with any of them.
 *
 * <p>An answer may be given any number of times. Every piece is written when the client's socket took the one before:
 * no matter how large the body is, only one piece is held.
 */
public final class Answer {

    private static final String NDJSON = "application/x-ndjson";

    private final Function<ReceivedRequest, ResponsePlan> plan;

    private Answer(Function<ReceivedRequest, ResponsePlan> plan) {
        this.plan = plan;
    }

    private static Answer of(ResponseHead head, ResponseBody content, ResponseEnd ending) {
        ResponsePlan settled = ResponsePlan.of(head, content, ending);
        return new Answer(request -> settled);
    }

    /**
     * An answer that depends on the request.
     *
     * @param answer asked for each request that is answered so, on the server's event loop: it must not block
     * @return the answer
     */
    public static Answer to(Function<ReceivedRequest, Answer> answer) {
        requireNonNull(answer, "answer");
        return new Answer(request -> requireNonNull(answer.apply(request), "the test's function gave null")
                .planFor(request));
    }

    /**
     * What a model says, a token a line, then {@code done}: in the shape of the endpoint that is asked, as a stream or as a
     * single document. {@link Generation} tells more.
     *
     * @param tokens the texts
     * @return the answer
     */
    public static Answer tokens(String... tokens) {
        return Generation.create().tokens(tokens).answer();
    }

    private static Answer stream(ResponseBody content) {
        return of(ResponseHead.of(200), content, ResponseEnd.COMPLETE).contentType(NDJSON);
    }

    /**
     * A single JSON document with its {@code Content-Length}.
     *
     * @param status the status code
     * @param body the document, sent as it is
     * @return the answer
     */
    public static Answer json(int status, String body) {
        return of(status).contentType("application/json; charset=utf-8").body(body);
    }

    /**
     * A stream of lines as Ollama writes it: status 200, {@code application/x-ndjson}, every line an HTTP chunk with a
     * line feed at its end.
     *
     * @param lines the lines, without line feeds
     * @return the answer
     */
    public static Answer ndjson(String... lines) {
        return stream(ResponseBody.Known.of(
                BodyFraming.CHUNKED, Arrays.stream(lines).map(Answer::line).toList()));
    }

    /**
     * A stream in HTTP chunks of these bytes, nothing added: status 200, {@code application/x-ndjson}. Empty ones are left
     * out, since an empty chunk is the end of the stream.
     *
     * @param chunks the payloads
     * @return the answer
     */
    public static Answer chunks(byte[]... chunks) {
        return chunks(Arrays.asList(chunks));
    }

    /**
     * A stream in HTTP chunks of these bytes, as {@link #chunks(byte[]...)}.
     *
     * @param chunks the payloads
     * @return the answer
     */
    public static Answer chunks(List<byte[]> chunks) {
        return stream(ResponseBody.Known.of(
                BodyFraming.CHUNKED, chunks.stream().map(Bytes::of).toList()));
    }

    /**
     * Status and nothing else: no body ({@code Content-Length: 0}), no further headers.
     *
     * @param status the status code
     * @return the answer
     */
    public static Answer of(int status) {
        return of(ResponseHead.of(status), ResponseBody.Known.of(BodyFraming.LENGTH, List.of()), ResponseEnd.COMPLETE);
    }

    /**
     * What a real server answered: its status, headers, chunk borders, framing and end. It comes at once;
     * {@link #pace pace(Pace.recorded())} gives it the recorded times.
     *
     * @param recording the recording
     * @return the answer
     */
    public static Answer of(Recording recording) {
        return of(ResponseHead.of(recording), ResponseBody.Known.of(recording), ResponseEnd.of(recording));
    }

    /**
     * One line of NDJSON over and over, as fast as the client's socket takes it, until the client goes.
     *
     * @param line the line, without its line feed
     * @return the answer
     */
    public static Answer endless(String line) {
        Bytes piece = line(line);
        return stream(ResponseBody.Live.of(BodyFraming.CHUNKED, Flux.generate(sink -> sink.next(piece))));
    }

    /**
     * A stream the test drives: every line an HTTP chunk with a line feed at its end, asked for one at a time, when the
     * client's socket has taken the one before.
     *
     * @param lines the lines, without line feeds; subscribed once for each time this answer is given, and cancelled when the
     *     client goes. When it fails, the connection is closed in the middle of the answer
     * @return the answer
     */
    public static Answer lines(Flux<String> lines) {
        requireNonNull(lines, "lines");
        return stream(ResponseBody.Live.of(BodyFraming.CHUNKED, lines.map(Answer::line)));
    }

    /**
     * None: the connection is closed when the request is there.
     *
     * @return the answer that is none
     */
    public static Answer closeBeforeResponse() {
        return of(200).then(ResponseEnd.Kind.UNANSWERED);
    }

    /** A chunked body of these pieces. */
    static Answer pieces(String contentType, List<BodyPiece> pieces) {
        return of(
                ResponseHead.of(200).with("Content-Type", contentType),
                new ResponseBody.Known(BodyFraming.CHUNKED, List.copyOf(pieces)),
                ResponseEnd.COMPLETE);
    }

    private static Bytes line(String line) {
        return Bytes.of(line + '\n');
    }

    /**
     * This answer with another status and the reason phrase usual for it.
     *
     * @param status the status code
     * @return the answer
     */
    public Answer status(int status) {
        return map(settled -> settled.with(settled.head().with(status, null)));
    }

    /**
     * This answer with another status.
     *
     * @param status the status code
     * @param reason the reason phrase
     * @return the answer
     */
    public Answer status(int status, String reason) {
        requireNonNull(reason, "reason");
        return map(settled -> settled.with(settled.head().with(status, reason)));
    }

    /**
     * This answer with a header, in place of one of the same name. A {@code Content-Length} given here is sent even if it is
     * wrong.
     *
     * @param name the header's name
     * @param value its value
     * @return the answer
     */
    public Answer header(String name, String value) {
        requireNonNull(name, "name");
        requireNonNull(value, "value");
        return map(settled -> settled.with(settled.head().with(name, value)));
    }

    /**
     * This answer with another content type.
     *
     * @param contentType the value of {@code Content-Type}
     * @return the answer
     */
    public Answer contentType(String contentType) {
        return header("Content-Type", contentType);
    }

    /**
     * This answer with a body of known length, in place of the one it had. Its {@code Content-Length} is the body's, unless
     * {@link #header} gives another afterwards.
     *
     * @param body the body, sent in UTF-8
     * @return the answer
     */
    public Answer body(String body) {
        return body(Bytes.of(body));
    }

    /**
     * This answer with a body of known length, in place of the one it had. Its {@code Content-Length} is the body's, unless
     * {@link #header} gives another afterwards.
     *
     * @param body the body; copied
     * @return the answer
     */
    public Answer body(byte[] body) {
        return body(Bytes.of(body));
    }

    private Answer body(Bytes body) {
        ResponseBody known = ResponseBody.Known.of(BodyFraming.LENGTH, List.of(body));
        return map(settled -> settled.with(known));
    }

    /**
     * This answer at another pace.
     *
     * @param pace when its pieces are written
     * @return the answer
     */
    public Answer pace(Pace pace) {
        requireNonNull(pace, "pace");
        return map(settled -> settled.with(pace));
    }

    /**
     * This answer in other pieces.
     *
     * @param cuts where its body is cut
     * @return the answer
     */
    public Answer chunking(Chunking cuts) {
        requireNonNull(cuts, "cuts");
        return map(settled -> settled.with(cuts));
    }

    /**
     * This answer after a while: nothing comes before, not even the status.
     *
     * @param delay how long after the request; comes on top of the pace
     * @return the answer
     */
    public Answer delayHeaders(Duration delay) {
        requireNonNull(delay, "delay");
        return map(settled -> settled.delayed(delay));
    }

    /**
     * This answer without its end: after the last piece the connection stays open and nothing more comes. A
     * {@code Content-Length} promises one byte more than there is.
     *
     * @return the answer
     */
    public Answer thenSilence() {
        return then(ResponseEnd.Kind.SILENCE);
    }

    /**
     * This answer, then a TCP reset instead of its end. As with any reset, what the client's kernel has not received is
     * lost. A {@code Content-Length} promises one byte more than there is.
     *
     * @return the answer
     */
    public Answer thenReset() {
        return then(ResponseEnd.Kind.RESET);
    }

    /**
     * This answer, then the connection is closed instead of its end: a chunked body lacks its terminator, a
     * {@code Content-Length} promises one byte more than there is.
     *
     * @return the answer
     */
    public Answer thenClose() {
        return then(ResponseEnd.Kind.CLOSE);
    }

    /**
     * This answer with a fault. Faults add up in the order in which they are given.
     *
     * @param fault one of {@link Fault}'s, or any other change
     * @return the answer
     */
    public Answer with(UnaryOperator<Answer> fault) {
        return requireNonNull(fault.apply(this), "the fault gave null");
    }

    Answer edit(BodyEdit edit) {
        return map(settled -> settled.with(edit));
    }

    Answer then(ResponseEnd.Kind kind) {
        return map(settled -> settled.then(kind));
    }

    private Answer map(UnaryOperator<ResponsePlan> change) {
        return new Answer(plan.andThen(change));
    }

    /** What this is for a request. Asked once for each answer that is given. */
    ResponsePlan planFor(ReceivedRequest request) {
        return plan.apply(request);
    }
}
