// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static io.github.ollamareactive.operators.Events.DONE;
import static io.github.ollamareactive.operators.Events.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.GenerationEvent;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** A hundred million characters through each operator, with pauses, in a process with too little memory for them. */
final class LongAnswerTest {
    private static final List<String> OPERATORS =
            List.of("onEnd", "live", "pace", "until budget", "until test", "shared");

    @Test
    void aHundredMegabytesPassThrough64(@TempDir Path folder) throws Exception {
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LongAnswer.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String printed = Files.readString(out, StandardCharsets.UTF_8);
        System.out.println(printed);
        assertThat(process.exitValue()).as(printed).isZero();
        assertThat(printed.lines().map(line -> line.substring(0, line.indexOf(':'))))
                .as(printed)
                .containsExactlyElementsOf(OPERATORS);
    }

    /** The other process. */
    static final class LongAnswer {
        private static final int PIECES = 100_000;
        private static final int BATCH = 1_000;
        private static final String PIECE = "0123456789 abcdefghij".repeat(48).substring(0, 1000);

        private LongAnswer() {}

        public static void main(String[] args) throws InterruptedException {
            for (String name : OPERATORS) {
                run(name, operator(name));
            }
        }

        private static Function<Flux<GenerationEvent>, List<Flux<?>>> operator(String name) {
            return switch (name) {
                case "onEnd" -> events -> List.of(events.transform(Stats.onEnd(summary -> {})));
                case "live" -> events -> List.of(events.transform(Stats.live(Duration.ofMillis(1))));
                case "pace" -> events -> List.of(events.transform(Tokens.pace(50)));
                case "until budget" ->
                    events -> List.of(events.transform(Tokens.until(Budget.UNLIMITED
                            .characters(1L << 40)
                            .sentences(1L << 40)
                            .tokens(1L << 40)
                            .repetition(8, 1 << 20)
                            .duration(Duration.ofHours(1)))));
                case "until test" -> events -> List.of(events.transform(Tokens.until(event -> false)));
                case "shared" ->
                    events -> {
                        Flux<GenerationEvent> shared = events.transform(Tokens.shared(4 << 20, Duration.ofSeconds(1)));
                        return List.of(shared, shared, shared);
                    };
                default -> throw new IllegalArgumentException(name);
            };
        }

        private static void run(String name, Function<Flux<GenerationEvent>, List<Flux<?>>> operator)
                throws InterruptedException {
            long start = System.nanoTime();
            AtomicLong taken = new AtomicLong();
            Flux<GenerationEvent> source = Flux.<GenerationEvent, Integer>generate(() -> 0, (i, sink) -> {
                        if (i == PIECES) {
                            sink.next(DONE);
                            sink.complete();
                        } else {
                            sink.next(token(i % 10 + PIECE.substring(1)));
                        }
                        return i + 1;
                    })
                    .doOnNext(event -> taken.incrementAndGet());
            List<Pausing> readers = new ArrayList<>();
            for (Flux<?> flux : operator.apply(source)) {
                Pausing reader = new Pausing();
                readers.add(reader);
                flux.subscribe(reader);
            }
            long most = 0;
            long ahead = 0;
            boolean over = false;
            while (!over) {
                over = true;
                // One after the other: each is paused while the next one reads.
                for (Pausing reader : readers) {
                    over &= reader.more(BATCH);
                    ahead = Math.max(ahead, taken.get() - reader.events.get());
                }
                most = Math.max(most, used());
            }
            System.out.printf(
                    "%s: %d events, %d more than the slowest reader had, %d MiB used at most, %d ms%n",
                    name, taken.get(), ahead, most >> 20, (System.nanoTime() - start) / 1_000_000);
            // What a pause leaves behind it: nothing, or with several readers what they are apart.
            if (ahead > BATCH || taken.get() < 10_000) {
                throw new IllegalStateException(name + " took " + ahead + " events too many");
            }
        }

        private static long used() {
            return ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .mapToLong(pool -> pool.getUsage().getUsed())
                    .sum();
        }
    }

    /** Reads so many, then pauses. */
    private static final class Pausing extends BaseSubscriber<Object> {
        private final AtomicLong events = new AtomicLong();
        private volatile CountDownLatch latch = new CountDownLatch(0);
        private volatile boolean over;
        private volatile Throwable error;

        boolean more(int n) throws InterruptedException {
            if (!over) {
                latch = new CountDownLatch(n);
                request(n);
                if (!latch.await(20, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("nothing came");
                }
            }
            if (error != null) {
                throw new IllegalStateException(error);
            }
            return over;
        }

        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // Asks only in more().
        }

        @Override
        protected void hookOnNext(Object item) {
            if (!(item instanceof Observed) || item instanceof Observed.Event) {
                events.incrementAndGet();
            }
            latch.countDown();
        }

        @Override
        protected void hookOnError(Throwable t) {
            error = t;
        }

        @Override
        protected void hookFinally(reactor.core.publisher.SignalType type) {
            over = true;
            while (latch.getCount() > 0) {
                latch.countDown();
            }
        }
    }
}
