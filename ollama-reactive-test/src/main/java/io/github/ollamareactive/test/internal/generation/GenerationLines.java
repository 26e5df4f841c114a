// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.generation;

import io.github.ollamareactive.test.internal.http.Route;
import io.github.ollamareactive.test.internal.json.WireJson;
import io.github.ollamareactive.test.internal.response.BodyPiece;
import io.github.ollamareactive.test.internal.response.ResponsePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Turns a scripted generation into the response to one request: the lines of a stream, or one document. */
public final class GenerationLines {

    private final GenerationScript script;
    private final GenerationFormat format;
    private final boolean streams;
    private final boolean wantsLogprobs;
    private final int topLogprobs;

    private final List<BodyPiece> lines = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final ArrayNode calls = WireJson.JSON.createArrayNode();
    private final ArrayNode logprobs = WireJson.JSON.createArrayNode();
    private Duration pause = Duration.ZERO;
    private int tokens;
    private @Nullable String error;

    private GenerationLines(GenerationScript script, GenerationFormat format, JsonNode requestBody) {
        this.script = script;
        this.format = format;
        this.streams = WireJson.streams(requestBody);
        this.wantsLogprobs = requestBody.path("logprobs").asBoolean(false);
        this.topLogprobs = requestBody.path("top_logprobs").asInt(0);
    }

    public static ResponsePlan planFor(GenerationScript script, Route route, JsonNode requestBody) {
        String model = script.model();
        String requested = requestBody.path("model").asString("");
        GenerationFormat format = GenerationFormat.of(route, requestBody, model == null ? requested : model);
        GenerationLines lines = new GenerationLines(script, format, requestBody);
        lines.run();
        return lines.plan();
    }

    private void run() {
        for (GenerationStep step : script.steps()) {
            if (error != null) {
                return;
            }
            if (step instanceof GenerationStep.Thinking thought) {
                String piece = thought.token().text();
                token(thinking, thought.token(), format.line("", piece));
            } else if (step instanceof GenerationStep.Token said) {
                String piece = said.token().text();
                token(text, said.token(), format.line(piece, ""));
            } else if (step instanceof GenerationStep.ToolCalled call) {
                toolCall(call);
            } else if (step instanceof GenerationStep.Paused paused) {
                pause = pause.plus(paused.duration());
            } else if (step instanceof GenerationStep.Failed failed) {
                error = failed.message();
            }
        }
    }

    private void token(StringBuilder all, ScriptedToken token, ObjectNode line) {
        tokens++;
        all.append(token.text());
        if (wantsLogprobs || token.hasLogprob()) {
            ObjectNode entry = token.logprobs(topLogprobs);
            logprobs.add(entry);
            line.putArray("logprobs").add(entry);
        }
        add(line);
    }

    private void toolCall(GenerationStep.ToolCalled called) {
        tokens++;
        ObjectNode call = WireJson.object();
        if (!called.id().isEmpty()) {
            call.put("id", called.id());
        }
        call.putObject("function")
                .put("index", calls.size())
                .put("name", called.name())
                .set("arguments", WireJson.JSON.readTree(called.arguments()));
        calls.add(call);
        if (format.hasLinesForToolCalls()) {
            ObjectNode line = format.line("", "");
            format.toolCalls(line, WireJson.JSON.createArrayNode().add(call));
            add(line);
        }
    }

    private void add(JsonNode line) {
        if (streams) {
            lines.add(BodyPiece.timed(WireJson.text(line) + '\n').afterPause(pause));
            pause = Duration.ZERO;
        }
    }

    private ResponsePlan plan() {
        if (error != null) {
            return failure(WireJson.object().put("error", error));
        }
        if (streams) {
            ObjectNode last = format.line("", "");
            if (!format.hasLinesForToolCalls()) {
                format.toolCalls(last, calls);
            }
            add(format.done(last, script, evaluated()));
            return ResponsePlan.ndjson(lines);
        }
        ObjectNode single = format.line(text.toString(), thinking.toString());
        format.toolCalls(single, calls);
        format.done(single, script, evaluated());
        if (!logprobs.isEmpty()) {
            single.set("logprobs", logprobs);
        }
        return ResponsePlan.timed(WireJson.text(single)).delayed(pause);
    }

    /** The tokens sent and the one that ends the answer, which is missing where a limit ended it. */
    private int evaluated() {
        return script.doneReason().equals("length") ? tokens : tokens + 1;
    }

    private ResponsePlan failure(ObjectNode document) {
        if (!streams) {
            return ResponsePlan.json(500, WireJson.text(document)).delayed(pause);
        }
        if (lines.isEmpty()) {
            return ResponsePlan.errorBeforeStream(WireJson.text(document)).delayed(pause);
        }
        add(document);
        return ResponsePlan.ndjson(lines);
    }
}
