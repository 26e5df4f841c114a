// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaEvent;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event of a call about models. A field that the server omits is null. */
public sealed interface ModelEvent extends OllamaEvent {

    /**
     * An installed model ({@code /api/tags}). Since 0.40.0 a name may have several variants, which are an event each: {@code details.runner}
     * and the digest tell them apart.
     *
     * @param name its name with tag
     * @param model the same name
     * @param modifiedAt when it was last modified, in the server's time zone ({@code modified_at})
     * @param size its size on disk in bytes, layers shared with other models included
     * @param digest 64 hex digits
     * @param details the kind of the model
     * @param capabilities as {@code completion}, {@code tools}, {@code vision}; not a closed set; since 0.30.0
     * @param remoteModel its name on the remote host that runs it ({@code remote_model})
     * @param remoteHost that host ({@code remote_host})
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
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
            @Nullable String remoteHost,
            JsonObject extras)
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
         * @param extras see the record
         */
        public Installed {
            capabilities = capabilities == null ? null : List.copyOf(capabilities);
        }
    }

    /**
     * A loaded model ({@code /api/ps}). Names that share weights have one entry, with the name that they were loaded
     * by.
     *
     * @param name its name with tag
     * @param model the same name
     * @param size the memory that it uses, in bytes
     * @param sizeVram how many of these bytes are GPU memory ({@code size_vram}); 0 when all are system memory
     * @param digest 64 hex digits
     * @param details the kind of the model
     * @param expiresAt when it will be unloaded ({@code expires_at}); about 292 years ahead when never
     * @param contextLength the context window in use ({@code context_length})
     * @param runner the program that runs it, as {@code llamacpp} ({@code runner}); since 0.40.0
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
     */
    record Running(
            String name,
            @Nullable String model,
            @Nullable Long size,
            @Nullable Long sizeVram,
            @Nullable String digest,
            @Nullable ModelDetails details,
            @Nullable OffsetDateTime expiresAt,
            @Nullable Long contextLength,
            @Nullable String runner,
            JsonObject extras)
            implements ModelEvent {}

    /**
     * The description of a model ({@code /api/show}).
     *
     * @param license the licences, joined
     * @param modelfile a Modelfile that creates the model
     * @param parameters its default options as text for people, one a line, in no particular order
     * @param template the prompt template
     * @param system the system message
     * @param renderer the server's built-in prompt renderer that it uses
     * @param parser the server's built-in answer parser that it uses
     * @param details the kind of the model
     * @param messages its example messages
     * @param remoteModel its name on the remote host that runs it ({@code remote_model})
     * @param remoteHost that host ({@code remote_host})
     * @param modelInfo the metadata of its files, in order ({@code model_info}); long lists are null unless the request
     *     is verbose
     * @param projectorInfo the metadata of its projector ({@code projector_info})
     * @param tensors its tensors
     * @param capabilities as {@code completion}, {@code tools}, {@code vision}; not a closed set
     * @param modifiedAt when it was last modified ({@code modified_at})
     * @param requires the minimum server version
     * @param thinking how it thinks ({@code thinking}); null when the server doesn't say, as those before 0.34.3: it may think all the same
     * @param templateSource where its prompts come from, as {@code renderer} or {@code go_template} ({@code template_source})
     * @param runner which variant this is, where all were asked for ({@code runner})
     * @param manifests the variants under its name ({@code manifests}); null unless there are several
     * @param extras the fields of the wire that the library doesn't know; {@link JsonObject#EMPTY} without any
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
            @Nullable String requires,
            @Nullable ThinkingModes thinking,
            @Nullable String templateSource,
            @Nullable String runner,
            @Nullable List<Manifest> manifests,
            JsonObject extras)
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
         * @param thinking see the record
         * @param templateSource see the record
         * @param runner see the record
         * @param manifests see the record
         * @param extras see the record
         */
        public Shown {
            messages = messages == null ? null : List.copyOf(messages);
            tensors = tensors == null ? null : List.copyOf(tensors);
            manifests = manifests == null ? null : List.copyOf(manifests);
            capabilities = capabilities == null ? null : List.copyOf(capabilities);
        }
    }

    /**
     * One of the variants of a model under one name; since 0.40.0.
     *
     * @param digest its digest, which the server takes as a name
     * @param runner the program that runs it, as {@code llamacpp} or {@code mlx}
     * @param format {@code gguf} or {@code safetensors}
     * @param selected whether it is the one that the server takes by itself
     */
    record Manifest(
            @Nullable String digest,
            @Nullable String runner,
            @Nullable String format,
            boolean selected) {}

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
