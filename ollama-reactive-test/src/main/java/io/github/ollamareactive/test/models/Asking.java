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
final class Asking {

    private static final Set<String> LEVELS = Set.of("low", "medium", "high", "max");

    private final Library library;

    Asking(Library library) {
        this.library = library;
    }

    Answer chat(Body body) {
        checkLogprobs(body);
        Model model = library.find(body, Refused.of(400, "model is required")).model();
        boolean empty = body.get("messages").isEmpty();
        if (empty && unloads(body)) {
            return unloaded(model, body, true);
        }
        check(model, body, "chat");
        if (!body.get("tools").isEmpty() && !model.can("tools")) {
            throw Refused.of(400, full(body) + " does not support tools");
        }
        library.load(model, body);
        if (empty) {
            return single(body, true, "load");
        }
        return body.flag("_debug_render_only", false)
                ? rendered(body, true, Mouth.prompt(body))
                : new Mouth(model, body).chat().answer();
    }

    Answer generate(Body body) {
        checkLogprobs(body);
        Model model = library.find(body, Refused.of(404, "model '' not found")).model();
        boolean empty = body.text("prompt").isEmpty();
        if (empty && unloads(body)) {
            return unloaded(model, body, false);
        }
        if (body.flag("raw", false)
                && (body.has("template")
                        || body.has("system")
                        || !body.get("context").isEmpty())) {
            throw Refused.of(400, "raw mode does not support template, system, or context");
        }
        check(model, body, "generate");
        if (!body.text("suffix").isEmpty() && !model.can("insert")) {
            throw Refused.of(400, full(body) + " does not support insert");
        }
        library.load(model, body);
        if (empty) {
            return single(body, false, "load");
        }
        return body.flag("_debug_render_only", false)
                ? rendered(body, false, body.text("prompt"))
                : new Mouth(model, body).generate().answer();
    }

    private static void checkLogprobs(Body body) {
        int top = body.get("top_logprobs").asInt(0);
        if (top < 0 || top > 20) {
            throw Refused.of(400, "top_logprobs must be between 0 and 20");
        }
    }

    private static void check(Model model, Body body, String what) {
        JsonNode think = body.get("think");
        if (think.isString() ? !LEVELS.contains(think.asString()) : !think.isMissingNode() && !think.isBoolean()) {
            throw Refused.of(
                    400, "invalid think value: " + think + " (must be \"high\", \"medium\", \"low\", true, or false)");
        }
        if ((think.isString() || think.asBoolean(false)) && !model.can("thinking")) {
            throw new Refused(Errors.unsupported(body.model().strip(), "thinking"));
        }
        if (!model.can("completion")) {
            throw new Refused(Errors.unsupported(body.model().strip(), what));
        }
        Options.check(body.get("options"));
        JsonNode format = body.get("format");
        boolean fine = format.isMissingNode()
                || format.isObject()
                || Set.of("", "json").contains(format.asString("?"));
        if (!fine) {
            throw new Refused(Generation.create()
                    .error("invalid format: " + format + "; expected \"json\" or a valid JSON Schema object")
                    .answer());
        }
    }

    private static String full(Body body) {
        return ModelName.of(body.model().strip()).orElseThrow().full();
    }

    private static boolean unloads(Body body) {
        return KeepAlive.of(body.get("keep_alive")).filter(Duration::isZero).isPresent();
    }

    private Answer unloaded(Model model, Body body, boolean chat) {
        library.shelf().unload(model);
        return single(body, chat, "unload");
    }

    private Answer single(Body body, boolean chat, String reason) {
        return Json.answer(line(body, chat).put("done", true).put("done_reason", reason));
    }

    private Answer rendered(Body body, boolean chat, String prompt) {
        ObjectNode line = line(body, chat).put("done", false);
        line.putObject("_debug_info").put("rendered_template", prompt);
        return Json.answer(line);
    }

    private ObjectNode line(Body body, boolean chat) {
        ObjectNode line = Json.object()
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
