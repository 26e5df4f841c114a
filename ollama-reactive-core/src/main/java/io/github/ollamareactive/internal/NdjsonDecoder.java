// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal;

import io.github.ollamareactive.internal.Frames.FrameTooLong;
import io.github.ollamareactive.protocol.ExceptionFactory;
import io.github.ollamareactive.protocol.OllamaException;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Disposable;
import reactor.core.Scannable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;
import reactor.util.context.Context;

/**
 * The one place of NDJSON: buffers to events, with exact demand.
 *
 * <p>A frame is parsed only when an event is asked for, and a buffer is asked of upstream only when an event is asked for
 * and no whole frame is waiting. It is always one buffer at a time, also for unbounded demand: so whichever thread drains,
 * never more than one buffer is on its way.
 *
 * <p>A buffer is copied in {@code onNext} and never retained. There is no fusion: decoding must not move to another
 * thread.
 *
 * @param <T> the events
 */
final class NdjsonDecoder<T> extends FluxOperator<ByteBuf, T> {
    /** What may follow the end of an answer before its connection is closed rather than read to the end and reused. */
    private static final int DRAINED_BYTES = 16 * 1024;

    private static final Duration DRAINED_TIME = Duration.ofMillis(500);

    private final Supplier<? extends Frames> frames;
    private final Supplier<? extends EventReader<T>> reader;
    private final int excerpt;

    /** @param excerpt how many bytes of a malformed line an error may show */
    NdjsonDecoder(
            Flux<? extends ByteBuf> source,
            Supplier<? extends Frames> frames,
            Supplier<? extends EventReader<T>> reader,
            int excerpt) {
        super(source);
        this.frames = frames;
        this.reader = reader;
        this.excerpt = excerpt;
    }

    @Override
    public void subscribe(CoreSubscriber<? super T> actual) {
        source.subscribe(new Decoding<>(actual, frames.get(), reader.get(), excerpt));
    }

    private static final class Decoding<T> implements CoreSubscriber<ByteBuf>, Subscription, Scannable, EventSink<T> {
        @SuppressWarnings("rawtypes")
        private static final AtomicLongFieldUpdater<Decoding> REQUESTED =
                AtomicLongFieldUpdater.newUpdater(Decoding.class, "requested");

        @SuppressWarnings("rawtypes")
        private static final AtomicIntegerFieldUpdater<Decoding> WIP =
                AtomicIntegerFieldUpdater.newUpdater(Decoding.class, "wip");

        private final CoreSubscriber<? super T> actual;
        private final Frames frames;
        private final EventReader<T> reader;
        private final int excerpt;

        private @Nullable Subscription upstream;

        @SuppressWarnings("UnusedVariable") // used by its updater
        private volatile int wip;

        private volatile boolean cancelled;
        private volatile boolean badRequest;
        private volatile boolean upstreamDone;
        private @Nullable Throwable upstreamError;

        /** All that was ever asked for; compared with all that was emitted, so that emitting needs no atomic operation. */
        private volatile long requested;

        /** A buffer that came while another thread was draining. One at most, since one was asked for. */
        private volatile byte @Nullable [] arrived;

        /** The answer is complete, whether or not its last event was delivered. */
        private volatile boolean answered;

        private volatile boolean drainTimeOver;
        private volatile boolean terminated;

        /** The upstream was cancelled: nothing more is asked of it. */
        private volatile boolean closed;

        // Written by the draining thread only.
        private final ArrayDeque<T> waiting = new ArrayDeque<>(2);
        private long emitted;
        private boolean outstanding;
        private boolean asking;
        private boolean bodyEnded;
        private @Nullable Throwable failure;
        private int drained;
        private @Nullable Disposable drainTimer;

