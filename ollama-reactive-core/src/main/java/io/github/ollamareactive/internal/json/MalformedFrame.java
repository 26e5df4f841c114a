// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.json;

import org.jspecify.annotations.Nullable;

/** A frame that is no JSON or of the wrong shape. The decoder, which knows the line's number, makes the public error of it. */
public final class MalformedFrame extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String problem;

    public MalformedFrame(String problem, @Nullable Throwable cause) {
        // Control flow between two classes of this package: its stack trace is never seen, the cause's is.
        super(problem, cause, false, false);
        this.problem = problem;
    }

    public String problem() {
        return problem;
    }
}
