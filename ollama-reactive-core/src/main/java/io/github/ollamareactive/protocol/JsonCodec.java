// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import java.util.Map;
import java.util.ServiceLoader;

/**
 * The door from {@link JsonValue} to whatever reads and writes JSON text.
 *
 * <p>Found through {@link ServiceLoader}: so the value type needs no JSON library, and the library that core uses shows
 * up in no signature. Users have no call to use or implement it.
 */
public interface JsonCodec {

    /**
     * Parses one JSON document.
     *
     * @param json the text, exactly one value with nothing but blanks around it
     * @return the value, key order and number literals kept
     * @throws IllegalArgumentException when the text is no JSON, with line, column and what was wrong
     */
    JsonValue parse(String json);

    /**
     * Prints a value without blanks.
     *
     * @param value what to print
     * @return the JSON text
     */
    String print(JsonValue value);

    /**
     * Binds a value to a Java type, as a record or a class with a matching constructor.
     *
     * @param value the JSON value
     * @param type the type wanted
     * @param <T> the type wanted
     * @return the bound object
     * @throws IllegalArgumentException when the value doesn't fit the type, naming the place
     */
    <T> T bind(JsonValue value, Class<T> type);

    /**
     * Tells what {@link #bind} reads the parts of a type from.
     *
     * @param type a record or an enum
     * @return from the name of each component or constant, in order, to its name in JSON; without components that are
     *     not bound
     */
    Map<String, String> names(Class<?> type);

    /**
     * The codec in use, looked up once.
     *
     * @return the codec
     */
    static JsonCodec instance() {
        return Holder.CODEC;
    }

    /** Defers the look-up to the first use. */
    final class Holder {
        // The loader of this library, not the thread's: event loops of application servers carry foreign ones.
        private static final JsonCodec CODEC = ServiceLoader.load(JsonCodec.class, JsonCodec.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + JsonCodec.class.getName()
                        + " found: the entry under META-INF/services is missing from a repackaged jar"));

        private Holder() {}
    }
}
