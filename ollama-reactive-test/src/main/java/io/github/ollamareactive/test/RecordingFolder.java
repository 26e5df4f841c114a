// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * Where recordings are written, by a thread of its own: event loops do not wait for disks. Named by number first, so that by
 * name they are in the order of their requests, behind those that are there already.
 */
final class RecordingFolder {

    private static final Pattern NUMBERED = Pattern.compile("(\\d{4,9})-.*\\.jsonl");
    private static final int PATIENCE_SECONDS = 10;

    private final Path folder;
    private final AtomicInteger last;
    private final Sinks.Many<Recording> written = Sinks.many().replay().all();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "ollama-test-recorder");
        thread.setDaemon(true);
        return thread;
    });
    /** One party for each exchange that is going on, and one for the folder itself. */
    private final Phaser going = new Phaser(1);

    private volatile @Nullable UncheckedIOException failure;

    RecordingFolder(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            last = new AtomicInteger(highestNumber(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int highestNumber(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> NUMBERED.matcher(String.valueOf(file.getFileName())))
                    .filter(Matcher::matches)
                    .mapToInt(file -> Integer.parseInt(file.group(1)))
                    .max()
                    .orElse(0);
        }
    }

    /** A name for a recording of this path: {@code 0001-chat}. */
    String nextName(String path) {
        String endpoint =
                path.replaceFirst("^/(api/)?", "").replaceFirst("[/?].*", "").replaceAll("[^\\w.-]", "_");
        return "%04d-%s".formatted(last.incrementAndGet(), endpoint.isEmpty() ? "root" : endpoint);
    }

    /** That an exchange is going on, which a folder waits for when it is closed. */
    interface Place {
        void ends();
    }

    Place begins() {
        going.register();
        return going::arriveAndDeregister;
    }

    void add(Recording recording) {
        writer.execute(() -> write(recording));
    }

    /** Moved to its place when it is whole: who reads the folder never finds half of one. */
    private void write(Recording recording) {
        Path unfinished = folder.resolve(recording.name() + ".unfinished");
        try {
            recording.write(unfinished);
            Files.move(unfinished, folder.resolve(recording.name() + Recording.SUFFIX), StandardCopyOption.ATOMIC_MOVE);
            written.tryEmitNext(recording);
        } catch (IOException e) {
            failure = new UncheckedIOException(e);
        } catch (UncheckedIOException e) {
            failure = e;
        }
    }

    Flux<Recording> written() {
        return written.asFlux();
    }

    /** Waits for what is going on and for what is still to be written; fails when something could not be. */
    void close(boolean mayWait) {
        try {
            if (mayWait) {
                going.awaitAdvanceInterruptibly(going.arrive(), PATIENCE_SECONDS, SECONDS);
            }
            writer.execute(written::tryEmitComplete);
            writer.shutdown();
            if (mayWait && !writer.awaitTermination(PATIENCE_SECONDS, SECONDS)) {
                throw new TimeoutException();
            }
        } catch (TimeoutException e) {
            throw new IllegalStateException("still recording after " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        UncheckedIOException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }
}
