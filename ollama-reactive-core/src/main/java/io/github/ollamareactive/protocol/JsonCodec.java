// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Type;
import java.util.Map;

/**
 * Parses, prints and binds {@link JsonValue}s. For internal use: applications call {@link JsonValue} instead.
 *
 * <p>The implementation is found by its name, so that this package does not depend on a JSON library, and so that a
 * repackaged jar may lose its service files.
 */
public interface JsonCodec {
    /** How deep a document may be nested. */
    int MAX_DEPTH = 500;

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
     * @return the object
     * @throws IllegalArgumentException when the value doesn't fit the type; the message names the place in the value
     */
    Object bind(JsonValue value, Type type);

    /**
     * Binds a value to a generic type, whose elements are null only where it says so.
     *
     * @param value the JSON value
     * @param type the target type with its annotations
     * @return the object
     * @throws IllegalArgumentException when the value doesn't fit the type; the message names the place in the value
     */
    Object bind(JsonValue value, AnnotatedType type);

    /**
     * The JSON names that {@link #bind} uses for the components of a record or the constants of an enum.
     *
     * @param type a record or an enum
     * @return the JSON name by the Java name, in declaration order; without components that are not bound
     */
    Map<String, String> names(Class<?> type);

    /**
     * The JSON form of an event.
     *
     * @param event an event of the library
     * @return an object whose field {@code event} says which event it is
     */
    JsonObject write(OllamaEvent event);

    /**
     * Reads an event back.
     *
     * @param json what {@link #write} gave
     * @param family the sealed interface that it is of
     * @return the event
     * @throws IllegalArgumentException when it is no event of that family
     */
    OllamaEvent read(JsonObject json, Class<? extends OllamaEvent> family);

    /** {@return the codec, looked up once} */
    static JsonCodec instance() {
        return Holder.CODEC;
    }

    /** Looks up the codec on first use. */
    final class Holder {
        private static final JsonCodec CODEC = create();

        private Holder() {}

        private static JsonCodec create() {
            String name = "io.github.ollamareactive.internal.readers.EventCodec";
            try {
                // This class's loader, not the thread's: on an application server, event loop threads may have another
                // application's loader.
                return Class.forName(name, true, JsonCodec.class.getClassLoader())
                        .asSubclass(JsonCodec.class)
                        .getDeclaredConstructor()
                        .newInstance();
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("no " + name + " found: it is missing from a repackaged jar", e);
            }
        }
    }
}
