// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is answered to what: what is expected first, then scripted answers, then recordings, then whatever was given for
 * everything else.
 */
final class AnswerLookup {

    private static final int MOST_BODY = 500;
    private static final int MOST_NAMES = 10;

    private final Expectations expectations = new Expectations();
    private final Map<Route, AnswerQueue<Answer>> scripted = new LinkedHashMap<>();
    private final Map<Route, RecordedAnswers> recorded = new LinkedHashMap<>();
    private final List<String> refusals = new ArrayList<>();
    private List<ReplayRule> rules = List.of();
    private @Nullable Function<ReceivedRequest, Answer> otherwise;

    synchronized void expect(Expected expected, List<Answer> answers) {
        expectations.add(expected, answers);
    }

    synchronized void add(Route asked, Answer answer) {
        scripted.computeIfAbsent(asked, key -> new AnswerQueue<>()).add(answer);
    }

    synchronized void add(Recording recording, Answer answer) {
        recorded.computeIfAbsent(new Route(recording.method(), recording.path()), key -> new RecordedAnswers())
                .add(recording, answer);
    }

    synchronized void replayBy(List<ReplayRule> newRules) {
        rules = List.copyOf(newRules);
    }

    synchronized void otherwise(Function<ReceivedRequest, Answer> answer) {
        otherwise = answer;
    }

    ResponsePlan planFor(ReceivedRequest request) {
        try {
            return answerTo(request).planFor(request);
        } catch (RuntimeException e) {
            String words = "the test's function failed for " + Route.by(request) + ": " + e;
            return Errors.serverError(words).planFor(request);
        }
    }

    private Answer answerTo(ReceivedRequest request) {
        Function<ReceivedRequest, Answer> last;
        synchronized (this) {
            Answer answer = expectations.next(request);
            if (answer == null) {
                answer = known(Route.by(request), request);
            }
            if (answer == null) {
                answer = known(Route.by(request).withoutQuery(), request);
            }
            if (answer != null) {
                return answer;
            }
            if (otherwise == null) {
                return refusal(request);
            }
            last = otherwise;
        }
        return Answer.to(last);
    }

    private @Nullable Answer known(Route asked, ReceivedRequest request) {
        AnswerQueue<Answer> answers = scripted.get(asked);
        if (answers != null) {
            return answers.next();
        }
        RecordedAnswers replays = recorded.get(asked);
        return replays == null ? null : replays.next(request, rules);
    }

    private Answer refusal(ReceivedRequest request) {
        String body = request.body();
        String excerpt = body.length() <= MOST_BODY ? body : body.substring(0, MOST_BODY) + "…";
        String words = "no answer for " + Route.by(request) + (body.isEmpty() ? "" : " with body " + excerpt);
        String whyNot = expectations.whyNot(request);
        refusals.add(words + (whyNot.isEmpty() ? "" : "\n    " + whyNot.replace("; ", "\n    ")));
        return Errors.of(501, words + (whyNot.isEmpty() ? "" : "; " + whyNot) + "; there is " + whatThereIs());
    }

    private String whatThereIs() {
        StringJoiner there = new StringJoiner(", ").setEmptyValue("nothing");
        expectations.words().forEach(there::add);
        scripted.forEach((asked, answers) -> there.add(asked + " (" + answers.size() + " scripted)"));
        recorded.forEach(
                (asked, replays) -> there.add(asked + " (" + replays.size() + " recorded: " + names(replays) + ")"));
        return there
                + (recorded.isEmpty()
                        ? ""
                        : "; recordings are found by their body, else by " + ReplayRule.words(rules));
    }

    private static String names(RecordedAnswers replays) {
        List<String> names = replays.names();
        String some = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
        return names.size() > MOST_NAMES ? some + ", …" : some;
    }

    /** What a test should fail with: expectations not satisfied, then requests that nothing answered. */
    synchronized List<String> complaints(List<ReceivedRequest> requests) {
        List<String> complaints = new ArrayList<>(expectations.complaints(requests));
        complaints.addAll(refusals);
        return complaints;
    }
}
