// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.protocol.ExceptionFactory;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.Partial;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.Scannable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

/** The decoder's own rules, without a network: which buffer is asked for when, and what each end means. */
final class NdjsonDecoderTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    /** Reads a line as its text; {@code last} ends the answer, {@code two} is two events. */
    static class TextReader implements EventReader<String> {
        private final List<String> read = new ArrayList<>();

        @Override
        public void read(byte[] bytes, int offset, int length, EventSink<? super String> events) {
            String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
            if (text.startsWith("bad")) {
                throw new MalformedFrame("bad line", null);
            } else if (text.startsWith("error")) {
                throw ExceptionFactory.reported(text);
            }
            read.add(text);
            if (text.equals("two")) {
                events.next("one of two");
                events.next("two of two");
            } else if (text.equals("last")) {
                events.last(text);
            } else {
                events.next(text);
            }
        }

        @Override
        public void end(EventSink<? super String> events) {}

        @Override
        public String missing() {
            return "last";
        }

        @Override
        public Partial partial() {
            return new Partial(String.join("|", read), "", List.of(), read.size(), null);
        }
    }

    private static NdjsonDecoder<String> decoder(Flux<ByteBuf> source) {
        return new NdjsonDecoder<>(source, () -> new LineFrames(100), TextReader::new, 20);
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Flux<ByteBuf> chunks(String... chunks) {
        return Flux.fromArray(chunks).map(NdjsonDecoderTest::bytes);
    }

    @Test
    void asksForOneBufferOnlyWhenNoLineWaits() {
        TestPublisher<ByteBuf> source = TestPublisher.create();
        AtomicLong asked = new AtomicLong();
        StepVerifier.create(decoder(source.flux().doOnRequest(asked::addAndGet)), 0)
                .then(() -> assertThat(asked).hasValue(0))
                .thenRequest(1)
                .then(() -> assertThat(asked).hasValue(1))
                .then(() -> source.next(bytes("a\nb\nc")))
                .expectNext("a")
                .then(() -> assertThat(asked).hasValue(1))
                .thenRequest(1)
                .expectNext("b")
                .then(() -> assertThat(asked).hasValue(1))
                .thenRequest(1)
                .then(() -> assertThat(asked).hasValue(2))
                .then(() -> source.next(bytes("\n")))
                .expectNext("c")
                .then(() -> assertThat(asked).hasValue(2))
                .then(source::complete)
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void decodesNothingThatNobodyAskedFor() {
        TestPublisher<ByteBuf> source = TestPublisher.create();
        TextReader reader = new TextReader();
        StepVerifier.create(new NdjsonDecoder<>(source.flux(), () -> new LineFrames(100), () -> reader, 20), 1)
                .then(() -> source.next(bytes("a\nb\nc\n")))
                .expectNext("a")
                .then(() -> assertThat(reader.read).containsExactly("a"))
                .thenCancel()
                .verify(SOON);
        source.assertCancelled();
    }

    @Test
    void keepsTheSecondEventOfALineUntilItIsAskedFor() {
        StepVerifier.create(decoder(chunks("two\n")), 1)
                .expectNext("one of two")
                .expectNoEvent(Duration.ofMillis(20))
                .thenRequest(1)
                .expectNext("two of two")
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void skipsBlanksTakesCrAndAnUnterminatedEndAndDropsTheMark() {
        StepVerifier.create(decoder(chunks("\uFEFFa\r\n", "\n \t\r\n", "b\u2028\u0085\n", "c")))
                .expectNext("a", "b\u2028\u0085", "c")
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void completesWithoutDemandWhenNothingIsLeft() {
        StepVerifier.create(decoder(chunks("a\n", "\n")), 2)
                .expectNext("a")
                .expectComplete()
                .verify(SOON);
        StepVerifier.create(decoder(Flux.empty()), 0).expectComplete().verify(SOON);
    }

    @Test
    void wantsDemandForAnUnterminatedLastLine() {
        TestPublisher<ByteBuf> source = TestPublisher.create();
        StepVerifier.create(decoder(source.flux()), 1)
                .then(() -> source.next(bytes("a\nb")).complete())
                .expectNext("a")
                .expectNoEvent(Duration.ofMillis(20))
                .thenRequest(1)
                .expectNext("b")
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void namesTheLineOfAMalformedOneAndCancels() {
        TestPublisher<ByteBuf> source = TestPublisher.create();
        StepVerifier.create(decoder(source.flux()))
                .then(() -> source.next(bytes("a\n\nbad and much longer than the excerpt\nb\n")))
                .expectNext("a")
                .expectErrorSatisfies(e -> {
                    OllamaException.Protocol protocol = (OllamaException.Protocol) e;
                    assertThat(protocol.line()).isEqualTo(3);
                    assertThat(protocol.excerpt()).isEqualTo("bad and much longer…");
                    assertThat(protocol.partial().text()).isEqualTo("a");
                })
                .verify(SOON);
        source.assertCancelled();
    }

    @Test
    void refusesALineOverTheLimitWhetherItEndsOrNot() {
        for (String tail : List.of("\n", "")) {
            StepVerifier.create(decoder(chunks("a\n", "x".repeat(101) + tail)))
                    .expectNext("a")
                    .expectErrorSatisfies(e -> {
                        assertThat(e)
                                .isInstanceOf(OllamaException.Protocol.class)
                                .hasMessageContaining("100 bytes");
                        assertThat(((OllamaException.Protocol) e).line()).isEqualTo(2);
                    })
                    .verify(SOON);
        }
        StepVerifier.create(decoder(chunks("x".repeat(100), "\n")))
                .expectNext("x".repeat(100))
                .expectComplete()
                .verify(SOON);
    }

    @Test
    void deliversWholeLinesBeforeAnUpstreamError() {
        TestPublisher<ByteBuf> source = TestPublisher.create();
        IllegalStateException cut = new IllegalStateException("cut");
        StepVerifier.create(decoder(source.flux()), 1)
                .then(() -> source.next(bytes("a\nb\nfragm")).error(cut))
                .expectNext("a")
                .expectNoEvent(Duration.ofMillis(20))
                .thenRequest(1)
                .expectNext("b")
                .expectErrorMatches(e -> e == cut)
                .verify(SOON);
    }

    @Test
    void afterTheLastEventReadsTheRestAndIgnoresIt() {
        TestPublisher<ByteBuf> source = TestPublisher.create();
        StepVerifier.create(decoder(source.flux()))
                .then(() -> source.next(bytes("a\nlast\nmore\n")))
                .expectNext("a", "last")
                .then(() -> source.next(bytes("and more\n")))
                .then(source::complete)
                .expectComplete()
                .verify(SOON);
        source.assertNotCancelled();
    }

    @Test
    void aCancelAfterTheLastEventClosesNothing() {
        TestPublisher<ByteBuf> source = TestPublisher.create();
        StepVerifier.create(decoder(source.flux()).take(1))
                .then(() -> source.next(bytes("last\n")))
                .expectNext("last")
                .expectComplete()
                .verify(SOON);
        source.assertNotCancelled();
        source.complete();
    }

    @Test
    void givesUpOnARestThatDoesNotEnd() {
        TestPublisher<ByteBuf> endless = TestPublisher.create();
        StepVerifier.create(decoder(endless.flux()))
                .then(() -> endless.next(bytes("last\n")))
                .expectNext("last")
                .then(() -> endless.next(bytes("x".repeat(20_000))))
                .expectComplete()
                .verify(SOON);
        endless.assertCancelled();

        TestPublisher<ByteBuf> silent = TestPublisher.create();
        StepVerifier.withVirtualTime(() -> decoder(silent.flux()))
                .then(() -> silent.next(bytes("last\n")))
                .expectNext("last")
                .expectNoEvent(Duration.ofMillis(499))
                .thenAwait(Duration.ofMillis(1))
                .expectComplete()
                .verify(SOON);
        silent.assertCancelled();
    }

    @Test
    void aReportedErrorCarriesThePartialAndKeepsTheConnection() {
        TestPublisher<ByteBuf> source = TestPublisher.create();
        StepVerifier.create(decoder(source.flux()))
                .then(() -> source.next(bytes("a\nerror: out of memory\n")).complete())
                .expectNext("a")
                .expectErrorSatisfies(e -> {
                    OllamaException.Stream stream = (OllamaException.Stream) e;
                    assertThat(stream.serverMessage()).isEqualTo("error: out of memory");
                    assertThat(stream.partial().text()).isEqualTo("a");
                })
                .verify(SOON);
        source.assertNotCancelled();
    }

    @Test
    void refusesDemandThatIsNotPositive() {
        for (long n : new long[] {0, -1}) {
            StepVerifier.create(Flux.<String>from(s -> decoder(Flux.never()).subscribe(new Requesting(s, n))))
                    .expectErrorSatisfies(e -> assertThat(e)
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageContaining("3.9"))
                    .verify(SOON);
        }
    }

    private record Requesting(org.reactivestreams.Subscriber<? super String> target, long n)
            implements CoreSubscriber<String> {
        @Override
        public void onSubscribe(Subscription s) {
            target.onSubscribe(new Subscription() {
                @Override
                public void request(long ignored) {
                    s.request(n);
                }

                @Override
                public void cancel() {
                    s.cancel();
                }
            });
        }

        @Override
        public void onNext(String s) {
            target.onNext(s);
        }

        @Override
        public void onError(Throwable t) {
            target.onError(t);
        }

        @Override
        public void onComplete() {
            target.onComplete();
        }
    }

    @Test
    void tellsWhatItIsDoing() {
        List<Scannable> scanned = new ArrayList<>();
        StepVerifier.create(decoder(chunks("two\n")).doOnSubscribe(s -> scanned.add(Scannable.from(s))), 1)
                .expectNext("one of two")
                .then(() -> {
                    Scannable s = Scannable.from(scanned.get(0).scan(Scannable.Attr.PARENT));
                    assertThat(scanned.get(0).isScanAvailable()).isTrue();
                    assertThat(s.isScanAvailable()).isTrue();
                })
                .thenCancel()
                .verify(SOON);
    }

    /** A buffer and the end come just after the draining thread has looked for a buffer: it must not be forgotten. */
    @Test
    void losesNoBufferThatComesTogetherWithTheEnd() {
        TestSource source = new TestSource();
        AtomicLong looks = new AtomicLong();
        Frames frames = new LineFrames(100) {
            @Override
            boolean next() {
                boolean found = super.next();
                if (looks.incrementAndGet() == 1) {
                    source.target.onNext(bytes("a line"));
                    source.target.onComplete();
                }
                return found;
            }
        };
        StepVerifier.create(new NdjsonDecoder<>(Flux.from(source), () -> frames, TextReader::new, 20))
                .expectNext("a line")
                .expectComplete()
                .verify(SOON);
        assertThat(looks.get()).isGreaterThan(1);
    }

    private static final class TestSource implements org.reactivestreams.Publisher<ByteBuf> {
        private org.reactivestreams.Subscriber<? super ByteBuf> target;

        @Override
        public void subscribe(org.reactivestreams.Subscriber<? super ByteBuf> s) {
            target = s;
            s.onSubscribe(new Subscription() {
                @Override
                public void request(long n) {
                    // What it gives is pushed by the test.
                }

                @Override
                public void cancel() {
                    // Nothing to stop.
                }
            });
        }
    }

    @Test
    void anExceptionOfTheReaderEndsTheStream() {
        EventReader<String> broken = new TextReader() {
            @Override
            public void read(byte[] bytes, int offset, int length, EventSink<? super String> events) {
                throw new IllegalStateException("broken");
            }
        };
        StepVerifier.create(new NdjsonDecoder<>(chunks("a\n"), () -> new LineFrames(100), () -> broken, 20))
                .expectErrorSatisfies(e -> assertThat(e)
                        .isInstanceOf(OllamaException.Protocol.class)
                        .hasCauseInstanceOf(IllegalStateException.class))
                .verify(SOON);
    }

    @RepeatedTest(20)
    void survivesDemandFromManyThreadsAtOnce() throws InterruptedException {
        int lines = 5_000;
        Flux<ByteBuf> source = Flux.range(0, lines)
                .map(i -> bytes("line " + i + (i % 3 == 0 ? "" : "\n")))
                .concatWith(Mono.just(bytes("\n")))
                .publishOn(Schedulers.boundedElastic(), 1);
        AtomicLong seen = new AtomicLong();
        AtomicLong inside = new AtomicLong();
        AtomicLong overlaps = new AtomicLong();
        CountDownLatch done = new CountDownLatch(1);
        BaseSubscriber<String> subscriber = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription s) {
                // The other threads ask.
            }

            @Override
            protected void hookOnNext(String line) {
                if (inside.getAndIncrement() != 0) {
                    overlaps.incrementAndGet();
                }
                seen.incrementAndGet();
                inside.decrementAndGet();
            }

            @Override
            protected void hookFinally(reactor.core.publisher.SignalType type) {
                done.countDown();
            }
        };
        decoder(source).subscribe(subscriber);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int t = 0; t < 4; t++) {
                threads.execute(() -> {
                    for (int i = 0; i < lines; i++) {
                        subscriber.request(1);
                    }
                });
            }
            assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            threads.shutdownNow();
        }
        // Every third line has no end of its own and joins the next one.
        assertThat(seen).hasValue(lines - (lines + 2) / 3 + (lines % 3 == 1 ? 1 : 0));
        assertThat(overlaps).hasValue(0);
    }
}
