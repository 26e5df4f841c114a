// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.recordings;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.List;

/** The recordings in this package of the kit's jar. A jar's packages cannot be listed, so a file names them. */
final class BundledRecordings {

    private BundledRecordings() {}

    static List<String> names() {
        try (BufferedReader index = open("index")) {
            return index.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Recording read(String name) {
        if (!names().contains(name)) {
            throw new IllegalArgumentException(
                    "no bundled recording is named '" + name + "'; there are " + String.join(", ", names()));
        }
        try (BufferedReader lines = open(name + RecordingFiles.SUFFIX)) {
            return RecordingReader.read(name, name + RecordingFiles.SUFFIX, lines.lines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedReader open(String file) {
        InputStream stream = BundledRecordings.class.getResourceAsStream(file);
        if (stream == null) {
            throw new IllegalStateException(
                    "the kit's jar lacks " + file + " in " + BundledRecordings.class.getPackageName());
        }
        return new BufferedReader(new InputStreamReader(stream, UTF_8));
    }
}
