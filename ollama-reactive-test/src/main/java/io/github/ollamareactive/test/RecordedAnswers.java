// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The recordings of one method and path. */
final class RecordedAnswers {

    private final Map<Object, AnswerQueue<Answer>> byBody = new LinkedHashMap<>();
    private final List<Recorded> declared = new ArrayList<>();
    /** By rule and by the request's own body, so that the same question gets them in turn. */
    private final Map<List<Object>, AnswerQueue<Answer>> byRule = new HashMap<>();

    private record Recorded(String name, JsonNode body, Answer answer) {}

    void add(Recording recording, Answer answer) {
        Bytes sent = recording.sent().body();
        Bytes body = sent == null ? Bytes.EMPTY : sent;
        Long length = recording.sent().bodyLength();
        Object key = length == null ? CanonicalJson.of(body) : length;
        byBody.computeIfAbsent(key, same -> new AnswerQueue<>()).add(answer);
        declared.add(new Recorded(recording.name(), json(body), answer));
        byRule.clear();
    }

    private static JsonNode json(Bytes body) {
        try {
            return WireJson.JSON.readTree(body.text());
        } catch (JacksonException e) {
            return WireJson.JSON.missingNode();
        }
    }

    /** The one recorded for this body; else the one that the first rule finds; null when there is none. */
    @Nullable
    Answer next(ReceivedRequest request, List<ReplayRule> rules) {
        Object key = CanonicalJson.of(request.content());
        AnswerQueue<Answer> same = byBody.get(key);
        if (same == null) {
            // Of a long body only the length was recorded.
            same = byBody.get(request.content().total());
        }
        if (same != null) {
            return same.next();
        }
        for (ReplayRule rule : rules) {
            AnswerQueue<Answer> alike = byRule.computeIfAbsent(List.of(rule, key), none -> alike(rule, request));
            if (alike.size() > 0) {
                return alike.next();
            }
        }
        return null;
    }

    private AnswerQueue<Answer> alike(ReplayRule rule, ReceivedRequest request) {
        AnswerQueue<Answer> alike = new AnswerQueue<>();
        declared.stream()
                .filter(recorded -> rule.matches(recorded.body(), request))
                .forEach(recorded -> alike.add(recorded.answer()));
        return alike;
    }

    List<String> names() {
        return declared.stream().map(Recorded::name).toList();
    }

    int size() {
        return declared.size();
    }
}
