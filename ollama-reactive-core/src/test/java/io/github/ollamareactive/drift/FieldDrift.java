// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.drift;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Compares the fields that the library knows, {@code endpoint-fields.txt}, with those of a server: its OpenAPI document, or its Go types. Prints
 * the new ones, each as a line of that list.
 */
public final class FieldDrift {
    private final Set<String> known;

    private FieldDrift(Set<String> known) {
        this.known = known;
    }

    /** The library's own list. Fields that are left out on purpose are known too. */
    static FieldDrift ofLibrary() {
        try (InputStream in = FieldDrift.class.getResourceAsStream("/endpoint-fields.txt")) {
            return new FieldDrift(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.replaceAll(" # left out.*", "").strip())
                    .collect(Collectors.toCollection(TreeSet::new)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The known fields, each a line of the list. */
    Set<String> known() {
        return known;
    }

    /**
     * The fields that aren't known. An object whose content is free stands in the list as a whole, and so is what is in it; one that stands there
     * by its fields is known as a whole too.
     */
    List<String> unknown(Set<String> fields) {
        return fields.stream().filter(field -> !isKnown(field)).sorted().toList();
    }

    private boolean isKnown(String field) {
        String open = field + ".";
        return known.stream()
                .anyMatch(each -> each.equals(field) || each.startsWith(open) || field.startsWith(each + "."));
    }

    /** The fields of a file: Go types by the name's ending, else an OpenAPI document in JSON or YAML. */
    static Set<String> fields(Path file) throws IOException {
        String text = Files.readString(file);
        return file.toString().endsWith(".go") ? GoTypes.fields(text) : OpenApi.fields(text);
    }

    /**
     * Compares the list with a file.
     *
     * @param args the path of the file
     */
    public static void main(String[] args) {
        System.exit(run(Path.of(args[0])));
    }

    /** Prints what is new. Gives the exit code: 0 for nothing, 1 for something, 2 for a file that says nothing of the endpoints. */
    static int run(Path file) {
        Set<String> fields;
        try {
            fields = fields(file);
        } catch (IOException | YAMLException e) {
            System.err.println("can't read " + file + ": " + e);
            return 2;
        }
        if (fields.isEmpty()) {
            System.err.println(file + " describes no endpoint: neither by paths nor by the types of the server");
            return 2;
        }
        List<String> unknown = ofLibrary().unknown(fields);
        unknown.forEach(System.out::println);
        System.err.println(fields.size() + " fields, of which " + unknown.size() + " are new");
        return unknown.isEmpty() ? 0 : 1;
    }
}
