// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import io.github.ollamareactive.test.internal.response.Succession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The expectations of a test, in order. The first one that matches and is not exhausted answers. */
final class Expectations {

    private final List<Expectation> all = new ArrayList<>();

    private static final class Expectation {
        private final Expected expected;
        private final Succession<Answer> answers = new Succession<>();
        private int received;
        /** The differences of the closest request that did not match. */
        private List<String> closest = List.of();
        /** The requests that match, but that earlier expectations answered. */
        private final Map<Expected, Integer> answeredByOthers = new LinkedHashMap<>();

        Expectation(Expected expected, List<Answer> answers) {
            this.expected = expected;
            answers.forEach(this.answers::add);
        }

        boolean exhausted() {
            return expected.exhaustedBy(received);
        }

        boolean unsatisfied() {
            return !expected.satisfiedBy(received, answers.size());
        }

        void differs(List<String> differences) {
            if (closest.isEmpty() || differences.size() < closest.size()) {
                closest = differences;
            }
        }

        String failure() {
            StringBuilder failure = new StringBuilder(
                    expected + ": expected " + expected.requiredNumber(answers.size()) + ", received " + received);
            answeredByOthers.forEach((other, number) -> failure.append("\n    ")
                    .append(number == 1 ? "1 such request" : number + " such requests")
                    .append(" came, answered by an earlier expectation, which times(…) would limit: ")
                    .append(other));
            if (answeredByOthers.isEmpty() && !closest.isEmpty()) {
                failure.append("\n    the closest request differs in\n      ").append(String.join("\n      ", closest));
            }
            return failure.toString();
        }
    }

    void add(Expected expected, List<Answer> answers) {
        if (answers.isEmpty()) {
            throw new IllegalArgumentException("an expectation needs an answer: " + expected);
        }
        all.add(new Expectation(expected, answers));
    }

    void clear() {
        all.clear();
    }

    /** Compares the request with all expectations; a failure of a condition on the way to the answer is thrown. */
    @Nullable
    Answer next(ReceivedRequest request) {
        Expectation chosen = null;
        for (Expectation expectation : all) {
            if (expectation.exhausted() || !expectation.expected.hasRouteOf(request)) {
                continue;
            }
            List<String> differences = chosen == null
                    ? expectation.expected.differences(request)
                    : differencesOrFailure(expectation, request);
            if (!differences.isEmpty()) {
                expectation.differs(differences);
            } else if (chosen == null) {
                chosen = expectation;
            } else {
                expectation.answeredByOthers.merge(chosen.expected, 1, Integer::sum);
            }
        }
        if (chosen == null) {
            return null;
        }
        chosen.received++;
        return chosen.answers.next();
    }

    @SuppressWarnings("CatchingUnchecked") // The test's conditions may throw anything.
    private static List<String> differencesOrFailure(Expectation expectation, ReceivedRequest request) {
        try {
            return expectation.expected.differences(request);
        } catch (Throwable failure) {
            return List.of("a condition fails: " + failure);
        }
    }

    /** One line for each expectation of the request's method and path: why it does not answer the request. */
    List<String> mismatches(ReceivedRequest request) {
        List<String> mismatches = new ArrayList<>();
        for (Expectation expectation : all) {
            if (expectation.expected.hasRouteOf(request)) {
                List<String> differences = differencesOrFailure(expectation, request);
                mismatches.add("expectation " + expectation.expected
                        + (differences.isEmpty()
                                ? " is exhausted: received " + expectation.received
                                : " does not match: " + String.join(", ", differences)));
            }
        }
        return mismatches;
    }

    /** One paragraph for each expectation that is not satisfied. */
    List<String> failures() {
        return all.stream()
                .filter(Expectation::unsatisfied)
                .map(Expectation::failure)
                .toList();
    }

    /** Lists the expectations. */
    String describe() {
        StringJoiner list = new StringJoiner(", ");
        all.forEach(expectation -> list.add(expectation.expected + " (expected)"));
        return list.toString();
    }
}
