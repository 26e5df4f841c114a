// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.readers;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Image;
import io.github.ollamareactive.generation.GenerationEvent.Rendering;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import io.github.ollamareactive.generation.GenerationStats;
import io.github.ollamareactive.generation.Logprob;
import io.github.ollamareactive.internal.json.Json;
import io.github.ollamareactive.internal.json.LineParser;
import io.github.ollamareactive.internal.json.Rfc3339;
import io.github.ollamareactive.internal.ndjson.EventReader;
import io.github.ollamareactive.internal.ndjson.EventSink;
import io.github.ollamareactive.internal.received.ClientStatsRecorder;
import io.github.ollamareactive.internal.received.ReceivedAnswer;
import io.github.ollamareactive.protocol.ExceptionFactory;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.Partial;
import io.github.ollamareactive.protocol.ToolCall;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The hot path: one line of {@code /api/generate} or {@code /api/chat} to events, by hand over one reused parser. A line
 * costs the event and its text, nothing else.
 */
// All that one line of an answer may hold, in one pass over the parser: the fields are the state of that pass.
public final class GenerationReader implements EventReader<GenerationEvent> {
    private final ClientStatsRecorder recorder = new ClientStatsRecorder(System.nanoTime());
    private final ReceivedAnswer received = new ReceivedAnswer();

    // What one line said.
    private @Nullable String text;
    private @Nullable String thinking;
    private List<Logprob> logprobs = List.of();
    private List<ToolCall> calls = List.of();
    private List<String> images = List.of();
    private @Nullable Long completed;
    private @Nullable Long total;
    private @Nullable Boolean done;
    private @Nullable String reason;
    private @Nullable String error;
    private @Nullable String renderedTemplate;
    private @Nullable Integer imageCount;
    private @Nullable String remoteModel;
    private @Nullable String remoteHost;
    private @Nullable List<Integer> context;
    private long totalDuration;
    private long loadDuration;
    private long promptEvalCount;
    private @Nullable Long promptEvalCachedCount;
    private long promptEvalDuration;
    private long evalCount;
    private long evalDuration;

    // Asked for at the end only, so kept as characters: no object a line.
    private final LastText model = new LastText();
    private final LastText createdAt = new LastText();

    // Unknown fields, until an event takes them: a line may have none.
    private @Nullable Map<String, JsonValue> extras;
    private @Nullable Map<String, JsonValue> messageExtras;

    private final boolean load;
    private boolean answered;

    /** A reader for one answer. */
    public GenerationReader() {
        this(false);
    }

    private GenerationReader(boolean load) {
        this.load = load;
    }

    /**
     * A reader for the answer to a load: any record without an error says that it is done.
     *
     * @return the reader
     */
    public static GenerationReader load() {
        return new GenerationReader(true);
    }

    @Override
    public void read(byte[] bytes, int offset, int length, EventSink<? super GenerationEvent> out) {
        forget();
        LineParser line = LineParser.acquire();
        try {
            JsonParser p = line.begin(bytes, offset, length, JsonToken.START_OBJECT, "a JSON object");
            for (String name = p.nextName(); name != null; name = p.nextName()) {
                p.nextToken();
                field(name, p);
            }
            line.end(p);
        } catch (JacksonException e) {
            throw Json.malformed(e);
        }
        line.release();
        if (error != null) {
            throw ExceptionFactory.reported(error);
        }
        emit(out);
    }

    private void forget() {
        text = null;
        thinking = null;
        logprobs = List.of();
        calls = List.of();
        images = List.of();
        completed = null;
        total = null;
        done = null;
        reason = null;
    }

    private void field(String name, JsonParser p) {
        switch (name) {
            case "model" -> model.set(p);
            case "created_at" -> createdAt.set(p);
            case "message" -> message(p);
            case "response" -> text = ParsedValues.string(p);
            case "thinking" -> thinking = ParsedValues.string(p);
            case "tool_calls" -> calls = ParsedValues.list(p, ParsedValues::toolCall);
            case "logprobs" -> logprobs = ParsedValues.logprobs(p);
            case "done" -> done = ParsedValues.bool(p);
            case "done_reason" -> reason = ParsedValues.word(p);
            case "context" -> context = ParsedValues.listOrNull(p, ParsedValues::integer);
            case "total_duration" -> totalDuration = ParsedValues.number(p);
            case "load_duration" -> loadDuration = ParsedValues.number(p);
            case "prompt_eval_count" -> promptEvalCount = ParsedValues.number(p);
            case "prompt_eval_cached_count" -> promptEvalCachedCount = ParsedValues.countOrNull(p);
            case "prompt_eval_duration" -> promptEvalDuration = ParsedValues.number(p);
            case "eval_count" -> evalCount = ParsedValues.number(p);
            case "eval_duration" -> evalDuration = ParsedValues.number(p);
            case "completed" -> completed = ParsedValues.numberOrNull(p);
            case "total" -> total = ParsedValues.numberOrNull(p);
            case "image" -> image(ParsedValues.string(p));
            case "remote_model" -> remoteModel = ParsedValues.word(p);
            case "remote_host" -> remoteHost = ParsedValues.word(p);
            case "_debug_info" -> debugInfo(p);
            case "error" -> error = ParsedValues.error(p);
            default -> extras = put(extras, name, p);
        }
    }

