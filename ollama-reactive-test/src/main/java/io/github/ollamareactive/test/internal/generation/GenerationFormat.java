// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.generation;

import io.github.ollamareactive.test.internal.http.Route;
import io.github.ollamareactive.test.internal.json.WireJson;
import io.github.ollamareactive.test.internal.response.CreatedAt;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a line, which differ between chat and generate. */
public final class GenerationFormat {

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

    /** Every path but that of generate has the format of chat. */
    public static GenerationFormat of(Route route, JsonNode requestBody, String model) {
        boolean chat = !route.withoutQuery().path().endsWith("/api/generate");
        String prompt = chat
                ? requestBody.path("messages").toString()
                : requestBody.path("prompt").asString("");
        int words = prompt.isBlank() ? 0 : prompt.strip().split("\\s+").length;
        boolean raw = requestBody.path("raw").asBoolean(false);
        return new GenerationFormat(chat, raw, model, Math.max(1, words));
    }

    int promptTokens() {
        return promptTokens;
    }

    boolean hasLinesForToolCalls() {
        return chat;
    }

    ObjectNode line(String text, String thinking) {
        ObjectNode line = WireJson.object().put("model", model).put("created_at", CreatedAt.text(Instant.now()));
        ObjectNode fields = chat ? line.putObject("message").put("role", "assistant") : line;
        fields.put(chat ? "content" : "response", text);
        if (!thinking.isEmpty()) {
            fields.put("thinking", thinking);
        }
        return line.put("done", false);
    }

    /** A token line of an exact length in bytes, with its line feed. */
    public String lineOfLength(int bytes) {
        int withoutText = textLine("").length();
        return textLine("x".repeat(bytes - withoutText));
    }

    private String textLine(String text) {
        return WireJson.text(line(text, "")) + '\n';
    }

    void toolCalls(ObjectNode line, ArrayNode calls) {
        if (!calls.isEmpty()) {
            (chat ? (ObjectNode) line.required("message") : line).set("tool_calls", calls);
        }
    }

    ObjectNode done(ObjectNode line, GenerationScript script, int tokens) {
        line.put("done", true);
        if (!script.doneReason().isEmpty()) {
            line.put("done_reason", script.doneReason());
        }
        List<Integer> context = script.context();
        if (!chat && !raw && !context.isEmpty()) {
            ArrayNode numbers = line.putArray("context");
            context.forEach(numbers::add);
        }
        script.metrics().writeTo(line, promptTokens, tokens);
        return line;
    }
}
