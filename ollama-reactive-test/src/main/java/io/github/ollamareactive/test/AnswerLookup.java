// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import io.github.ollamareactive.test.internal.http.Route;
import io.github.ollamareactive.test.internal.response.ResponsePlan;
import io.github.ollamareactive.test.internal.response.Succession;
import io.github.ollamareactive.test.recordings.Recording;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the answer to a request: expectations first, then scripted answers, then recordings, then the fallback. */
final class AnswerLookup {

    private static final int MAX_BODY_EXCERPT = 500;
    private static final int MAX_NAMES = 10;

    private final Expectations expectations = new Expectations();
    private final Map<Route, Succession<Answer>> scripted = new LinkedHashMap<>();
    private final Map<Route, RecordedAnswers> recorded = new LinkedHashMap<>();
    private final Problems problems = new Problems();
    private List<ReplayRule> rules = List.of();
    private @Nullable Function<ReceivedRequest, Answer> fallback;

    /** An answer to one request, and what gave it. */
    record Found(String source, ResponsePlan plan) {}

    synchronized void expect(Expected expected, List<Answer> answers) {
        expectations.add(
                expected,
                answers.stream()
                        .map(answer -> answer.from("expectation " + expected))
                        .toList());
    }

    synchronized void add(Route route, Answer answer) {
        scripted.computeIfAbsent(route, unused -> new Succession<>()).add(answer.from("script"));
    }

    synchronized void add(Recording recording, Answer answer) {
        recorded.computeIfAbsent(new Route(recording.method(), recording.path()), RecordedAnswers::new)
                .add(recording, answer.from("recording " + recording.name()));
    }

    synchronized void replayBy(List<ReplayRule> newRules) {
        rules = List.copyOf(newRules);
    }

    synchronized void fallback(Function<ReceivedRequest, Answer> answer) {
        fallback = answer;
    }

    synchronized void reset() {
        expectations.clear();
        scripted.clear();
        recorded.clear();
        problems.clear();
        rules = List.of();
        fallback = null;
    }

    /**
     * The answer. Never throws: a failure of the test's own functions becomes status 500 and fails the test.
     *
     * @param elsewhere whether a request that has no answer here has one elsewhere: then it is no failure, and null
     */
    @SuppressWarnings("CatchingUnchecked") // Assertions and other errors, too.
    @Nullable
    Found find(ReceivedRequest request, boolean elsewhere) {
        try {
            Answer answer = answerTo(request, elsewhere);
            return answer == null ? null : new Found(answer.source(), answer.planFor(request));
        } catch (Throwable e) {
            String error = "the test's answer function failed for " + request.route() + ": " + e;
            synchronized (this) {
                problems.add(error, e);
            }
            return new Found(error, Errors.serverError(error).planFor(request));
        }
    }

    private @Nullable Answer answerTo(ReceivedRequest request, boolean elsewhere) {
        Function<ReceivedRequest, Answer> last;
        synchronized (this) {
            Answer answer = expectations.next(request);
            if (answer == null) {
                answer = scriptedOrRecorded(request.route(), request);
            }
            if (answer == null) {
                answer = scriptedOrRecorded(request.route().withoutQuery(), request);
            }
            if (answer != null) {
                return answer;
            }
            if (fallback == null) {
                return elsewhere ? null : noAnswer(request);
            }
            last = fallback;
        }
        // The test's function runs outside of the lock.
        return Answer.to(last).from("fallback");
    }

    private @Nullable Answer scriptedOrRecorded(Route route, ReceivedRequest request) {
        Succession<Answer> answers = scripted.get(route);
        if (answers != null) {
            return answers.next();
        }
        RecordedAnswers recordings = recorded.get(route);
        return recordings == null ? null : recordings.next(request, rules);
    }

    private Answer noAnswer(ReceivedRequest request) {
        String body = request.body();
        String excerpt = body.length() <= MAX_BODY_EXCERPT ? body : body.substring(0, MAX_BODY_EXCERPT) + "…";
        List<String> message = new ArrayList<>();
        message.add("no answer for " + request.route() + (body.isEmpty() ? "" : " with body " + excerpt));
        message.addAll(expectations.mismatches(request));
        String nearest = nearest(request);
        if (!nearest.isEmpty()) {
            message.add(nearest);
        }
        problems.add(String.join("\n    ", message), null);
        message.add("available answers: " + describeAnswers());
        return Errors.of(501, String.join("; ", message)).from("no answer" + (nearest.isEmpty() ? "" : ", " + nearest));
    }

    /** The recording of the same method and path that differs least, and how; empty when there is none. */
    private String nearest(ReceivedRequest request) {
        RecordedAnswers exact = recorded.get(request.route());
        RecordedAnswers candidates =
                exact == null ? recorded.get(request.route().withoutQuery()) : exact;
        return candidates == null ? "" : candidates.nearest(request);
    }

    private String describeAnswers() {
        StringJoiner available = new StringJoiner(", ").setEmptyValue("none");
        String expected = expectations.describe();
        if (!expected.isEmpty()) {
            available.add(expected);
        }
        scripted.forEach((route, answers) -> {
            if (!route.isControl()) {
                available.add(route + " (" + answers.size() + " scripted)");
            }
        });
        recorded.forEach((route, answers) ->
                available.add(route + " (" + answers.size() + " recorded: " + names(answers) + ")"));
        return available
                + (recorded.isEmpty()
                        ? ""
                        : "; recordings match by body, then by these rules: " + ReplayRule.describe(rules));
    }

    private static String names(RecordedAnswers recordings) {
        List<String> names = recordings.names();
        String first = String.join(", ", names.subList(0, Math.min(MAX_NAMES, names.size())));
        return names.size() > MAX_NAMES ? first + ", …" : first;
    }

    /**
     * Fails with the expectations that are not satisfied, then the requests without an answer and the failures of the test's
     * functions.
     */
    synchronized void verify() {
        problems.failWith(expectations.failures());
    }
}
