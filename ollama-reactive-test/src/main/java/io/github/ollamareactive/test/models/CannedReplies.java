// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.Generation;
import io.github.ollamareactive.test.internal.json.WireJson;
import io.github.ollamareactive.test.internal.models.RequestFields;
import io.github.ollamareactive.test.internal.models.SchemaInstances;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The replies of a model for which the test scripted none: they repeat what the user said. */
final class CannedReplies {

    private static final Pattern TOKEN = Pattern.compile("\\s*\\S+|\\s+$");
    private static final TypeReference<Map<String, ?>> ARGUMENTS = new TypeReference<>() {};

    private final ModelData model;
    private final RequestFields request;

    CannedReplies(Model model, RequestFields request) {
        this.model = model.data();
        this.request = request;
    }

    /** The messages of a chat as one prompt. */
    static String prompt(RequestFields request) {
        StringJoiner prompt = new StringJoiner("\n");
        request.get("messages")
                .forEach(message -> prompt.add(message.path("role").asString("") + ": "
                        + message.path("content").asString("")));
        return prompt.toString();
    }

    Generation generate() {
        return replyTo(request.text("prompt"), "user");
    }

    Generation chat() {
        JsonNode messages = request.get("messages");
        JsonNode last = messages.path(messages.size() - 1);
        return replyTo(last.path("content").asString(""), last.path("role").asString(""));
    }

    private Generation replyTo(String content, String role) {
        Generation scripted = model.reply;
        if (scripted != null) {
            return scripted;
        }
        List<String> thinking = thinks() ? tokens("They said: " + content) : List.of();
        Generation generation = Generation.create();
        JsonNode tool = request.get("tools").path(0).path("function");
        if (role.equals("user") && !tool.isMissingNode()) {
            JsonNode arguments = SchemaInstances.of(tool.path("parameters"), content);
            return generation
                    .thinking(thinking.toArray(String[]::new))
                    .toolCall(
                            tool.path("name").asString("tool"),
                            JsonMapper.shared().convertValue(arguments, ARGUMENTS));
        }
        String text = upToStop(formatted((role.equals("tool") ? "The tool says: " : "You said: ") + content));
        List<String> tokens = tokens(text);
        int limit = request.get("options").path("num_predict").asInt(-1);
        // The token that ends an answer is one more. Thinking counts.
        if (limit >= 0 && limit <= thinking.size() + tokens.size()) {
            thinking = thinking.subList(0, Math.min(limit, thinking.size()));
            tokens = tokens.subList(0, limit - thinking.size());
            generation = generation.doneReason("length");
        }
        return generation.thinking(thinking.toArray(String[]::new)).tokens(tokens.toArray(String[]::new));
    }

    private boolean thinks() {
        JsonNode think = request.get("think");
        return model.can("thinking") && (think.isString() || think.asBoolean(true));
    }

    private String formatted(String text) {
        JsonNode format = request.get("format");
        if (format.isObject()) {
            return SchemaInstances.of(format, text).toString();
        }
        return format.asString("").equals("json")
                ? WireJson.object().put("answer", text).toString()
                : text;
    }

    private String upToStop(String text) {
        String shortest = text;
        for (JsonNode stop : request.get("options").path("stop")) {
            int at = shortest.indexOf(stop.asString());
            shortest = at < 0 ? shortest : shortest.substring(0, at);
        }
        return shortest;
    }

    private static List<String> tokens(String text) {
        return TOKEN.matcher(text).results().map(MatchResult::group).toList();
    }
}
