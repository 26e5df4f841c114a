// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.ModelOptions;
import io.github.ollamareactive.protocol.RequestFields;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates a model: {@code POST /api/create}.
 *
 * <p>Files are named by the digest of a blob that was uploaded before, or by a path of this machine. A path stands in the
 * document as a {@code file:} URI; the client uploads what the server doesn't have, and sends the digest in its place.
 */
public final class CreateRequest extends RequestFields<CreateRequest> {
    private CreateRequest(JsonObject fields) {
        super(fields);
    }

    /**
     * Creates a model; say from what by {@link #from}, {@link #file(String, Path)} or {@link #file(String, String)}.
     *
     * @param model the new model's name
     * @return the request
     * @throws IllegalArgumentException when the name is empty
     */
    public static CreateRequest of(String model) {
        return new CreateRequest(JsonObject.EMPTY.with("model", required("model", model)));
    }

    @Override
    protected CreateRequest copy(JsonObject fields) {
        return new CreateRequest(fields);
    }

    /**
     * The model to start from; the server pulls it when it isn't installed ({@code from}). Wins over files.
     *
     * @param model the model's name
     * @return a new request
     */
    public CreateRequest from(String model) {
        return with("from", model);
    }

    /**
     * Adds a file of weights or settings, uploaded before ({@code files}).
     *
     * @param name its name in the model, a relative path
     * @param digest the blob's digest, {@code sha256:} and 64 hex digits
     * @return a new request
     */
    public CreateRequest file(String name, String digest) {
        return withFile("files", name, digest);
    }

    /**
     * Adds a file of weights or settings from this machine ({@code files}).
     *
     * @param name its name in the model, a relative path
     * @param file where it lies
     * @return a new request
     */
    public CreateRequest file(String name, Path file) {
        return file(name, uri(file));
    }

    /**
     * Adds a file of a LoRA adapter, uploaded before ({@code adapters}).
     *
     * @param name its name in the model, a relative path
     * @param digest the blob's digest
     * @return a new request
     */
    public CreateRequest adapter(String name, String digest) {
        return withFile("adapters", name, digest);
    }

    /**
     * Adds a file of a LoRA adapter from this machine ({@code adapters}).
     *
     * @param name its name in the model, a relative path
     * @param file where it lies
     * @return a new request
     */
    public CreateRequest adapter(String name, Path file) {
        return adapter(name, uri(file));
    }

    /**
     * Adds a file of a draft model for speculative decoding, uploaded before ({@code draft_files}).
     *
     * @param name its name in the model, a relative path
     * @param digest the blob's digest
     * @return a new request
     */
    public CreateRequest draftFile(String name, String digest) {
        return withFile("draft_files", name, digest);
    }

    /**
     * Adds a file of a draft model from this machine ({@code draft_files}).
     *
     * @param name its name in the model, a relative path
     * @param file where it lies
     * @return a new request
     */
    public CreateRequest draftFile(String name, Path file) {
        return draftFile(name, uri(file));
    }

    private CreateRequest withFile(String field, String name, String digest) {
        @Nullable JsonValue present = fields().get(field);
        JsonObject files = present instanceof JsonObject object ? object : JsonObject.EMPTY;
        return with(field, files.with(required(field, name), required(field, digest)));
    }

    private static String uri(Path file) {
        return file.toAbsolutePath().normalize().toUri().toString();
    }

    /**
     * How the draft model's weights are quantized ({@code draft_quantize}).
     *
     * @param quantization as {@code Q8_0}
     * @return a new request
     */
    public CreateRequest draftQuantize(String quantization) {
        return with("draft_quantize", quantization);
    }

    /**
     * The prompt template ({@code template}).
     *
     * @param template a Go template
     * @return a new request
     */
    public CreateRequest template(String template) {
        return with("template", template);
    }

    /**
     * The system text ({@code system}).
     *
     * @param system the text
     * @return a new request
     */
    public CreateRequest system(String system) {
        return with("system", system);
    }

    /**
     * Licences, added to those of the model it starts from ({@code license}).
     *
     * @param licenses the texts; a single one goes onto the wire as text, several as a list
     * @return a new request
     */
    public CreateRequest license(String... licenses) {
        return with("license", licenses.length == 1 ? licenses[0] : List.of(licenses));
    }

    /**
     * Options that the model has from the start ({@code parameters}). The server stores them unchecked.
     *
     * @param parameters the options
     * @return a new request
     */
    public CreateRequest parameters(ModelOptions parameters) {
        return with("parameters", parameters);
    }

    /**
     * Example messages, in place of those of the model it starts from ({@code messages}).
     *
     * @param messages the messages
     * @return a new request
     */
    public CreateRequest messages(Message... messages) {
        return with("messages", List.of(messages));
    }

    /**
     * How the weights are quantized; they must be F16, BF16 or F32 before ({@code quantize}).
     *
     * @param quantization as {@code Q4_K_M}, in any letter case
     * @return a new request
     */
    public CreateRequest quantize(String quantization) {
        return with("quantize", quantization);
    }

    /**
     * The server's built-in renderer of prompts ({@code renderer}).
     *
     * @param renderer its name
     * @return a new request
     */
    public CreateRequest renderer(String renderer) {
        return with("renderer", renderer);
    }

    /**
     * The server's built-in parser of answers ({@code parser}).
     *
     * @param parser its name
     * @return a new request
     */
    public CreateRequest parser(String parser) {
        return with("parser", parser);
    }

    /**
     * The least server version ({@code requires}).
     *
     * @param version as {@code 0.14.0}
     * @return a new request
     */
    public CreateRequest requires(String version) {
        return with("requires", version);
    }

    /**
     * Another Ollama that runs the model; this one becomes a name for it ({@code remote_host}).
     *
     * @param host the other host
     * @return a new request
     */
    public CreateRequest remoteHost(String host) {
        return with("remote_host", host);
    }

    /**
     * Facts about the model that override what its files say ({@code info}).
     *
     * @param info as {@code capabilities}, {@code context_length}
     * @return a new request
     */
    public CreateRequest info(JsonObject info) {
        return with("info", info);
    }

    /**
     * Whether progress is reported; unset, it is ({@code stream}).
     *
     * @param stream false for the end alone
     * @return a new request
     */
    public CreateRequest stream(boolean stream) {
        return with("stream", stream);
    }
}
