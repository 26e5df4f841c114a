// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How the two generating endpoints write the same things. */
final class GenerationFormat {

    private final boolean chat;
    private final boolean raw;
    private final String model;
    private final int promptTokens;

    private GenerationFormat(boolean chat, boolean raw, String model, int promptTokens) {
        this.chat = chat;
        this.raw = raw;
        this.model = model;
        this.promptTokens = promptTokens;
    }

    static GenerationFormat of(ReceivedRequest request, String model) {
        boolean chat = !Route.by(request).withoutQuery().path().endsWith("/api/generate");
        JsonNode body = WireJson.bodyOf(request);
        String prompt =
                chat ? body.path("messages").toString() : body.path("prompt").asString("");
        int words = prompt.isBlank() ? 0 : prompt.strip().split("\\s+").length;
        return new GenerationFormat(chat, body.path("raw").asBoolean(false), model, Math.max(1, words));
    }

    int promptTokens() {
        return promptTokens;
    }

    boolean callsInTheirOwnLine() {
        return chat;
    }

    ObjectNode line(String text, String thinking) {
        ObjectNode line = WireJson.object().put("model", model).put("created_at", WireJson.now());
        ObjectNode place = chat ? line.putObject("message").put("role", "assistant") : line;
        place.put(chat ? "content" : "response", text);
        if (!thinking.isEmpty()) {
            place.put("thinking", thinking);
        }
        return line.put("done", false);
    }

    void toolCalls(ObjectNode line, ArrayNode calls) {
        if (!calls.isEmpty()) {
            (chat ? (ObjectNode) line.required("message") : line).set("tool_calls", calls);
        }
    }

    ObjectNode done(ObjectNode line, String reason, List<Integer> context, GenerationMetrics stats) {
        line.put("done", true);
        if (!reason.isEmpty()) {
            line.put("done_reason", reason);
        }
        if (!chat && !raw && !context.isEmpty()) {
            ArrayNode numbers = line.putArray("context");
            context.forEach(numbers::add);
        }
        put(line, "total_duration", stats.totalDuration());
        put(line, "load_duration", stats.loadDuration());
        put(line, "prompt_eval_count", stats.promptEvalCount());
        put(line, "prompt_eval_duration", stats.promptEvalDuration());
        put(line, "eval_count", stats.evalCount());
        put(line, "eval_duration", stats.evalDuration());
        return line;
    }

    private static void put(ObjectNode line, String name, Duration duration) {
        put(line, name, duration.toNanos());
    }

    private static void put(ObjectNode line, String name, long number) {
        if (number != 0) {
            line.put(name, number);
        }
    }
}
