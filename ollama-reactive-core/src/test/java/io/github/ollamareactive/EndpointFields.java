// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The fields of the wire reference, as {@code endpoint-fields.txt} lists them. */
final class EndpointFields {
    /**
     * A field that the library has to know.
     *
     * @param endpoint the method and the path
     * @param request whether it is a field of the request rather than of the response
     * @param path dots lead through objects and, by themselves, through lists; a star is any name
     */
    record Field(String endpoint, boolean request, String path) {
        boolean isIn(JsonValue document) {
            return has(document, Arrays.asList(path.split("\\.")));
        }

        private static boolean has(JsonValue value, List<String> path) {
            if (value instanceof JsonArray array) {
                return path.isEmpty() || array.items().stream().anyMatch(item -> has(item, path));
            } else if (path.isEmpty()) {
                return true;
            } else if (value instanceof JsonObject object) {
                List<String> rest = path.subList(1, path.size());
                JsonValue field = object.get(path.get(0));
                return path.get(0).equals("*")
                        ? object.fields().values().stream().anyMatch(item -> has(item, rest))
                        : field != null && has(field, rest);
            }
            return false;
        }
    }

    private static final String LEFT_OUT = "# left out: ";

    private EndpointFields() {}

    /** All fields, save those that are left out for a reason. */
    static List<Field> all() {
        return text("endpoint-fields")
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .filter(line -> !isLeftOut(line))
                .map(line -> line.strip().split("\\s+"))
                .map(words -> new Field(words[0] + " " + words[1], words[2].equals("request"), words[3]))
                .toList();
    }

    private static boolean isLeftOut(String line) {
        int reason = line.indexOf(LEFT_OUT);
        if (reason >= 0) {
            assertThat(line.substring(reason + LEFT_OUT.length())).as(line).isNotBlank();
        }
        return reason >= 0;
    }

    static String text(String name) {
        try (InputStream in = EndpointFields.class.getResourceAsStream("/" + name + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
