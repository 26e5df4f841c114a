// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;
import io.github.ollamareactive.test.Generation;
import java.time.Duration;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Chat and generate: the server's checks, in its order, then load, unload or an answer. */
final class GenerationEndpoints {

    private static final Set<String> LEVELS = Set.of("low", "medium", "high", "max");

    private final ModelEndpoints library;

    GenerationEndpoints(ModelEndpoints library) {
        this.library = library;
    }

    Answer chat(RequestFields body) {
        checkLogprobs(body);
        Model model = library.find(body, Refusal.of(400, "model is required")).model();
        boolean empty = body.get("messages").isEmpty();
        if (empty && unloads(body)) {
            return unloaded(model, body, true);
        }
        check(model, body, "chat");
        if (!body.get("tools").isEmpty() && !model.can("tools")) {
            throw Refusal.of(400, full(body) + " does not support tools");
        }
        library.load(model, body);
        if (empty) {
            return single(body, true, "load");
        }
        return body.flag("_debug_render_only", false)
                ? rendered(body, true, CannedReplies.prompt(body))
                : new CannedReplies(model, body).chat().answer();
    }

    Answer generate(RequestFields body) {
        checkLogprobs(body);
        Model model = library.find(body, Refusal.of(404, "model '' not found")).model();
        boolean empty = body.text("prompt").isEmpty();
        if (empty && unloads(body)) {
            return unloaded(model, body, false);
        }
        if (body.flag("raw", false)
                && (body.has("template")
                        || body.has("system")
                        || !body.get("context").isEmpty())) {
            throw Refusal.of(400, "raw mode does not support template, system, or context");
        }
        check(model, body, "generate");
        if (!body.text("suffix").isEmpty() && !model.can("insert")) {
            throw Refusal.of(400, full(body) + " does not support insert");
        }
        library.load(model, body);
        if (empty) {
            return single(body, false, "load");
        }
        return body.flag("_debug_render_only", false)
                ? rendered(body, false, body.text("prompt"))
                : new CannedReplies(model, body).generate().answer();
    }

    private static void checkLogprobs(RequestFields body) {
        int top = body.get("top_logprobs").asInt(0);
        if (top < 0 || top > 20) {
            throw Refusal.of(400, "top_logprobs must be between 0 and 20");
        }
    }

    private static void check(Model model, RequestFields body, String what) {
        JsonNode think = body.get("think");
        if (think.isString() ? !LEVELS.contains(think.asString()) : !think.isMissingNode() && !think.isBoolean()) {
            throw Refusal.of(
                    400, "invalid think value: " + think + " (must be \"high\", \"medium\", \"low\", true, or false)");
        }
        if ((think.isString() || think.asBoolean(false)) && !model.can("thinking")) {
            throw new Refusal(Errors.unsupported(body.model().strip(), "thinking"));
        }
        if (!model.can("completion")) {
            throw new Refusal(Errors.unsupported(body.model().strip(), what));
        }
        OptionTypes.check(body.get("options"));
        JsonNode format = body.get("format");
        boolean fine = format.isMissingNode()
                || format.isObject()
                || Set.of("", "json").contains(format.asString("?"));
        if (!fine) {
            throw new Refusal(Generation.create()
                    .error("invalid format: " + format + "; expected \"json\" or a valid JSON Schema object")
                    .answer());
        }
    }

    private static String full(RequestFields body) {
        return ModelName.of(body.model().strip()).orElseThrow().full();
    }

    private static boolean unloads(RequestFields body) {
        return KeepAlive.of(body.get("keep_alive")).filter(Duration::isZero).isPresent();
    }

    private Answer unloaded(Model model, RequestFields body, boolean chat) {
        library.shelf().unload(model);
        return single(body, chat, "unload");
    }

    private Answer single(RequestFields body, boolean chat, String reason) {
        return JsonAnswers.answer(line(body, chat).put("done", true).put("done_reason", reason));
    }

    private Answer rendered(RequestFields body, boolean chat, String prompt) {
        ObjectNode line = line(body, chat).put("done", false);
        line.putObject("_debug_info").put("rendered_template", prompt);
        return JsonAnswers.answer(line);
    }

    private ObjectNode line(RequestFields body, boolean chat) {
        ObjectNode line = JsonAnswers.object()
                .put("model", body.model().strip())
                .put("created_at", library.shelf().now().toString());
        if (chat) {
            line.putObject("message").put("role", "assistant").put("content", "");
        } else {
            line.put("response", "");
        }
        return line;
    }
}
