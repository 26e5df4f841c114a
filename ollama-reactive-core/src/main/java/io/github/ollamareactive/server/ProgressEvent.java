// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import io.github.ollamareactive.protocol.OllamaEvent;
import org.jspecify.annotations.Nullable;

/** What a long piece of work on models reports, in the order of the wire. {@link Success} comes last by nature. */
public sealed interface ProgressEvent extends OllamaEvent {

    /**
     * A step of the work.
     *
     * @param status the server's words
     */
    record Status(String status) implements ProgressEvent {}

    /**
     * How far one layer is. Counts can stand still, repeat, and go down when a part is fetched again.
     *
     * @param status the server's words, as {@code "pulling a5fd3b62230a"}
     * @param digest which layer: {@code sha256:} and 64 hex digits, or a pseudo name such as {@code sha256:model}
     * @param total its size in bytes; null when not known yet
     * @param completed bytes done, 0 when the wire has none
     */
    record Layer(String status, String digest, @Nullable Long total, long completed) implements ProgressEvent {}

    /** It is done (status {@code success}). */
    record Success() implements ProgressEvent {}
}
