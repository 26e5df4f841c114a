// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.shaping;

import io.github.ollamareactive.internal.demand.DrainOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;

/**
 * The one place where the shaping operators and the windows meet demand, time and cancellation: a {@link ShapingPolicy} says what comes
 * out, the operator when.
 *
 * <p>Upstream is asked for one item at a time, and only while the subscriber is owed something and the policy wants an item. So
 * whichever thread drains, never more than one item is on its way.
 *
 * @param <I> what comes in
 * @param <O> what comes out
 */
public final class ShapingOperator<I, O> extends FluxOperator<I, O> {
    private final Supplier<? extends ShapingPolicy<? super I, ? extends O>> policies;

    /**
     * Shapes a stream.
     *
     * @param source the stream
     * @param policies makes the policy of one subscription
     */
    public ShapingOperator(
            Flux<? extends I> source, Supplier<? extends ShapingPolicy<? super I, ? extends O>> policies) {
        super(source);
        this.policies = policies;
    }

    @Override
    public void subscribe(CoreSubscriber<? super O> actual) {
        source.subscribe(new Shaping<>(actual, policies.get()));
    }

    private static final class Shaping<I, O> extends DrainOperator<I, O> {
        private final ShapingPolicy<? super I, ? extends O> policy;

        // Used by the draining thread only.
        private boolean ended;
        private @Nullable Throwable failure;

        Shaping(CoreSubscriber<? super O> actual, ShapingPolicy<? super I, ? extends O> policy) {
            super(actual);
            this.policy = policy;
        }

        @Override
        protected void start() {
            policy.start(this::wake);
        }

        @Override
        protected void take(I item) {
            if (ended || isOver() || policy.isOver()) {
                Operators.onDiscard(item, currentContext());
            } else {
                policy.take(item);
            }
        }

        @Override
        protected void release() {
            policy.stop();
            policy.discard(held -> Operators.onDiscard(held, currentContext()));
        }

        @Override
        protected boolean step() {
            O item;
            if (!ended && policy.isOver()) {
                ended = true;
                closeUpstream();
            } else if (demand() != 0 && (item = policy.next()) != null) {
                emit(item);
            } else if (ended) {
                if (!policy.isEmpty()) {
                    return false;
                }
                terminate(failure == null ? null : policy.failure(failure));
            } else if (hasUpstreamEnded()) {
                ended = true;
                failure = upstreamError();
                if (failure == null) {
                    policy.end(false);
                } else {
                    policy.fail(failure);
                }
            } else {
                if (!isItemOutstanding() && demand() != 0 && policy.wants(demand())) {
                    ask();
                }
                return false;
            }
            return true;
        }

        @Override
        @SuppressWarnings("rawtypes") // as the interface has it
        public @Nullable Object scanUnsafe(Attr key) {
            return key == Attr.RUN_STYLE ? Attr.RunStyle.ASYNC : super.scanUnsafe(key);
        }
    }
}
