// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.input;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the JSON files that options name. */
public final class JsonFiles {
    private JsonFiles() {}

    /**
     * Reads a file.
     *
     * @param option the option that names the file, for error messages
     * @param file the file, in UTF-8
     * @return its content
     * @throws UsageException if the file can't be read or is not JSON
     */
    public static JsonValue read(String option, Path file) {
        try {
            return JsonValue.parse(Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new UsageException(option + ": " + file + " is not UTF-8");
        } catch (IOException e) {
            throw new UsageException(option + ": can't read " + file);
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + ": " + file + " is not JSON: " + e.getMessage());
        }
    }

    /**
     * Reads a file that contains an array.
     *
     * @param option the option that names the file, for error messages
     * @param file the file, in UTF-8
     * @return the array
     * @throws UsageException if the file can't be read or is not a JSON array
     */
    public static JsonArray readArray(String option, Path file) {
        if (read(option, file) instanceof JsonArray array) {
            return array;
        }
        throw new UsageException(option + ": " + file + " is not a JSON array");
    }
}
