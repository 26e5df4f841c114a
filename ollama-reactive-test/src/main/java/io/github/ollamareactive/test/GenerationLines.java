// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Plays a generation for one request: the lines of a stream, or one document. */
final class GenerationLines {

    private final Generation generation;
    private final GenerationFormat shape;
    private final boolean streams;
    private final boolean wantsLogprobs;
    private final int topLogprobs;

    private final List<BodyPiece> lines = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final ArrayNode calls = WireJson.JSON.createArrayNode();
    private final ArrayNode logprobs = WireJson.JSON.createArrayNode();
    private Duration pause = Duration.ZERO;
    private int texts;
    private @Nullable String error;

    private GenerationLines(Generation generation, GenerationFormat shape, JsonNode body) {
        this.generation = generation;
        this.shape = shape;
        this.streams = WireJson.streams(body);
        this.wantsLogprobs = body.path("logprobs").asBoolean(false);
        this.topLogprobs = body.path("top_logprobs").asInt(0);
    }

    static GenerationLines of(Generation generation, ReceivedRequest request) {
        JsonNode body = WireJson.bodyOf(request);
        String named = body.path("model").asString("");
        String model = generation.model();
        GenerationFormat shape = GenerationFormat.of(request, model == null ? named : model);
        GenerationLines lines = new GenerationLines(generation, shape, body);
        lines.play();
        return lines;
    }

    private void play() {
        for (GenerationStep step : generation.steps()) {
            if (error != null) {
                return;
            }
            if (step instanceof GenerationStep.Thinking thought) {
                say(thinking, thought.words(), shape.line("", thought.words().text()));
            } else if (step instanceof GenerationStep.Token token) {
                say(text, token.words(), shape.line(token.words().text(), ""));
            } else if (step instanceof GenerationStep.ToolCalled call) {
                call(call);
            } else if (step instanceof GenerationStep.Paused paused) {
                pause = pause.plus(paused.duration());
            } else if (step instanceof GenerationStep.Failed failed) {
                error = failed.words();
            }
        }
    }

    private void say(StringBuilder all, ScriptedToken words, ObjectNode line) {
        texts++;
        all.append(words.text());
        if (wantsLogprobs || words.hasLogprob()) {
            ObjectNode entry = words.logprobs(topLogprobs);
            logprobs.add(entry);
            line.putArray("logprobs").add(entry);
        }
        add(line);
    }

    private void call(GenerationStep.ToolCalled called) {
        texts++;
        ObjectNode call = WireJson.object();
        if (!called.id().isEmpty()) {
            call.put("id", called.id());
        }
        call.putObject("function")
                .put("index", calls.size())
                .put("name", called.name())
                .set("arguments", WireJson.JSON.readTree(called.arguments()));
        calls.add(call);
        if (shape.callsInTheirOwnLine()) {
            ObjectNode line = shape.line("", "");
            shape.toolCalls(line, WireJson.JSON.createArrayNode().add(call));
            add(line);
        }
    }

    private void add(JsonNode line) {
        if (streams) {
            lines.add(BodyPiece.of(Bytes.of(WireJson.text(line) + '\n')).after(pause));
            pause = Duration.ZERO;
        }
    }

    Answer answer() {
        if (error != null) {
            return failure(WireJson.object().put("error", error));
        }
        if (streams) {
            ObjectNode last = shape.line("", "");
            if (!shape.callsInTheirOwnLine()) {
                shape.toolCalls(last, calls);
            }
            add(done(last));
            return Answer.pieces("application/x-ndjson", lines);
        }
        ObjectNode single = shape.line(text.toString(), thinking.toString());
        shape.toolCalls(single, calls);
        done(single);
        if (!logprobs.isEmpty()) {
            single.set("logprobs", logprobs);
        }
        return Answer.json(200, WireJson.text(single)).delayHeaders(pause);
    }

    private Answer failure(ObjectNode words) {
        if (!streams) {
            return Answer.json(500, WireJson.text(words)).delayHeaders(pause);
        }
        if (lines.isEmpty()) {
            // A worker's error before its first event is chunked, and has no line feed.
            BodyPiece document = BodyPiece.of(Bytes.of(WireJson.text(words)));
            return Answer.pieces("application/json", List.of(document))
                    .status(500)
                    .delayHeaders(pause);
        }
        add(words);
        return Answer.pieces("application/x-ndjson", lines);
    }

    private ObjectNode done(ObjectNode line) {
        GenerationMetrics given = generation.metrics();
        return shape.done(
                line,
                generation.doneReason(),
                generation.context(),
                given == null ? GenerationMetrics.of(shape.promptTokens(), texts + 1) : given);
    }
}
