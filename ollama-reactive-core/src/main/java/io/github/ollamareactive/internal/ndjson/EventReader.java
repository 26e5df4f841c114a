// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.ndjson;

import io.github.ollamareactive.internal.json.MalformedFrame;
import io.github.ollamareactive.protocol.Partial;

/**
 * Turns the frames of one body into events. One for each subscription, called by one thread at a time; it hands events
 * out only after a frame is parsed whole.
 *
 * <p>Every method may throw an {@code OllamaException}, which ends the stream, or a {@link MalformedFrame}.
 *
 * @param <T> the events
 */
public interface EventReader<T> {

    /**
     * Looks at the answer's status before its body.
     *
     * @param status the status code
     * @return whether the body is an answer; false for the body of an error
     */
    default boolean accepts(int status) {
        return status < 300;
    }

    /**
     * Reads a line, a whole document, or one element of a list inside of a document.
     *
     * @param bytes where the frame is; it changes after the call
     * @param offset its first byte
     * @param length how many bytes
     * @param events takes what the frame says
     */
    void read(byte[] bytes, int offset, int length, EventSink<? super T> events);

    /**
     * Reads what is left of a document whose list was read element by element.
     *
     * @param bytes where the rest is; it changes after the call
     * @param offset its first byte
     * @param length how many bytes
     * @param events takes what the rest says
     */
    default void rest(byte[] bytes, int offset, int length, EventSink<? super T> events) {
        read(bytes, offset, length, events);
    }

    /**
     * The body ended in good order after its last frame: emits what that means, or throws what is missing.
     *
     * @param events takes the last events
     */
    void end(EventSink<? super T> events);

    /**
     * What the body lacks when it ends too early, in words.
     *
     * @return as {@code "done"}
     */
    String missing();

    /**
     * What was read so far.
     *
     * @return the partial answer
     */
    Partial partial();
}
