// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;
import io.github.ollamareactive.test.Generation;
import io.github.ollamareactive.test.internal.json.ModelName;
import io.github.ollamareactive.test.internal.json.WireJson;
import io.github.ollamareactive.test.internal.models.KeepAlive;
import io.github.ollamareactive.test.internal.models.OptionTypes;
import io.github.ollamareactive.test.internal.models.Refusal;
import io.github.ollamareactive.test.internal.models.RequestFields;
import io.github.ollamareactive.test.internal.models.SchemaInstances;
import java.time.Duration;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Chat and generate: Ollama's checks in Ollama's order, then load, unload or a reply. */
final class GenerationEndpoints {

    private final ModelEndpoints models;

    GenerationEndpoints(ModelEndpoints models) {
        this.models = models;
    }

    Answer chat(RequestFields request) {
        checkLogprobs(request);
        Model model = models.find(request, Refusal.of(400, "model is required")).model();
        boolean empty = request.get("messages").isEmpty();
        if (empty && unloads(request)) {
            return unloaded(model, request, true);
        }
        check(model, request, "chat");
        if (!request.get("tools").isEmpty() && !model.data().can("tools")) {
            throw Refusal.of(400, fullName(request) + " does not support tools");
        }
        models.load(model, request);
        if (empty) {
            return single(request, true, "load");
        }
        return request.flag("_debug_render_only", false)
                ? rendered(request, true, CannedReplies.prompt(request))
                : new CannedReplies(model, request).chat().answer();
    }

    Answer generate(RequestFields request) {
        checkLogprobs(request);
        Model model =
                models.find(request, Refusal.of(404, "model '' not found")).model();
        boolean empty = request.text("prompt").isEmpty();
        if (empty && unloads(request)) {
            return unloaded(model, request, false);
        }
        if (request.flag("raw", false)
                && (request.has("template")
                        || request.has("system")
                        || !request.get("context").isEmpty())) {
            throw Refusal.of(400, "raw mode does not support template, system, or context");
        }
        check(model, request, "generate");
        if (!request.text("suffix").isEmpty() && !model.data().can("insert")) {
            throw Refusal.of(400, fullName(request) + " does not support insert");
        }
        models.load(model, request);
        if (empty) {
            return single(request, false, "load");
        }
        return request.flag("_debug_render_only", false)
                ? rendered(request, false, request.text("prompt"))
                : new CannedReplies(model, request).generate().answer();
    }

    private static void checkLogprobs(RequestFields request) {
        int top = request.get("top_logprobs").asInt(0);
        if (top < 0 || top > 20) {
            throw Refusal.of(400, "top_logprobs must be between 0 and 20");
        }
    }

    private static void check(Model model, RequestFields request, String endpoint) {
        JsonNode think = request.get("think");
        if ((think.isString() || think.asBoolean(false)) && !model.data().can("thinking")) {
            throw new Refusal(Errors.unsupported(request.model().strip(), "thinking"));
        }
        if (!model.data().can("completion")) {
            throw new Refusal(Errors.unsupported(request.model().strip(), endpoint));
        }
        OptionTypes.check(request.get("options"));
        JsonNode format = request.get("format");
        boolean valid = format.isMissingNode()
                || format.isObject()
                || Set.of("", "json").contains(format.asString("?"));
        if (format.isObject() && !SchemaInstances.isSchema(format)) {
            throw Refusal.of(500, "invalid JSON schema in format");
        }
        if (!valid) {
            throw new Refusal(Generation.create()
                    .error("invalid format: " + format + "; expected \"json\" or a valid JSON Schema object")
                    .answer());
        }
    }

    private static String fullName(RequestFields request) {
        return ModelName.of(request.model().strip()).orElseThrow().full();
    }

    private static boolean unloads(RequestFields request) {
        return KeepAlive.of(request.get("keep_alive")).filter(Duration::isZero).isPresent();
    }

    private Answer unloaded(Model model, RequestFields request, boolean chat) {
        models.store().unload(model);
        return single(request, chat, "unload");
    }

    private Answer single(RequestFields request, boolean chat, String doneReason) {
        return JsonAnswers.of(line(request, chat).put("done", true).put("done_reason", doneReason));
    }

    private Answer rendered(RequestFields request, boolean chat, String prompt) {
        ObjectNode line = line(request, chat).put("done", false);
        line.putObject("_debug_info").put("rendered_template", prompt);
        return JsonAnswers.of(line);
    }

    private ObjectNode line(RequestFields request, boolean chat) {
        ObjectNode line = WireJson.object()
                .put("model", request.model().strip())
                .put("created_at", models.store().now().toString());
        if (chat) {
            line.putObject("message").put("role", "assistant").put("content", "");
        } else {
            line.put("response", "");
        }
        return line;
    }
}
