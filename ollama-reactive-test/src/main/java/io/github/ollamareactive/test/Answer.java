// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.test.internal.generation.Documents;
import io.github.ollamareactive.test.internal.http.BodyFraming;
import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.json.WireJson;
import io.github.ollamareactive.test.internal.response.BodyEdit;
import io.github.ollamareactive.test.internal.response.ResponseBody;
import io.github.ollamareactive.test.internal.response.ResponseEnd;
import io.github.ollamareactive.test.internal.response.ResponseHead;
import io.github.ollamareactive.test.internal.response.ResponsePlan;
import io.github.ollamareactive.test.recordings.Recording;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import reactor.core.publisher.Flux;

/**
 * A response of the server: status, headers, a body in pieces, the time of each piece, and the end. Immutable; every method
 * returns a new answer. {@link Generation} builds what a model says, {@link ProgressUpdates} the progress of a pull, push or
 * create, {@link Errors} what a server refuses; {@link Fault} makes any of them fail.
 *
 * <p>An answer may be given any number of times. Each piece is written when the client's socket has accepted the previous
 * one. The server holds one piece at a time, however large the body is.
 */
// Longer than 300 lines because all factories and modifiers are one fluent API. What they build is ResponsePlan.
public final class Answer {

    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HEADER_CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\t]]");

    private static final String NDJSON = "application/x-ndjson";

    private final Function<ReceivedRequest, ResponsePlan> plan;
    private final String source;

    private Answer(Function<ReceivedRequest, ResponsePlan> plan) {
        this(plan, "");
    }

    private Answer(Function<ReceivedRequest, ResponsePlan> plan, String source) {
        this.plan = plan;
        this.source = source;
    }

    static Answer planned(Function<ReceivedRequest, ResponsePlan> plan) {
        return new Answer(plan);
    }

    static Answer planned(ResponsePlan plan) {
        return new Answer(request -> plan);
    }

    /**
     * An answer that depends on the request.
     *
     * @param answer called for each request that is answered with it, on the server's event loop: it must not block
     * @return the answer
     */
    public static Answer to(Function<ReceivedRequest, Answer> answer) {
        requireNonNull(answer, "answer");
        return new Answer(request -> requireNonNull(answer.apply(request), "the answer function returned null")
                .planFor(request));
    }

    /**
     * The tokens of a model, one line each, then {@code done}: in the format of the endpoint that is called, streamed or as a
     * single document. {@link Generation} offers more.
     *
     * @param tokens the texts
     * @return the answer
     */
    public static Answer tokens(String... tokens) {
        return Generation.create().tokens(tokens).answer();
    }

    /**
     * One vector, as embed and its predecessor embeddings answer, depending on the path. It names the model that the request
     * names.
     *
     * @param vector the numbers
     * @return the answer
     */
    public static Answer embedding(float... vector) {
        return embeddings(vector);
    }

    /**
     * The vectors of several texts, as embed answers.
     *
     * @param vectors the numbers, one vector for each text
     * @return the answer
     */
    public static Answer embeddings(float[]... vectors) {
        List<float[]> copies = Arrays.stream(vectors).map(float[]::clone).toList();
        return planned(
                request -> ResponsePlan.json(200, Documents.embeddings(request.route(), request.jsonBody(), copies)));
    }

    /**
     * The list of installed models, as tags answers. {@code LocalModels} describes models in more detail.
     *
     * @param names the models' names; {@code :latest} is added to those without a tag
     * @return the answer
     */
    public static Answer models(String... names) {
        return json(200, Documents.models(names));
    }

    /**
     * A JSON document with its {@code Content-Length}.
     *
     * @param status the status code
     * @param body the document, sent unchanged
     * @return the answer
     */
    public static Answer json(int status, String body) {
        return planned(ResponsePlan.json(status, body));
    }

    /**
     * A stream of lines as Ollama writes it: status 200, {@code application/x-ndjson}, each line with its line feed in an
     * HTTP chunk of its own.
     *
     * @param lines the lines, without line feeds
     * @return the answer
     */
    public static Answer ndjson(String... lines) {
        return stream(ResponseBody.Known.of(
                BodyFraming.CHUNKED, Arrays.stream(lines).map(Answer::line).toList()));
    }

    /**
     * A stream in HTTP chunks of exactly these bytes: status 200, {@code application/x-ndjson}. Empty arrays are left out,
     * because an empty chunk ends a chunked body.
     *
     * @param chunks the payloads
     * @return the answer
     */
    public static Answer chunks(byte[]... chunks) {
        return chunks(Arrays.asList(chunks));
    }

    /**
     * A stream in HTTP chunks of exactly these bytes; see {@link #chunks(byte[]...)}.
     *
     * @param chunks the payloads
     * @return the answer
     */
    public static Answer chunks(List<byte[]> chunks) {
        return stream(ResponseBody.Known.of(
                BodyFraming.CHUNKED, chunks.stream().map(Bytes::of).toList()));
    }

    /**
     * A status without a body ({@code Content-Length: 0}) and without further headers.
     *
     * @param status the status code
     * @return the answer
     */
    public static Answer of(int status) {
        ResponseBody empty = ResponseBody.Known.of(BodyFraming.LENGTH, List.of());
        return planned(ResponsePlan.of(ResponseHead.of(status), empty, ResponseEnd.COMPLETE));
    }

    /**
     * The response of a recorded server: its status, headers, chunk boundaries, framing and end. It is written at once;
     * {@link #pace pace(Pace.recorded())} keeps the recorded times.
     *
     * @param recording the recording
     * @return the answer
     */
    public static Answer of(Recording recording) {
        return planned(RecordedPlan.of(recording));
    }

    /**
     * One line of NDJSON again and again, as fast as the client's socket accepts it, until the client disconnects.
     *
     * @param line the line, without its line feed
     * @return the answer
     */
    public static Answer endless(String line) {
        Bytes piece = line(line);
        return stream(ResponseBody.Live.of(BodyFraming.CHUNKED, Flux.generate(sink -> sink.next(piece))));
    }

    /**
     * A stream that the test drives. Each line is sent with a line feed in an HTTP chunk of its own, and requested when the
     * client's socket has accepted the previous one.
     *
     * @param lines the lines, without line feeds; subscribed to each time this answer is given, and cancelled when the client
     *     disconnects. When it fails, the connection is closed before the end of the body
     * @return the answer
     */
    public static Answer lines(Flux<String> lines) {
        requireNonNull(lines, "lines");
        return stream(ResponseBody.Live.of(BodyFraming.CHUNKED, lines.map(Answer::line)));
    }

    /**
     * No response: the connection is closed when the request has been read.
     *
     * @return the answer
     */
    public static Answer closeBeforeResponse() {
        return of(200).endingWith(ResponseEnd.Kind.UNANSWERED);
    }

    private static Answer stream(ResponseBody body) {
        return planned(ResponsePlan.of(ResponseHead.of(200), body, ResponseEnd.COMPLETE))
                .contentType(NDJSON);
    }

    private static Bytes line(String line) {
        return Bytes.of(line + '\n');
    }

    /**
     * This answer with another status and its usual reason phrase.
     *
     * @param status the status code
     * @return the answer
     */
    public Answer status(int status) {
        return map(planned -> planned.with(planned.head().with(status, null)));
    }

    /**
     * This answer with another status and reason phrase.
     *
     * @param status the status code
     * @param reason the reason phrase
     * @return the answer
     */
    public Answer status(int status, String reason) {
        requireNonNull(reason, "reason");
        return map(planned -> planned.with(planned.head().with(status, reason)));
    }

    /**
     * This answer with a header, which replaces one of the same name. A {@code Content-Length} is sent even if it is wrong.
     *
     * @param name the header's name
     * @param value the header's value
     * @return the answer
     * @throws IllegalArgumentException when HTTP knows no such name, or the value has control characters
     */
    public Answer header(String name, String value) {
        if (!HEADER_NAME.matcher(requireNonNull(name, "name")).matches()) {
            throw new IllegalArgumentException("'" + name.replaceAll("\\p{Cntrl}", "?") + "' is no name of a header");
        }
        if (HEADER_CONTROL.matcher(requireNonNull(value, "value")).find()) {
            throw new IllegalArgumentException("the value of the header " + name + " has control characters");
        }
        return map(planned -> planned.with(planned.head().with(name, value)));
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
     * This answer with a body of known length, which replaces the previous body. Its {@code Content-Length} is correct unless
     * {@link #header} changes it afterwards.
     *
     * @param body the body, sent in UTF-8
     * @return the answer
     */
    public Answer body(String body) {
        return body(Bytes.of(body));
    }

    /**
     * This answer with a body of known length, which replaces the previous body. Its {@code Content-Length} is correct unless
     * {@link #header} changes it afterwards.
     *
     * @param body the body; copied
     * @return the answer
     */
    public Answer body(byte[] body) {
        return body(Bytes.of(body));
    }

    private Answer body(Bytes body) {
        ResponseBody known = ResponseBody.Known.of(BodyFraming.LENGTH, List.of(body));
        return map(planned -> planned.with(known));
    }

    /**
     * This answer at another pace.
     *
     * @param pace when the pieces are written
     * @return the answer
     */
    public Answer pace(Pace pace) {
        requireNonNull(pace, "pace");
        return map(planned -> planned.with(pace.policy()));
    }

    /**
     * This answer with the body in other pieces.
     *
     * @param chunking the sizes of the pieces
     * @return the answer
     */
    public Answer chunking(Chunking chunking) {
        requireNonNull(chunking, "chunking");
        return map(planned -> planned.with(chunking.policy()));
    }

    /**
     * This answer after a delay, in which not even the status is written.
     *
     * @param delay the time after the request; the pace's waits come on top
     * @return the answer
     */
    public Answer delayHeaders(Duration delay) {
        requireNonNull(delay, "delay");
        return map(planned -> planned.delayed(delay));
    }

    /**
     * This answer without its end: after the last piece nothing more is written and the connection stays open. A
     * {@code Content-Length} announces one byte more than is sent.
     *
     * @return the answer
     */
    public Answer thenSilence() {
        return endingWith(ResponseEnd.Kind.SILENCE);
    }

    /**
     * This answer with a TCP reset instead of its end. Bytes that the client's kernel has not received by then are lost. A
     * {@code Content-Length} announces one byte more than is sent.
     *
     * @return the answer
     */
    public Answer thenReset() {
        return endingWith(ResponseEnd.Kind.RESET);
    }

    /**
     * This answer with the connection closed instead of its end: a chunked body lacks its terminator, a
     * {@code Content-Length} announces one byte more than is sent.
     *
     * @return the answer
     */
    public Answer thenClose() {
        return endingWith(ResponseEnd.Kind.CLOSE);
    }

    /**
     * This answer with a fault. Several faults apply in the order in which they are added.
     *
     * @param fault a {@link Fault}, or any other change
     * @return the answer
     */
    public Answer with(UnaryOperator<Answer> fault) {
        return requireNonNull(fault.apply(this), "the fault returned null");
    }

    Answer edit(BodyEdit edit) {
        return map(planned -> planned.with(edit));
    }

    /** As {@link #edit(BodyEdit)}, in another form for the single document that {@code "stream":false} asks for. */
    Answer edit(BodyEdit edit, UnaryOperator<ResponsePlan> single) {
        return new Answer(request -> {
            ResponsePlan planned = plan.apply(request);
            boolean document = planned.isDocument() && !WireJson.streams(request.jsonBody());
            return document ? single.apply(planned) : planned.with(edit);
        });
    }

    Answer endingWith(ResponseEnd.Kind kind) {
        return map(planned -> planned.endingWith(kind));
    }

    private Answer map(UnaryOperator<ResponsePlan> change) {
        return new Answer(plan.andThen(change), source);
    }

    /** This answer with what {@link Exchange#answeredBy} says of it. */
    Answer from(String newSource) {
        return new Answer(plan, newSource);
    }

    String source() {
        return source;
    }

    /** The response to one request. Called once each time this answer is given. */
    ResponsePlan planFor(ReceivedRequest request) {
        return plan.apply(request);
    }
}
