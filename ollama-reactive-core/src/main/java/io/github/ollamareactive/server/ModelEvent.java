// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import io.github.ollamareactive.protocol.OllamaEvent;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server tells of models. What the wire leaves out or has as null is null here. */
public sealed interface ModelEvent extends OllamaEvent {

    /**
     * A model that is installed ({@code /api/tags}).
     *
     * @param name its name, tag included
     * @param model the same name again
     * @param modifiedAt when it was made, in the server's time zone ({@code modified_at})
     * @param size bytes on disk, shared layers counted
     * @param digest 64 hex digits
     * @param details what kind of model it is
     * @param capabilities as {@code completion}, {@code tools}, {@code vision}; an open set, since 0.30.0
     * @param remoteModel the model's name on another host ({@code remote_model})
     * @param remoteHost that host ({@code remote_host})
     */
    record Installed(
            String name,
            @Nullable String model,
            @Nullable OffsetDateTime modifiedAt,
            @Nullable Long size,
            @Nullable String digest,
            @Nullable ModelDetails details,
            @Nullable List<String> capabilities,
            @Nullable String remoteModel,
            @Nullable String remoteHost)
            implements ModelEvent {
        /**
         * Copies the list.
         *
         * @param name see the record
         * @param model see the record
         * @param modifiedAt see the record
         * @param size see the record
         * @param digest see the record
         * @param details see the record
         * @param capabilities see the record
         * @param remoteModel see the record
         * @param remoteHost see the record
         */
        public Installed {
            capabilities = capabilities == null ? null : List.copyOf(capabilities);
        }
    }

    /**
     * A model that is loaded ({@code /api/ps}). Names that share weights share one entry, under the name that loaded
     * them.
     *
     * @param name its name, tag included
     * @param model the same name again
     * @param size bytes of memory in use
     * @param sizeVram how many of them on GPUs ({@code size_vram}); 0 means all in the system's memory
     * @param digest 64 hex digits
     * @param details what kind of model it is
     * @param expiresAt when it will be unloaded ({@code expires_at}); some 292 years ahead for never
     * @param contextLength the context window in use ({@code context_length})
     */
    record Running(
            String name,
            @Nullable String model,
            @Nullable Long size,
            @Nullable Long sizeVram,
            @Nullable String digest,
            @Nullable ModelDetails details,
            @Nullable OffsetDateTime expiresAt,
            @Nullable Long contextLength)
            implements ModelEvent {}
}
