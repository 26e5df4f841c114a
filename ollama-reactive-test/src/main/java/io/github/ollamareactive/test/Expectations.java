// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** What a test expects, in order: the first that is not used up and has no difference answers. */
final class Expectations {

    private final List<Standing> all = new ArrayList<>();

    private static final class Standing {
        private final Expected expected;
        private final AnswerQueue<Answer> answers = new AnswerQueue<>();
        private int given;

        Standing(Expected expected, List<Answer> answers) {
            this.expected = expected;
            answers.forEach(this.answers::add);
        }

        boolean unsatisfied() {
            return !expected.satisfiedBy(given, answers.size());
        }

        String words() {
            String came = given == 0 ? "" : ", came " + given;
            return expected + ": " + expected.wanted(answers.size()) + came;
        }
    }

    void add(Expected expected, List<Answer> answers) {
        if (answers.isEmpty()) {
            throw new IllegalArgumentException("an expectation needs an answer: " + expected);
        }
        all.add(new Standing(expected, answers));
    }

    @Nullable
    Answer next(ReceivedRequest request) {
        for (Standing standing : all) {
            if (!standing.expected.exhaustedBy(standing.given)
                    && standing.expected.isMethodAndPathOf(request)
                    && standing.expected.differences(request).isEmpty()) {
                standing.given++;
                return standing.answers.next();
            }
        }
        return null;
    }

    /** Why none of them answers this request: their differences, where method and path are the same. */
    String whyNot(ReceivedRequest request) {
        StringJoiner words = new StringJoiner("; ");
        for (Standing standing : all) {
            if (standing.expected.isMethodAndPathOf(request)) {
                List<String> differences = standing.expected.differences(request);
                words.add("expected " + standing.expected + ", "
                        + (differences.isEmpty()
                                ? "which came " + standing.given + " times already"
                                : "different are " + String.join(", ", differences)));
            }
        }
        return words.toString();
    }

    /** One paragraph for each expectation that is not satisfied. */
    List<String> complaints(List<ReceivedRequest> requests) {
        return all.stream()
                .filter(Standing::unsatisfied)
                .map(standing -> standing.words() + nearest(standing.expected, requests))
                .toList();
    }

    private static String nearest(Expected expected, List<ReceivedRequest> requests) {
        return requests.stream()
                .filter(expected::isMethodAndPathOf)
                .map(expected::differences)
                .filter(differences -> !differences.isEmpty())
                .min(Comparator.comparingInt(List::size))
                .map(differences ->
                        "\n    the nearest request differs in\n      " + String.join("\n      ", differences))
                .orElse("");
    }

    List<String> words() {
        return all.stream().map(standing -> standing.expected + " (expected)").toList();
    }
}
