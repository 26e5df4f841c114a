// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import java.util.Map;
import java.util.ServiceLoader;

/**
 * Parses, prints and binds {@link JsonValue}s. For internal use: applications call {@link JsonValue} instead.
 *
 * <p>The implementation is found through {@link ServiceLoader}, so that this package does not depend on a JSON library.
 */
public interface JsonCodec {

    /**
     * Parses one JSON document.
     *
     * @param json the text, exactly one value, white space around it allowed
     * @return the value, with the order of keys and the literals of numbers
     * @throws IllegalArgumentException when the text is not JSON; the message names line, column and problem
     */
    JsonValue parse(String json);

    /**
     * Prints a value without white space.
     *
     * @param value the value
     * @return the JSON text
     */
    String print(JsonValue value);

    /**
     * Binds a value to a Java type, such as a record or a class with a matching constructor.
     *
     * @param value the JSON value
     * @param type the target type
     * @param <T> the target type
     * @return the object
     * @throws IllegalArgumentException when the value doesn't fit the type; the message names the place in the value
     */
    <T> T bind(JsonValue value, Class<T> type);

    /**
     * The JSON names that {@link #bind} uses for the components of a record or the constants of an enum.
     *
     * @param type a record or an enum
     * @return the JSON name by the Java name, in declaration order; without components that are not bound
     */
    Map<String, String> names(Class<?> type);

    /** {@return the codec, looked up once} */
    static JsonCodec instance() {
        return Holder.CODEC;
    }

    /** Looks up the codec on first use. */
    final class Holder {
        // This class's loader, not the thread's: on an application server, event loop threads may have another
        // application's loader.
        private static final JsonCodec CODEC = ServiceLoader.load(JsonCodec.class, JsonCodec.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + JsonCodec.class.getName()
                        + " found: the entry under META-INF/services is missing from a repackaged jar"));

        private Holder() {}
    }
}