        Decoding(CoreSubscriber<? super T> actual, Frames frames, EventReader<T> reader, int excerpt) {
            this.actual = actual;
            this.frames = frames;
            this.reader = reader;
            this.excerpt = excerpt;
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
        public void onNext(ByteBuf buffer) {
            if (WIP.compareAndSet(this, 0, 1)) {
                outstanding = false;
                if (answered) {
                    drained += buffer.readableBytes();
                } else if (!cancelled && !terminated) {
                    frames.append(buffer);
                }
                drain();
            } else {
                byte[] copy = new byte[buffer.readableBytes()];
                buffer.getBytes(buffer.readerIndex(), copy);
                arrived = copy;
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
            if (!answered) {
                closed = true;
                upstream().cancel();
            }
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
                byte[] late = arrived;
                if (late != null) {
                    arrived = null;
                    outstanding = false;
                    if (answered) {
                        drained += late.length;
                    } else {
                        frames.append(late);
                    }
                }
                work();
                ask |= asking;
                asking = false;
                missed = WIP.addAndGet(this, -missed);
            } while (missed != 0);
            if (ask) {
                // Asked outside of the loop: a source that answers at once then finds nobody draining, and no copy is
                // made.
                upstream().request(1);
            }
        }

        /** Does all that can be done now. */
        private void work() {
            while (true) {
                if (cancelled || terminated) {
                    waiting.clear();
                    frames.clear();
                    if (answered && !closed) {
                        restOfBody();
                    }
                    return;
                } else if (badRequest) {
                    waiting.clear();
                    fail(new IllegalArgumentException("§3.9: demand must be positive"));
                    terminate();
                } else if (!waiting.isEmpty()) {
                    if (emitted == requested) {
                        return;
                    }
                    emit(waiting.remove());
                } else if (answered) {
                    if (!restOfBody()) {
                        return;
                    }
                    terminate();
                } else if (failure != null || bodyEnded) {
                    terminate();
                } else if (!frame()) {
                    return;
                }
            }
        }

        /** @return whether something was done, so that it is worth looking again */
        private boolean frame() {
            try {
                if (frames.next()) {
                    return read(false);
                }
            } catch (FrameTooLong e) {
                String what = frames.line() == 0 ? "the answer is" : "a line is";
                fail(ExceptionFactory.malformed(
                        what + " longer than " + frames.limit + " bytes",
                        frames.line(),
                        frames.excerpt(excerpt),
                        null));
                return true;
            } catch (MalformedFrame e) {
                fail(malformed(e));
                return true;
            }
            if (upstreamDone) {
                // A last buffer may have arrived since the loop looked; it was announced, so the loop comes round
                // again.
                return arrived == null && end();
            }
            if (!outstanding && emitted != requested) {
                outstanding = true;
                asking = true;
            }
            return false;
        }

        private boolean end() {
            Throwable error = upstreamError;
            if (error != null) {
                failure = withPartial(error);
            } else if (frames.tail()) {
                return read(true);
            } else {
                bodyEnded = true;
                try {
                    reader.end(this);
                } catch (OllamaException e) {
                    failure = withPartial(e);
                } catch (RuntimeException e) {
                    fail(malformed(new MalformedFrame("unreadable answer", e)));
                }
            }
            return true;
        }

        private boolean read(boolean tail) {
            if (emitted == requested) {
                return false;
            }
            int length = frames.frameEnd - frames.frameStart;
            try {
                if (frames.isRest()) {
                    reader.rest(frames.bytes, frames.frameStart, length, this);
                } else {
                    reader.read(frames.bytes, frames.frameStart, length, this);
                }
            } catch (OllamaException e) {
                // The server's own report: its answer is over, and the connection is as good as before.
                answered = true;
                failure = withPartial(e);
            } catch (MalformedFrame e) {
                fail(tail && frames.isCutJson() ? ExceptionFactory.incomplete(reader.missing(), length) : malformed(e));
            } catch (RuntimeException e) {
                // No reader should let one out; but one that does must end the stream, not leave it hanging.
                fail(malformed(new MalformedFrame("unreadable value", e)));
            }
            frames.consume();
            frames.giveBack();
            return true;
        }

        private OllamaException malformed(MalformedFrame e) {
            if (excerpt == 0) {
                // Neither the problem's words nor the parser's: they quote the line.
                return ExceptionFactory.malformed("a malformed answer", frames.line(), "", null);
            }
            return ExceptionFactory.malformed(e.problem(), frames.line(), frames.excerpt(excerpt), e.getCause());
        }

        private Throwable withPartial(Throwable error) {
            return error instanceof OllamaException e ? e.with(reader.partial()) : error;
        }

        private void fail(Throwable error) {
            closed = true;
            upstream().cancel();
            failure = withPartial(error);
        }

        @Override
        public void next(T event) {
            if (waiting.isEmpty() && emitted != requested && !cancelled) {
                emit(event);
            } else {
                waiting.add(event);
            }
        }

        @Override
        public void last(T event) {
            answered = true;
            next(event);
        }

        private void emit(T event) {
            emitted++;
            actual.onNext(event);
        }

        /** @return whether the body's end has been reached, or waited for long enough */
        private boolean restOfBody() {
            if (upstreamDone || closed || drainTimeOver || drained > DRAINED_BYTES) {
                if (drainTimer != null) {
                    drainTimer.dispose();
                }
                if (!upstreamDone && !closed) {
                    closed = true;
                    upstream().cancel();
                }
                return true;
            }
            if (drainTimer == null) {
                drainTimer = Schedulers.parallel()
                        .schedule(
                                () -> {
                                    drainTimeOver = true;
                                    wake();
                                },
                                DRAINED_TIME.toMillis(),
                                TimeUnit.MILLISECONDS);
            }
            if (!outstanding) {
                outstanding = true;
                asking = true;
            }
            return false;
        }

        private void terminate() {
            terminated = true;
            if (failure != null) {
                actual.onError(failure);
            } else {
                actual.onComplete();
            }
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
            } else if (key == Attr.BUFFERED) {
                return waiting.size();
            } else if (key == Attr.CANCELLED) {
                return cancelled;
            } else if (key == Attr.TERMINATED) {
                return terminated;
            } else if (key == Attr.ERROR) {
                return failure;
            } else if (key == Attr.RUN_STYLE) {
                return Attr.RunStyle.SYNC;
            }
            return null;
        }
    }
}
