// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.Generation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** What a model of a test says by itself. */
final class CannedReplies {

    private static final Pattern TOKEN = Pattern.compile("\\s*\\S+|\\s+$");

    private final Model model;
    private final RequestFields body;

    CannedReplies(Model model, RequestFields body) {
        this.model = model;
        this.body = body;
    }

    static String prompt(RequestFields body) {
        StringJoiner prompt = new StringJoiner("\n");
        body.get("messages")
                .forEach(message -> prompt.add(message.path("role").asString("") + ": "
                        + message.path("content").asString("")));
        return prompt.toString();
    }

    Generation generate() {
        return answerTo(body.text("prompt"), "user");
    }

    Generation chat() {
        JsonNode messages = body.get("messages");
        JsonNode last = messages.path(messages.size() - 1);
        return answerTo(last.path("content").asString(""), last.path("role").asString(""));
    }

    private Generation answerTo(String said, String role) {
        Generation given = model.says();
        if (given != null) {
            return given;
        }
        Generation generation = Generation.create();
        if (thinks()) {
            generation = generation.thinking(tokens("They said: " + said));
        }
        JsonNode tool = body.get("tools").path(0).path("function");
        if (role.equals("user") && !tool.isMissingNode()) {
            Map<String, ?> arguments = JsonAnswers.MAPPER.convertValue(
                    SchemaInstances.of(tool.path("parameters"), said), SchemaInstances.AS_MAP);
            return generation.toolCall(tool.path("name").asString("tool"), arguments);
        }
        String text = stopped(formatted((role.equals("tool") ? "The tool says: " : "You said: ") + said));
        List<String> tokens = List.of(tokens(text));
        int most = body.get("options").path("num_predict").asInt(-1);
        if (most >= 0 && most < tokens.size()) {
            tokens = tokens.subList(0, most);
            generation = generation.doneReason("length");
        }
        return generation.tokens(tokens.toArray(String[]::new));
    }

    private boolean thinks() {
        JsonNode think = body.get("think");
        return model.can("thinking") && (think.isString() || think.asBoolean(true));
    }

    private String formatted(String text) {
        JsonNode format = body.get("format");
        if (format.isObject()) {
            return SchemaInstances.of(format, text).toString();
        }
        return format.asString("").equals("json")
                ? JsonAnswers.object().put("answer", text).toString()
                : text;
    }

    private String stopped(String text) {
        String shortest = text;
        for (JsonNode stop : body.get("options").path("stop")) {
            int at = shortest.indexOf(stop.asString());
            shortest = at < 0 ? shortest : shortest.substring(0, at);
        }
        return shortest;
    }

    private static String[] tokens(String text) {
        List<String> tokens = new ArrayList<>();
        TOKEN.matcher(text).results().map(MatchResult::group).forEach(tokens::add);
        return tokens.toArray(String[]::new);
    }
}
