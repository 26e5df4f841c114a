// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.internal.http.Route;
import io.github.ollamareactive.test.internal.json.JsonDifferences;
import io.github.ollamareactive.test.internal.json.RequestEquivalence;
import io.github.ollamareactive.test.internal.json.WireJson;
import io.github.ollamareactive.test.internal.response.Succession;
import io.github.ollamareactive.test.recordings.Recording;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The recordings of one method and path. */
final class RecordedAnswers {

    private final String path;
    /** The path of an upload has the body's digest, so that its length is enough. */
    private final boolean blob;

    private final Map<String, Succession<Answer>> byBody = new LinkedHashMap<>();
    private final List<Recorded> declared = new ArrayList<>();
    /** The key holds the rule and the request's own body, so that repetitions of a request get the recordings in turn. */
    private final Map<List<Object>, Succession<Answer>> byRule = new HashMap<>();

    private record Recorded(String name, JsonNode requestBody, Answer answer) {}

    private record Near(String name, List<String> differences) {

        int length() {
            return differences.stream().mapToInt(String::length).sum();
        }

        @Override
        public String toString() {
            return "the nearest recording is " + name + ": "
                    + (differences.isEmpty() ? "its body cannot be compared" : String.join(", ", differences));
        }
    }

    RecordedAnswers(Route route) {
        path = route.path();
        blob = route.isBlob();
    }

    private String key(Bytes body) {
        return RequestEquivalence.key(path, body);
    }

    private static String lengthKey(long length) {
        return "length " + length;
    }

    private JsonNode document(JsonNode body) {
        return RequestEquivalence.document(path, body);
    }

    void add(Recording recording, Answer answer) {
        byte[] recordedBody = recording.requestBodyBytes();
        Bytes body = recordedBody == null ? Bytes.EMPTY : Bytes.of(recordedBody);
        long length = recording.requestBodyLength();
        if (recordedBody != null || length == 0) {
            byBody.computeIfAbsent(key(body), unused -> new Succession<>()).add(answer);
        } else if (blob) {
            byBody.computeIfAbsent(lengthKey(length), unused -> new Succession<>())
                    .add(answer);
        }
        declared.add(new Recorded(recording.name(), document(WireJson.parse(body.text())), answer));
        byRule.clear();
    }

    /** The answer recorded for this body; else one that the first matching rule finds; null when there is none. */
    @Nullable
    Answer next(ReceivedRequest request, List<ReplayRule> rules) {
        String key = key(request.content());
        Succession<Answer> recorded = byBody.get(key);
        if (recorded == null) {
            recorded = byBody.get(lengthKey(request.bodyLength()));
        }
        if (recorded != null) {
            return recorded.next();
        }
        for (ReplayRule rule : rules) {
            Succession<Answer> matching = byRule.computeIfAbsent(List.of(rule, key), unused -> matching(rule, request));
            if (matching.size() > 0) {
                return matching.next();
            }
        }
        return null;
    }

    private Succession<Answer> matching(ReplayRule rule, ReceivedRequest request) {
        Succession<Answer> matching = new Succession<>();
        JsonNode body = document(request.jsonBody());
        declared.stream()
                .filter(recorded -> rule.matches(recorded.requestBody(), body))
                .forEach(recorded -> matching.add(recorded.answer()));
        return matching;
    }

    /** The recording that differs least from the request, and how; empty when none has a body of that kind. */
    String nearest(ReceivedRequest request) {
        JsonNode body = document(request.jsonBody());
        return declared.stream()
                // A request without a body resembles none that has one.
                .filter(recorded -> recorded.requestBody().isObject() == body.isObject())
                .map(recorded -> new Near(recorded.name(), JsonDifferences.of(recorded.requestBody(), body)))
                .min(Comparator.comparingInt((Near near) -> near.differences().size())
                        .thenComparingInt(Near::length))
                .map(Near::toString)
                .orElse("");
    }

    List<String> names() {
        return declared.stream().map(Recorded::name).toList();
    }

    int size() {
        return declared.size();
    }
}
