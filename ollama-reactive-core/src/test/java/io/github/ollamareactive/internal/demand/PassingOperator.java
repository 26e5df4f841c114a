// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.demand;

import java.util.ArrayDeque;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/** The least that the drain loop can be used for: every item passes, one at a time. */
final class PassingOperator<T> extends FluxOperator<T, T> {
    PassingOperator(Flux<? extends T> source) {
        super(source);
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        source.subscribe(new Passing<>(actual));
    }

    private static final class Passing<T> extends DrainOperator<T, T> {
        private final ArrayDeque<T> waiting = new ArrayDeque<>(1);

        Passing(CoreSubscriber<? super T> actual) {
            super(actual);
        }

        @Override
        protected void take(T item) {
            waiting.add(item);
        }

        @Override
        protected boolean step() {
            if (!waiting.isEmpty()) {
                if (demand() == 0) {
                    return false;
                }
                emit(waiting.remove());
            } else if (hasUpstreamEnded()) {
                terminate(upstreamError());
            } else {
                if (demand() != 0) {
                    ask();
                }
                return false;
            }
            return true;
        }

        @Override
        protected void release() {
            waiting.clear();
        }
    }
}
