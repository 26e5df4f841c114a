// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.generation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ollamareactive.test.internal.http.BodyFraming;
import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.json.WireJson;
import io.github.ollamareactive.test.internal.response.ResponseBody;
import io.github.ollamareactive.test.internal.response.ResponseEnd;
import io.github.ollamareactive.test.internal.response.ResponsePlan;
import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The forms that faults of a stream's lines have in an answer to {@code "stream":false}: what a server sends there when the
 * same thing happens to it.
 */
public final class SingleAnswerFaults {

    private static final List<String> ONLY_WHEN_DONE = List.of(
            "done_reason",
            "context",
            "total_duration",
            "load_duration",
            "prompt_eval_count",
            "prompt_eval_duration",
            "eval_count",
            "eval_duration");

    private SingleAnswerFaults() {}

    /** Status 500: an error after some tokens is the whole answer. */
    public static ResponsePlan error(ResponsePlan plan, String message) {
        return ResponsePlan.json(500, WireJson.text(WireJson.object().put("error", message)))
                .delayed(plan.delay());
    }

    /** Another document. */
    public static ResponsePlan document(ResponsePlan plan, String text) {
        return plan.with(ResponseBody.Known.of(BodyFraming.LENGTH, List.of(Bytes.of(text))));
    }

    /** What a server answers when its model ends without an end: {@code done} is false, a pull isn't yet successful. */
    public static ResponsePlan unfinished(ResponsePlan plan) {
        if (plan.head().status() >= 400) {
            return plan;
        }
        ObjectNode document = read(plan, "an early end");
        if (document.has("done")) {
            document.put("done", false).remove(ONLY_WHEN_DONE);
        } else if (document.has("status")) {
            document.put("status", "verifying sha256 digest");
        } else {
            throw noForm(plan, "an early end");
        }
        return document(plan, WireJson.text(document));
    }

    /** A document of this length at least, which its text is extended to. */
    public static ResponsePlan oversized(ResponsePlan plan, int bytes) {
        if (plan.head().status() >= 400) {
            return plan;
        }
        ObjectNode document = read(plan, "an oversized line");
        String name = document.path("message").isObject() ? "content" : "response";
        ObjectNode fields = document.path("message") instanceof ObjectNode message ? message : document;
        if (!fields.path(name).isString()) {
            throw noForm(plan, "an oversized line");
        }
        int missing = bytes - WireJson.text(document).getBytes(UTF_8).length;
        fields.put(name, fields.path(name).asString() + "x".repeat(Math.max(0, missing)));
        return document(plan, WireJson.text(document));
    }

    /** A server whose model stalls hasn't sent anything yet. */
    public static ResponsePlan silent(ResponsePlan plan) {
        return plan.endingWith(ResponseEnd.Kind.UNANSWERED_SILENCE);
    }

    public static ResponsePlan late(ResponsePlan plan, Duration duration) {
        return plan.delayed(plan.delay().plus(duration));
    }

    private static ObjectNode read(ResponsePlan plan, String fault) {
        if (WireJson.parse(plan.text()) instanceof ObjectNode document) {
            return document;
        }
        throw noForm(plan, fault);
    }

    private static IllegalStateException noForm(ResponsePlan plan, String fault) {
        String text = plan.text();
        return new IllegalStateException(
                fault + " has no form in this answer to \"stream\":false, which is no answer of chat, "
                        + "generate, pull, push or create: "
                        + (text.length() <= 200 ? text : text.substring(0, 200) + "…"));
    }
}
