// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.recordings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads and writes recordings as files named after them. */
final class RecordingFiles {

    static final String SUFFIX = ".jsonl";

    private RecordingFiles() {}

    static Recording read(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return RecordingReader.read(nameOf(file), file.toString(), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Recording> readAll(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .map(RecordingFiles::read)
                    .sorted(Comparator.comparing(Recording::name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void write(RecordedExchange exchange, Path file) {
        try {
            Files.writeString(file, RecordingWriter.write(exchange));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nameOf(Path file) {
        String name = Objects.requireNonNull(file.getFileName(), "file name").toString();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }
}
