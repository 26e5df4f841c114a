// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.demand;

import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;

/** Ends a subscriber's stream exactly once, whatever the subscriber throws while it is told. */
public final class TerminalSignals {
    private TerminalSignals() {}

    /**
     * Signals completion. A subscriber that throws there gets what it threw as its error: operators behind it that had not
     * ended yet still end, and those that had ended hand it to Reactor's hook for dropped errors.
     *
     * @param actual the subscriber
     */
    public static void complete(CoreSubscriber<?> actual) {
        try {
            actual.onComplete();
        } catch (Throwable e) {
            error(actual, e);
        }
    }

    /**
     * Signals an error. What the subscriber throws there goes to Reactor's hook for dropped errors, since there is nobody else
     * to tell.
     *
     * @param actual the subscriber
     * @param error the error
     */
    public static void error(CoreSubscriber<?> actual, Throwable error) {
        try {
            actual.onError(error);
        } catch (Throwable e) {
            drop(e, actual);
        }
    }

    /**
     * Hands an error that no signal can carry to Reactor's hook, which mustn't stop what is under way: what it throws itself
     * goes where a thread's uncaught errors go.
     *
     * @param error the error
     * @param actual the subscriber whose context may name the hook
     */
    static void drop(Throwable error, CoreSubscriber<?> actual) {
        try {
            Operators.onErrorDropped(error, actual.currentContext());
        } catch (Throwable e) {
            Thread thread = Thread.currentThread();
            thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
        }
    }
}
