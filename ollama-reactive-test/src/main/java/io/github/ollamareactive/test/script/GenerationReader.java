// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.script;

import io.github.ollamareactive.test.Generation;
import io.github.ollamareactive.test.GenerationMetrics;
import io.github.ollamareactive.test.ProgressUpdates;
import io.github.ollamareactive.test.internal.json.WireJson;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what a model says and how a pull, push or create progresses, step by step. */
final class GenerationReader {

    private GenerationReader() {}

    static Generation tokens(List<ScriptValue> texts) {
        return Generation.create().tokens(texts.stream().map(ScriptValue::text).toArray(String[]::new));
    }

    static Generation steps(List<ScriptValue> steps) {
        Generation generation = Generation.create();
        for (ScriptValue step : steps) {
            generation = step(generation, step);
        }
        return generation;
    }

    private static Generation step(Generation before, ScriptValue value) {
        ScriptObject step = value.object("token", "logprob", "top", "thinking", "toolCall", "pause", "error");
        String kind = only(step, "token", "thinking", "toolCall", "pause", "error");
        ScriptValue content = step.required(kind);
        return switch (kind) {
            case "token" -> token(before, step, content);
            case "thinking" -> before.thinking(content.text());
            case "toolCall" -> toolCall(before, content);
            case "pause" -> before.pause(content.duration());
            default -> before.error(content.text());
        };
    }

    private static Generation token(Generation before, ScriptObject step, ScriptValue content) {
        if (!step.has("logprob")) {
            return before.tokens(content.text());
        }
        Map<String, Double> top = new LinkedHashMap<>();
        step.get("top").ifPresent(value -> value.fields().forEach((name, number) -> top.put(name, number.number())));
        return before.token(content.text(), step.required("logprob").number(), top);
    }

    private static Generation toolCall(Generation before, ScriptValue content) {
        ScriptObject call = content.object("name", "arguments", "id");
        String name = call.required("name").text();
        Map<String, Object> arguments = new LinkedHashMap<>();
        call.get("arguments")
                .ifPresent(value -> value.fields().forEach((key, argument) -> arguments.put(key, argument.node())));
        return call.get("id")
                .map(id -> before.toolCall(id.text(), name, WireJson.JSON.writeValueAsString(arguments)))
                .orElseGet(() -> before.toolCall(name, arguments));
    }

    static GenerationMetrics metrics(ScriptValue value) {
        ScriptObject metrics = value.object(
                "totalDuration", "loadDuration", "promptEvalCount", "promptEvalDuration", "evalCount", "evalDuration");
        return new GenerationMetrics(
                duration(metrics, "totalDuration"),
                duration(metrics, "loadDuration"),
                count(metrics, "promptEvalCount"),
                duration(metrics, "promptEvalDuration"),
                count(metrics, "evalCount"),
                duration(metrics, "evalDuration"));
    }

    private static Duration duration(ScriptObject metrics, String name) {
        return metrics.get(name).map(ScriptValue::duration).orElse(Duration.ZERO);
    }

    private static int count(ScriptObject metrics, String name) {
        return metrics.get(name).map(ScriptValue::intNumber).orElse(0);
    }

    static ProgressUpdates progress(List<ScriptValue> updates) {
        ProgressUpdates progress = ProgressUpdates.create();
        for (ScriptValue update : updates) {
            progress = update(progress, update);
        }
        return progress;
    }

    private static ProgressUpdates update(ProgressUpdates before, ScriptValue value) {
        if (value.node().isString()) {
            return before.status(value.text());
        }
        ScriptObject update = value.object("status", "digest", "total", "completed", "pause", "error");
        String kind = only(update, "status", "pause", "error");
        ScriptValue content = update.required(kind);
        return switch (kind) {
            case "pause" -> before.pause(content.duration());
            case "error" -> before.error(content.text());
            default ->
                update.has("digest")
                        ? before.layer(
                                content.text(),
                                update.required("digest").text(),
                                update.required("total").wholeNumber(),
                                update.all("completed").stream()
                                        .mapToLong(ScriptValue::wholeNumber)
                                        .toArray())
                        : before.status(content.text());
        };
    }

    /** The one of these fields that an object has. */
    static String only(ScriptObject object, String... names) {
        List<String> present = List.of(names).stream().filter(object::has).toList();
        if (present.size() != 1) {
            throw object.place()
                    .invalid("expected exactly one of " + String.join(", ", names)
                            + (present.isEmpty() ? "" : ", but there are " + String.join(", ", present)));
        }
        return present.get(0);
    }
}
