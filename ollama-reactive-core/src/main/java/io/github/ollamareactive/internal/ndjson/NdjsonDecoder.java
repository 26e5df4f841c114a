// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.ndjson;

import io.github.ollamareactive.internal.demand.DrainOperator;
import io.github.ollamareactive.internal.json.MalformedFrame;
import io.github.ollamareactive.internal.ndjson.Frames.FrameTooLong;
import io.github.ollamareactive.protocol.ExceptionFactory;
import io.github.ollamareactive.protocol.OllamaException;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;

/**
 * The one place of NDJSON: buffers to events, with exact demand.
 *
 * <p>A frame is parsed only when an event is asked for. A buffer is asked of upstream only when an event is asked for and no whole
 * frame is waiting, one buffer at a time, also for unbounded demand: so whichever thread drains, never more than one buffer is on
 * its way.
 *
 * <p>A buffer is copied in {@code onNext} and never retained. There is no fusion: decoding must not move to another thread.
 *
 * @param <T> the events
 */
public final class NdjsonDecoder<T> extends FluxOperator<ByteBuf, T> {
    private final Supplier<? extends Frames> frames;
    private final Supplier<? extends EventReader<T>> reader;
    private final int excerpt;

    /**
     * Decodes a body.
     *
     * @param source the body's buffers
     * @param frames cuts one body into frames
     * @param reader makes events of one body's frames
     * @param excerpt how many bytes of a malformed line an error may show
     */
    public NdjsonDecoder(
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

    private static final class Decoding<T> extends DrainOperator<ByteBuf, T> implements EventSink<T> {
        private final Frames frames;
        private final EventReader<T> reader;
        private final int excerpt;
        private final RestOfBody rest = new RestOfBody(this::wake);

        /** The answer is complete, whether or not its last event was delivered. */
        private volatile boolean answered;

        /** The answer has little left: a cancel reads it. */
        private volatile boolean nearEnd;

        /** The upstream was cancelled: nothing more is asked of it. */
        private volatile boolean closed;

        // Written by the draining thread only.
        private final ArrayDeque<T> waiting = new ArrayDeque<>(2);
        private boolean bodyEnded;
        private @Nullable Throwable failure;

        Decoding(CoreSubscriber<? super T> actual, Frames frames, EventReader<T> reader, int excerpt) {
            super(actual);
            this.frames = frames;
            this.reader = reader;
            this.excerpt = excerpt;
        }

        @Override
        protected void take(ByteBuf buffer) {
            if (answered) {
                rest.read(buffer.readableBytes());
            } else if (!isOver()) {
                frames.append(buffer);
            }
        }

        @Override
        protected byte[] keep(ByteBuf buffer) {
            byte[] copy = new byte[buffer.readableBytes()];
            buffer.getBytes(buffer.readerIndex(), copy);
            return copy;
        }

        @Override
        protected void takeKept(Object kept) {
            byte[] bytes = (byte[]) kept;
            if (answered) {
                rest.read(bytes.length);
            } else if (!isOver()) {
                frames.append(bytes);
            }
        }

        /** Behind the answer's end nothing is closed: the connection is worth more than the rest of the body costs. */
        @Override
        protected void closeUpstream() {
            if (nearEnd) {
                answered = true;
            } else if (!answered) {
                close();
            }
        }

        private void close() {
            closed = true;
            cancelUpstream();
        }

        @Override
        protected void release() {
            Operators.onDiscardQueueWithClear(waiting, currentContext(), null);
            frames.clear();
            if (answered) {
                readRest();
            }
        }

        @Override
        protected boolean step() {
            if (!waiting.isEmpty()) {
                if (demand() == 0) {
                    return false;
                }
                emit(waiting.remove());
            } else if (answered) {
                if (!readRest()) {
                    return false;
                }
                terminate(failure);
            } else if (failure != null || bodyEnded) {
                terminate(failure);
            } else {
                return readFrame();
            }
            return true;
        }

        /** @return whether something was done */
        private boolean readFrame() {
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
            if (hasUpstreamEnded()) {
                return end();
            } else if (demand() != 0) {
                ask();
            }
            return false;
        }

        private boolean end() {
            Throwable error = upstreamError();
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
            if (demand() == 0) {
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
                // The reader's own, since a subscriber's never comes through emit.
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
            close();
            failure = withPartial(error);
        }

        @Override
        public void next(T event) {
            if (waiting.isEmpty() && demand() != 0 && !isOver()) {
                emit(event);
            } else {
                waiting.add(event);
            }
        }

        @Override
        public void nearlyLast(T event) {
            nearEnd = true;
            next(event);
        }

        @Override
        public void last(T event) {
            answered = true;
            next(event);
        }

        /** @return whether the body's end has been reached, or waited for long enough */
        private boolean readRest() {
            if (hasUpstreamEnded() || closed) {
                rest.stop();
            } else if (rest.isTooMuch()) {
                rest.stop();
                close();
            } else {
                ask();
                return false;
            }
            return true;
        }

        @Override
        @SuppressWarnings("rawtypes") // as the interface has it
        public @Nullable Object scanUnsafe(Attr key) {
            if (key == Attr.BUFFERED) {
                return waiting.size();
            } else if (key == Attr.ERROR) {
                return failure;
            } else if (key == Attr.RUN_STYLE) {
                return Attr.RunStyle.SYNC;
            }
            return super.scanUnsafe(key);
        }
    }
}
