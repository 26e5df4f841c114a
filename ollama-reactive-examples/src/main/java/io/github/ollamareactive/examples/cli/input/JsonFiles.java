// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.input;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** JSON that an option names by its file. */
public final class JsonFiles {
    private JsonFiles() {}

    /**
     * Reads a file.
     *
     * @param option whose file it is
     * @param file the file, in UTF-8
     * @return what stands there
     * @throws UsageException when it isn't there or holds something else
     */
    public static JsonValue read(String option, Path file) {
        try {
            return JsonValue.parse(Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new UsageException(option + ": " + file + " is not UTF-8");
        } catch (IOException e) {
            throw new UsageException(option + ": can't read " + file);
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + ": " + file + " holds no JSON: " + e.getMessage());
        }
    }

    /**
     * Reads a file with an array.
     *
     * @param option whose file it is
     * @param file the file
     * @return the array
     * @throws UsageException when it isn't there or holds something else
     */
    public static JsonArray readArray(String option, Path file) {
        if (read(option, file) instanceof JsonArray array) {
            return array;
        }
        throw new UsageException(option + ": " + file + " holds no JSON array");
    }
}
