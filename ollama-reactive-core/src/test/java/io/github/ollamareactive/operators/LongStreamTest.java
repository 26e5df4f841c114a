// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.operators.Aggregate.Segment;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** A stream that is longer than the memory runs through every window, paused and resumed, in a process of its own. */
final class LongStreamTest {
    /** Bytes of UTF-8 through each window. */
    private static final long BYTES = Long.getLong("windows.bytes", 100_000_000);

    private static final List<String> ANSWER = List.of(
            "The sky is blue because",
            " air scatters the short waves",
            " of light more, said Dr. Lee",
            ". It is 3.14 times as much",
            " (see https://a.b/c.d?e).",
            "\n\n```java\nint a = 1;\n\nint b",
            " = 2; // Done. Really.\n```\n",
            "\n1. First the 👨\u200D👩\u200D👧",
            "\u200D👦, then more!\n2. Secondly",
            " nothing of it is true",
            "。我爱北京天安门，",
            "東京は日本の首都です。",
            " Das ist z. B. gut, usw.",
            " नमस्ते दुनिया। ",
            "สวัสดีครับ ",
            "🇩🇪",
            "🇫🇷 and so on, and on. ");

    private static final List<String> ENDLESS = List.of("abcdefghij", "klmnopqrstuvwxyz", "0123456789");

    private static final Map<String, Function<Flux<GenerationEvent>, Flux<Aggregate>>> WINDOWS = Map.of(
            "words", Tokens.words(),
            "lines", Tokens.lines(),
            "sentences", Tokens.sentences(),
            "paragraphs", Tokens.paragraphs(),
            "chunks", Tokens.chunks(40),
            "chunks with time", Tokens.chunks(40, Duration.ofSeconds(1)));

    @Test
    void aHundredMegabytesRunThroughEveryWindowIn64(@TempDir Path folder) throws Exception {
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Streams.class.getName(),
                        String.valueOf(BYTES))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        String printed = Files.readString(out, StandardCharsets.UTF_8);
        System.out.println(printed);
        assertThat(process.exitValue()).as(printed).isZero();
        assertThat(printed.lines().filter(line -> line.startsWith("ok ")))
                .as(printed)
                .hasSize(WINDOWS.size() + 1);
    }

    /** The other process. */
    static final class Streams {
        private Streams() {}

        public static void main(String[] args) {
            long bytes = Long.parseLong(args[0]);
            for (Map.Entry<String, Function<Flux<GenerationEvent>, Flux<Aggregate>>> window : WINDOWS.entrySet()) {
                run(window.getKey(), window.getValue(), ANSWER, bytes);
            }
            run("one line without an end", Tokens.sentences(), ENDLESS, bytes);
        }

        private static void run(
                String name, Function<Flux<GenerationEvent>, Flux<Aggregate>> window, List<String> texts, long bytes) {
            long start = System.nanoTime();
            AtomicLong sent = new AtomicLong();
            AtomicLong characters = new AtomicLong();
            List<GenerationEvent> tokens = new ArrayList<>();
            texts.forEach(text -> tokens.add(new Token(text, List.of())));
            long[] sizes = texts.stream()
                    .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                    .toArray();
            Flux<GenerationEvent> stream = Flux.generate(() -> 0, (i, sink) -> {
                if (sent.get() >= bytes) {
                    sink.complete();
                    return i;
                }
                sent.lazySet(sent.get() + sizes[i]);
                characters.lazySet(characters.get() + texts.get(i).length());
                sink.next(tokens.get(i));
                return (i + 1) % sizes.length;
            });
            Reader reader = new Reader();
            stream.transform(window).subscribe(reader);
            int pauses = 0;
            for (long demand = 1; !reader.done; demand *= 2) {
                reader.request(demand);
                // The source runs on this thread, so it stands still here.
                long ahead = characters.get() - reader.characters;
                if (reader.failure != null || ahead > Aggregate.MAX_CHARACTERS + 100) {
                    throw new IllegalStateException(name + ": " + ahead + " characters ahead", reader.failure);
                }
                pauses++;
            }
            if (reader.characters != characters.get()) {
                throw new IllegalStateException(name + ": " + reader.characters + " of " + characters + " characters");
            }
            System.gc();
            System.out.printf(
                    "ok %s: %d segments, %d MB, %d MB of heap, %d pauses, %d ms%n",
                    name,
                    reader.segments,
                    sent.get() / 1_000_000,
                    used() >> 20,
                    pauses,
                    (System.nanoTime() - start) / 1_000_000);
        }

        private static long used() {
            return ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .mapToLong(pool -> pool.getUsage().getUsed())
                    .sum();
        }
    }

    /** Asks for nothing by itself. */
    private static final class Reader extends BaseSubscriber<Aggregate> {
        private long segments;
        private long characters;
        private boolean done;
        private @Nullable Throwable failure;

        @Override
        protected void hookOnSubscribe(Subscription subscription) {}

        @Override
        protected void hookOnNext(Aggregate aggregate) {
            if (aggregate instanceof Segment segment) {
                segments++;
                characters += segment.text().length();
            }
        }

        @Override
        protected void hookOnComplete() {
            done = true;
        }

        @Override
        protected void hookOnError(Throwable throwable) {
            failure = throwable;
        }
    }
}
