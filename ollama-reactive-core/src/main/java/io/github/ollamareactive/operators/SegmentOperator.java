// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.operators.Aggregate.Segment;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.util.context.Context;

/**
 * All windows: events to segments and a summary, with exact demand.
 *
 * <p>One event is asked of upstream at a time, only when a segment is asked for and the text at hand gives none; also for
 * unbounded demand, so whichever thread drains, never more than one event is on its way.
 */
final class SegmentOperator extends FluxOperator<GenerationEvent, Aggregate> {
    private final Splitter.Factory splitters;
    private final int limit;
    private final @Nullable TimeLimit time;

    SegmentOperator(
            Flux<? extends GenerationEvent> source, Splitter.Factory splitters, int limit, @Nullable TimeLimit time) {
        super(source);
        this.splitters = splitters;
        this.limit = limit;
        this.time = time;
    }

    @Override
    public void subscribe(CoreSubscriber<? super Aggregate> actual) {
        source.subscribe(new Segmenting(actual, new Segmenter(splitters, limit), time));
    }

    private static final class Segmenting implements CoreSubscriber<GenerationEvent>, Subscription, Scannable {
        private static final AtomicLongFieldUpdater<Segmenting> REQUESTED =
                AtomicLongFieldUpdater.newUpdater(Segmenting.class, "requested");
        private static final AtomicIntegerFieldUpdater<Segmenting> WIP =
                AtomicIntegerFieldUpdater.newUpdater(Segmenting.class, "wip");

        private final CoreSubscriber<? super Aggregate> actual;
        private final Assembly assembly;
        private final boolean timed;

        private @Nullable Subscription upstream;

        @SuppressWarnings("UnusedVariable") // used by its updater
        private volatile int wip;

        private volatile boolean cancelled;
        private volatile boolean badRequest;
        private volatile boolean upstreamDone;
        private @Nullable Throwable upstreamError;

        /** All that was ever asked for; compared with all that was emitted. */
        private volatile long requested;

        /** An event that came while another thread was draining. One at most, since one was asked for. */
        private volatile @Nullable GenerationEvent arrived;

        private volatile boolean terminated;

        // Written by the draining thread only.
        private long emitted;
        private boolean outstanding;
        private boolean asking;

        Segmenting(CoreSubscriber<? super Aggregate> actual, Segmenter segmenter, @Nullable TimeLimit time) {
            this.actual = actual;
            this.assembly = new Assembly(segmenter, time == null ? null : time.start(this::wake));
            this.timed = time != null;
        }

        @Override
        public Context currentContext() {
            return actual.currentContext();
        }

        @Override
        public void onSubscribe(Subscription s) {
            if (Operators.validate(upstream, s)) {
                upstream = s;
                actual.onSubscribe(this);
            }
        }

        @Override
        public void onNext(GenerationEvent event) {
            if (WIP.compareAndSet(this, 0, 1)) {
                take(event);
                drain();
            } else {
                arrived = event;
                wake();
            }
        }

        @Override
        public void onError(Throwable t) {
            if (upstreamDone) {
                Operators.onErrorDropped(t, currentContext());
                return;
            }
            upstreamError = t;
            upstreamDone = true;
            wake();
        }

        @Override
        public void onComplete() {
            upstreamDone = true;
            wake();
        }

        @Override
        public void request(long n) {
            if (n > 0) {
                Operators.addCap(REQUESTED, this, n);
            } else {
                badRequest = true;
            }
            wake();
        }

        @Override
        public void cancel() {
            cancelled = true;
            upstream().cancel();
            wake();
        }

        private Subscription upstream() {
            return upstream == null ? Operators.emptySubscription() : upstream;
        }

        private void wake() {
            if (WIP.getAndIncrement(this) == 0) {
                drain();
            }
        }

        private void drain() {
            int missed = 1;
            boolean ask = false;
            do {
                GenerationEvent late = arrived;
                if (late != null) {
                    arrived = null;
                    try {
                        take(late);
                    } catch (Throwable e) { // of the scheduler's clock
                        broken(e);
                    }
                }
                work();
                ask |= asking;
                asking = false;
                missed = WIP.addAndGet(this, -missed);
            } while (missed != 0);
            if (ask) {
                // Asked outside of the loop: a source that answers at once then finds nobody draining.
                upstream().request(1);
            }
        }

        private void take(GenerationEvent event) {
            outstanding = false;
            if (!cancelled && !terminated) {
                assembly.take(event);
            }
        }

        /** Does all that can be done now. */
        private void work() {
            while (true) {
                if (cancelled || terminated) {
                    assembly.clear();
                    return;
                } else if (badRequest) {
                    upstream().cancel();
                    fail(new IllegalArgumentException("§3.9: demand must be positive"));
                } else if (upstreamDone && arrived != null) {
                    // A last event came while this loop ran; it was announced, so the loop comes round again and takes
                    // it.
                    return;
                } else if (emitted == requested) {
                    if (!upstreamDone || upstreamError == null) {
                        return;
                    }
                    fail(upstreamError);
                } else {
                    boolean ended = upstreamDone && upstreamError == null;
                    Segment segment;
                    try {
                        segment = assembly.next(ended);
                    } catch (
                            Throwable
                                    e) { // of the breaks or the scheduler, errors of linking an optional library among
                        // them
                        broken(e);
                        continue;
                    }
                    if (segment != null) {
                        emitted++;
                        actual.onNext(segment);
                    } else if (upstreamDone && upstreamError != null) {
                        fail(upstreamError);
                    } else if (ended) {
                        summary();
                    } else {
                        asking |= !outstanding && !upstreamDone;
                        outstanding = true;
                        return;
                    }
                }
            }
        }

        private void summary() {
            emitted++;
            terminated = true;
            actual.onNext(assembly.summary());
            if (!cancelled) {
                actual.onComplete();
            }
        }

        private void broken(Throwable error) {
            upstream().cancel();
            if (!terminated) {
                fail(error);
            }
        }

        private void fail(Throwable error) {
            terminated = true;
            actual.onError(error);
        }

        @Override
        @SuppressWarnings("rawtypes") // as the interface has it
        public @Nullable Object scanUnsafe(Attr key) {
            if (key == Attr.PARENT) {
                return upstream;
            } else if (key == Attr.ACTUAL) {
                return actual;
            } else if (key == Attr.REQUESTED_FROM_DOWNSTREAM) {
                return requested == Long.MAX_VALUE ? requested : requested - emitted;
            } else if (key == Attr.PREFETCH) {
                return 0;
            } else if (key == Attr.CANCELLED) {
                return cancelled;
            } else if (key == Attr.TERMINATED) {
                return terminated;
            } else if (key == Attr.ERROR) {
                return upstreamError;
            } else if (key == Attr.RUN_STYLE) {
                return timed ? Attr.RunStyle.ASYNC : Attr.RunStyle.SYNC;
            }
            return null;
        }
    }
}
