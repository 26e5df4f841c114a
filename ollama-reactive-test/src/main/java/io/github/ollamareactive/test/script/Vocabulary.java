// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.script;

import io.github.ollamareactive.test.internal.json.WireJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The words that a script and the command line have for one kind of thing, each with its parameters. A word is written as a
 * text, {@code "errorLineAfter:2,out of memory"}, whose last parameter takes the rest, or as an object:
 * {@code {"errorLineAfter":{"lines":2,"message":"out of memory"}}}. A name that ends with a question mark is optional.
 */
final class Vocabulary<T> {

    private static final String OPTIONAL = "?";

    private final String kind;
    private final Map<String, Word<T>> words = new LinkedHashMap<>();

    private record Word<T>(String name, List<String> parameters, Function<ScriptObject, T> make) {

        List<String> names() {
            return parameters.stream()
                    .map(parameter -> parameter.replace(OPTIONAL, ""))
                    .toList();
        }

        String form() {
            return parameters.isEmpty() ? name : name + ":" + String.join(",", parameters);
        }

        T from(ScriptValue place, ObjectNode arguments) {
            ScriptObject all = ScriptObject.of(place, arguments, names());
            parameters.stream()
                    .filter(parameter -> !parameter.endsWith(OPTIONAL))
                    .forEach(all::required);
            return place.checked(() -> make.apply(all));
        }
    }

    Vocabulary(String kind) {
        this.kind = kind;
    }

    Vocabulary<T> with(String name, Function<ScriptObject, T> make, String... parameters) {
        words.put(name, new Word<>(name, List.of(parameters), make));
        return this;
    }

    /** All words with their parameters. */
    List<String> forms() {
        return words.values().stream().map(Word::form).toList();
    }

    T read(ScriptValue value) {
        return value.node() instanceof ObjectNode ? ofObject(value) : ofText(value);
    }

    private T ofText(ScriptValue value) {
        String[] parts = value.text().split(":", 2);
        Word<T> word = word(value, parts[0].strip());
        ObjectNode arguments = WireJson.object();
        if (parts.length == 2 && word.parameters().isEmpty()) {
            throw value.invalid(word.name() + " has no parameters");
        }
        if (parts.length == 2) {
            String[] texts = parts[1].split(",", word.parameters().size());
            for (int i = 0; i < texts.length; i++) {
                arguments.set(word.names().get(i), StringNode.valueOf(texts[i].strip()));
            }
        }
        return word.from(value, arguments);
    }

    private T ofObject(ScriptValue value) {
        Map<String, ScriptValue> fields = value.fields();
        if (fields.size() != 1) {
            throw value.invalid(
                    "expected an object with one field, the name of the " + kind + ", but it has " + fields.size());
        }
        Map.Entry<String, ScriptValue> only = fields.entrySet().iterator().next();
        Word<T> word = word(value, only.getKey());
        ScriptValue given = only.getValue();
        if (given.node() instanceof ObjectNode arguments) {
            return word.from(given, arguments);
        }
        if (word.parameters().size() != 1) {
            throw given.invalid("expected an object with " + String.join(", ", word.parameters()));
        }
        return word.from(given, WireJson.object().set(word.names().get(0), given.node()));
    }

    private Word<T> word(ScriptValue place, String name) {
        Word<T> word = words.get(name);
        if (word == null) {
            throw place.invalid("no " + kind + " is named '" + name + "'; there are " + String.join(" | ", forms()));
        }
        return word;
    }
}
