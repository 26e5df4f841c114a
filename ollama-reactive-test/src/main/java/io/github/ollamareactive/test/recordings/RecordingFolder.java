// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.recordings;

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
 * The directory that a proxy writes recordings to. A thread of its own writes them, so that no event loop waits for a disk.
 * File names begin with a number, so that the order of names is the order of requests; numbers continue those of the files
 * that exist.
 */
final class RecordingFolder {

    private static final Pattern NUMBERED = Pattern.compile("(\\d{4,9})-.*\\.jsonl");
    private static final int PATIENCE_SECONDS = 10;

    private final Path folder;
    private final AtomicInteger lastNumber;
    private final Sinks.Many<Recording> written = Sinks.many().replay().all();
    private final ExecutorService writer = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "ollama-test-recorder");
        thread.setDaemon(true);
        return thread;
    });
    /** One party for each exchange in progress, and one for the folder itself. */
    private final Phaser inProgress = new Phaser(1);

    private volatile @Nullable UncheckedIOException failure;

    RecordingFolder(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            lastNumber = new AtomicInteger(highestNumber(folder));
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
        return "%04d-%s".formatted(lastNumber.incrementAndGet(), endpoint.isEmpty() ? "root" : endpoint);
    }

    /** An exchange in progress. */
    interface Registration {
        void done();
    }

    /** Registers an exchange, which {@link #close} waits for. */
    Registration register() {
        inProgress.register();
        return inProgress::arriveAndDeregister;
    }

    void add(Recording recording) {
        writer.execute(() -> write(recording));
    }

    /** Writes to another name and renames, so that no reader finds an incomplete recording. */
    private void write(Recording recording) {
        Path unfinished = folder.resolve(recording.name() + ".unfinished");
        try {
            recording.write(unfinished);
            Path file = folder.resolve(recording.name() + RecordingFiles.SUFFIX);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
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

    /** Waits for exchanges in progress and for the writer, if allowed to; throws when a recording could not be written. */
    void close(boolean mayBlock) {
        try {
            if (mayBlock) {
                inProgress.awaitAdvanceInterruptibly(inProgress.arrive(), PATIENCE_SECONDS, SECONDS);
            }
            writer.execute(written::tryEmitComplete);
            writer.shutdown();
            if (mayBlock && !writer.awaitTermination(PATIENCE_SECONDS, SECONDS)) {
                throw new TimeoutException();
            }
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "exchanges or their recordings did not end within " + PATIENCE_SECONDS + " s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        UncheckedIOException failed = failure;
        if (failed != null) {
            throw failed;
        }
    }
}
