// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a test must fail, whatever it expects: requests without an answer, failures of the test's functions. */
final class Problems {

    private static final int MAX_KEPT = 100;

    private final List<String> messages = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private long more;

    void add(String message, @Nullable Throwable failure) {
        if (messages.size() == MAX_KEPT) {
            more++;
            return;
        }
        messages.add(message);
        if (failure != null) {
            failures.add(failure);
        }
    }

    void clear() {
        messages.clear();
        failures.clear();
        more = 0;
    }

    /** Throws one error of all these and other reasons, if there are any. */
    void failWith(List<String> otherReasons) {
        List<String> all = new ArrayList<>(otherReasons);
        all.addAll(messages);
        if (all.isEmpty()) {
            return;
        }
        if (more > 0) {
            all.add("and " + more + " more such requests");
        }
        AssertionError error = new AssertionError(
                "the requests were not as expected:\n  " + String.join("\n  ", all),
                failures.isEmpty() ? null : failures.get(0));
        failures.stream().skip(1).forEach(error::addSuppressed);
        throw error;
    }
}
