// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.Message;
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

    /**
     * All about a model ({@code /api/show}).
     *
     * @param license the licences, joined
     * @param modelfile the model file that would make it
     * @param parameters the options that it has, as text for people; lines in any order
     * @param template the prompt template
     * @param system the system text
     * @param renderer the server's renderer of prompts
     * @param parser the server's parser of answers
     * @param details what kind of model it is
     * @param messages its example messages
     * @param remoteModel the model's name on another host ({@code remote_model})
     * @param remoteHost that host ({@code remote_host})
     * @param modelInfo facts from its files, in order and exact ({@code model_info}); long lists are null unless asked for
     * @param projectorInfo the same of its projector ({@code projector_info})
     * @param tensors its tensors
     * @param capabilities as {@code completion}, {@code tools}, {@code vision}; an open set
     * @param modifiedAt when it was made ({@code modified_at})
     * @param requires the least server version
     */
    record Shown(
            @Nullable String license,
            @Nullable String modelfile,
            @Nullable String parameters,
            @Nullable String template,
            @Nullable String system,
            @Nullable String renderer,
            @Nullable String parser,
            @Nullable ModelDetails details,
            @Nullable List<Message> messages,
            @Nullable String remoteModel,
            @Nullable String remoteHost,
            @Nullable JsonObject modelInfo,
            @Nullable JsonObject projectorInfo,
            @Nullable List<Tensor> tensors,
            @Nullable List<String> capabilities,
            @Nullable OffsetDateTime modifiedAt,
            @Nullable String requires)
            implements ModelEvent {
        /**
         * Copies the lists.
         *
         * @param license see the record
         * @param modelfile see the record
         * @param parameters see the record
         * @param template see the record
         * @param system see the record
         * @param renderer see the record
         * @param parser see the record
         * @param details see the record
         * @param messages see the record
         * @param remoteModel see the record
         * @param remoteHost see the record
         * @param modelInfo see the record
         * @param projectorInfo see the record
         * @param tensors see the record
         * @param capabilities see the record
         * @param modifiedAt see the record
         * @param requires see the record
         */
        public Shown {
            messages = messages == null ? null : List.copyOf(messages);
            tensors = tensors == null ? null : List.copyOf(tensors);
            capabilities = capabilities == null ? null : List.copyOf(capabilities);
        }
    }

    /**
     * A tensor of a model.
     *
     * @param name its name
     * @param type as {@code Q4_K}
     * @param shape its dimensions
     */
    record Tensor(String name, String type, List<Long> shape) {
        /**
         * Copies the list.
         *
         * @param name see the record
         * @param type see the record
         * @param shape see the record
         */
        public Tensor {
            shape = List.copyOf(shape);
        }
    }

    /**
     * A model was copied.
     *
     * @param source its name
     * @param destination the copy's name
     */
    record Copied(String source, String destination) implements ModelEvent {}

    /**
     * A model was deleted.
     *
     * @param model its name
     */
    record Deleted(String model) implements ModelEvent {}
}