    private void message(JsonParser p) {
        if (ParsedValues.isObject(p)) {
            for (String name = p.nextName(); name != null; name = p.nextName()) {
                p.nextToken();
                switch (name) {
                    case "content" -> text = ParsedValues.string(p);
                    case "thinking" -> thinking = ParsedValues.string(p);
                    case "tool_calls" -> calls = ParsedValues.list(p, ParsedValues::toolCall);
                    case "images" -> ParsedValues.list(p, ParsedValues::string).forEach(this::image);
                    case "role" -> p.skipChildren(); // always the assistant's
                    default -> messageExtras = put(messageExtras, name, p);
                }
            }
        }
    }

    private void image(@Nullable String base64) {
        if (base64 != null && !base64.isEmpty()) {
            images = new ArrayList<>(images);
            images.add(base64);
        }
    }

    private void debugInfo(JsonParser p) {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
        } else {
            for (String name = p.nextName(); name != null; name = p.nextName()) {
                p.nextToken();
                switch (name) {
                    case "rendered_template" -> renderedTemplate = ParsedValues.string(p);
                    case "image_count" -> imageCount = ParsedValues.integerOrNull(p);
                    default -> p.skipChildren();
                }
            }
        }
    }

    private void emit(EventSink<? super GenerationEvent> out) {
        answered = true;
        // What can be malformed is read before the first event goes out.
        List<Image> pictures = images.isEmpty() ? List.of() : pictures();
        // An answer to a debug request says done:false and is complete all the same.
        boolean complete = (done == null ? reason != null : done) || renderedTemplate != null;
        Done end = complete ? end() : null;

        String thought = thinking == null ? "" : thinking;
        String answer = text == null ? "" : text;
        if (!thought.isEmpty()) {
            received.thinking(thought);
            count(thought.length(), false);
            out.next(new Thinking(thought, answer.isEmpty() ? logprobs : List.of(), takeExtras()));
        }
        if (!answer.isEmpty() || (thought.isEmpty() && !logprobs.isEmpty())) {
            received.text(answer);
            count(answer.length(), true);
            out.next(new Token(answer, logprobs, takeExtras()));
        }
        for (ToolCall call : calls) {
            received.toolCall(call);
            count(0, false);
            out.next(new ToolCalled(call, takeExtras()));
        }
        if (completed != null) {
            count(0, false);
            out.next(new Rendering(completed, total, takeExtras()));
        }
        for (Image picture : pictures) {
            count(0, false);
            out.next(picture);
        }
        if (end != null) {
            count(0, false);
            out.last(end);
        }
    }

    private List<Image> pictures() {
        return images.stream()
                .map(image -> new Image(ByteBuffer.wrap(ParsedValues.base64(image))))
                .toList();
    }

    private static Map<String, JsonValue> put(@Nullable Map<String, JsonValue> fields, String name, JsonParser p) {
        Map<String, JsonValue> all = fields == null ? new LinkedHashMap<>() : fields;
        all.put(name, Json.value(p));
        return all;
    }

    /** The unknown fields that no event has yet. */
    private JsonObject takeExtras() {
        if (messageExtras != null) {
            extras = extras == null ? new LinkedHashMap<>() : extras;
            extras.put("message", new JsonObject(messageExtras));
        }
        JsonObject taken = extras == null ? JsonObject.EMPTY : new JsonObject(extras);
        extras = null;
        messageExtras = null;
        return taken;
    }

    private Done end() {
        String time = createdAt.text();
        GenerationStats stats = new GenerationStats(
                ParsedValues.duration(totalDuration),
                ParsedValues.duration(loadDuration),
                ParsedValues.count(promptEvalCount),
                promptEvalCachedCount,
                ParsedValues.duration(promptEvalDuration),
                ParsedValues.count(evalCount),
                ParsedValues.duration(evalDuration));
        return new Done(
                model.text(),
                time == null ? null : Rfc3339.parse(time),
                reason,
                context,
                stats,
                remoteModel,
                remoteHost,
                renderedTemplate,
                imageCount,
                takeExtras());
    }

    private void count(int characters, boolean token) {
        recorder.event(System.nanoTime(), characters, token);
    }

    @Override
    public void end(EventSink<? super GenerationEvent> out) {
        if (!load || !answered) {
            throw ExceptionFactory.incomplete(missing(), 0);
        }
        count(0, false);
        out.next(end());
    }

    @Override
    public String missing() {
        return "done";
    }

    @Override
    public Partial partial() {
        return received.partial(recorder.stats(System.nanoTime()));
    }
}
