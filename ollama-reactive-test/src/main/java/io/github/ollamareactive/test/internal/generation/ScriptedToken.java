// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.generation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ollamareactive.test.internal.json.WireJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A token of a scripted generation.
 *
 * @param text its text
 * @param logprob its log probability; null when the test gave none
 * @param alternatives the log probabilities of other tokens in its place
 */
public record ScriptedToken(String text, @Nullable Double logprob, Map<String, Double> alternatives) {

    /** Written when a request asks for log probabilities and the test gave none. */
    private static final double DEFAULT_LOGPROB = -0.25;

    /** Copies the alternatives, in order. */
    public ScriptedToken {
        alternatives = new LinkedHashMap<>(alternatives);
    }

    public static ScriptedToken of(String text) {
        return new ScriptedToken(text, null, Map.of());
    }

    boolean hasLogprob() {
        return logprob != null;
    }

    /**
     * The entry of {@code logprobs}.
     *
     * @param top the request's {@code top_logprobs}
     */
    ObjectNode logprobs(int top) {
        double probability = logprob == null ? DEFAULT_LOGPROB : logprob;
        ObjectNode entry = entry(text, probability);
        Map<String, Double> choices = new LinkedHashMap<>(alternatives);
        choices.putIfAbsent(text, probability);
        List<ObjectNode> best = choices.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(logprob == null ? Math.min(1, top) : Math.max(top, alternatives.isEmpty() ? 0 : choices.size()))
                .map(choice -> entry(choice.getKey(), choice.getValue()))
                .toList();
        if (!best.isEmpty()) {
            ArrayNode list = entry.putArray("top_logprobs");
            best.forEach(list::add);
        }
        return entry;
    }

    private static ObjectNode entry(String token, double logprob) {
        ObjectNode entry = WireJson.object().put("token", token).put("logprob", logprob);
        byte[] bytes = token.getBytes(UTF_8);
        if (bytes.length > 0) {
            ArrayNode list = entry.putArray("bytes");
            IntStream.range(0, bytes.length).forEach(i -> list.add(bytes[i] & 0xff));
        }
        return entry;
    }
}
