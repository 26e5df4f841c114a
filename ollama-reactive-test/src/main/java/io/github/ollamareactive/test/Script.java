// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What is answered to what: scripted answers first, then recordings, then whatever was given for everything else. */
final class Script {

    private static final int MOST_BODY = 500;

    private final Map<Asked, Turns<Answer>> scripted = new LinkedHashMap<>();
    private final Map<Asked, Replays> recorded = new LinkedHashMap<>();
    private Function<ReceivedRequest, Answer> otherwise = this::refusal;

    synchronized void add(Asked asked, Answer answer) {
        scripted.computeIfAbsent(asked, key -> new Turns<>()).add(answer);
    }

    synchronized void add(Recording recording, Answer answer) {
        recorded.computeIfAbsent(new Asked(recording.method(), recording.path()), key -> new Replays())
                .add(recording, answer);
    }

    synchronized void otherwise(Function<ReceivedRequest, Answer> answer) {
        otherwise = answer;
    }

    Answer answerTo(ReceivedRequest request) {
        Function<ReceivedRequest, Answer> last;
        synchronized (this) {
            Asked asked = Asked.by(request);
            Answer answer = known(asked, request);
            if (answer == null) {
                answer = known(asked.withoutQuery(), request);
            }
            if (answer != null) {
                return answer;
            }
            last = otherwise;
        }
        try {
            return Objects.requireNonNull(last.apply(request), "otherwise gave null");
        } catch (RuntimeException e) {
            return error(500, "the test's function failed for " + Asked.by(request) + ": " + e);
        }
    }

    private @Nullable Answer known(Asked asked, ReceivedRequest request) {
        Turns<Answer> answers = scripted.get(asked);
        if (answers != null) {
            return answers.next();
        }
        Replays replays = recorded.get(asked);
        return replays == null ? null : replays.next(request);
    }

    private synchronized Answer refusal(ReceivedRequest request) {
        StringJoiner there = new StringJoiner(", ").setEmptyValue("nothing");
        scripted.forEach((asked, answers) -> there.add(asked + " (" + answers.size() + " scripted)"));
        recorded.forEach((asked, replays) -> there.add(asked + " (" + replays.size() + " recorded)"));
        String body = request.body();
        String excerpt = body.length() <= MOST_BODY ? body : body.substring(0, MOST_BODY) + "…";
        return error(
                501,
                "no answer for " + Asked.by(request) + (body.isEmpty() ? "" : " with body " + excerpt) + "; there is "
                        + there);
    }

    private static Answer error(int status, String words) {
        return Answer.json(status, JsonMapper.shared().writeValueAsString(Map.of("error", words)));
    }
}
