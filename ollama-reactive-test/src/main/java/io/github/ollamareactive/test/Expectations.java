// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** The expectations of a test, in order. The first one that matches and is not exhausted answers. */
final class Expectations {

    private final List<Expectation> all = new ArrayList<>();

    private static final class Expectation {
        private final Expected expected;
        private final AnswerQueue answers = new AnswerQueue();
        private int received;

        Expectation(Expected expected, List<Answer> answers) {
            this.expected = expected;
            answers.forEach(this.answers::add);
        }

        boolean unsatisfied() {
            return !expected.satisfiedBy(received, answers.size());
        }

        String failure() {
            return expected + ": expected " + expected.requiredNumber(answers.size()) + ", received " + received;
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

    @Nullable
    Answer next(ReceivedRequest request) {
        for (Expectation expectation : all) {
            if (!expectation.expected.exhaustedBy(expectation.received)
                    && expectation.expected.hasRouteOf(request)
                    && expectation.expected.differences(request).isEmpty()) {
                expectation.received++;
                return expectation.answers.next();
            }
        }
        return null;
    }

    /** One line for each expectation of the request's method and path: why it does not answer the request. */
    List<String> mismatches(ReceivedRequest request) {
        List<String> mismatches = new ArrayList<>();
        for (Expectation expectation : all) {
            if (expectation.expected.hasRouteOf(request)) {
                List<String> differences = expectation.expected.differences(request);
                mismatches.add("expectation " + expectation.expected
                        + (differences.isEmpty()
                                ? " is exhausted: received " + expectation.received
                                : " does not match: " + String.join(", ", differences)));
            }
        }
        return mismatches;
    }

    /** One paragraph for each expectation that is not satisfied. */
    List<String> failures(List<ReceivedRequest> requests) {
        return all.stream()
                .filter(Expectation::unsatisfied)
                .map(expectation -> expectation.failure() + closest(expectation.expected, requests))
                .toList();
    }

    private static String closest(Expected expected, List<ReceivedRequest> requests) {
        return requests.stream()
                .filter(expected::hasRouteOf)
                .map(expected::differences)
                .filter(differences -> !differences.isEmpty())
                .min(Comparator.comparingInt(List::size))
                .map(differences ->
                        "\n    the closest request differs in\n      " + String.join("\n      ", differences))
                .orElse("");
    }

    /** Lists the expectations. */
    String describe() {
        StringJoiner list = new StringJoiner(", ");
        all.forEach(expectation -> list.add(expectation.expected + " (expected)"));
        return list.toString();
    }
}
