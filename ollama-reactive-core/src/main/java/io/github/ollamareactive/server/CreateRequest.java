// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import static io.github.ollamareactive.protocol.Arguments.required;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.ModelOptions;
import io.github.ollamareactive.protocol.RequestFields;
import java.nio.file.Path;
import java.util.List;

/**
 * A request to create a model ({@code POST /api/create}).
 *
 * <p>A file is given by the digest of an uploaded blob, or by a local path. The document holds a path as a
 * {@code file:} URI; the client uploads the file unless the server has it, and sends its digest instead.
 */
public final class CreateRequest extends RequestFields<CreateRequest> {
    private CreateRequest(JsonObject fields) {
        super(fields);
    }

    /**
     * Creates a request. Set the source by {@link #from}, {@link #file(String, Path)} or {@link #file(String, String)}.
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
     * The model to start from ({@code from}). The server pulls it when it is not installed, and ignores files.
     *
     * @param model the model's name
     * @return a new request
     */
    public CreateRequest from(String model) {
        return with("from", model);
    }

    /**
     * Adds an uploaded file of weights or settings ({@code files}).
     *
     * @param name its relative path in the model
     * @param digest the blob's digest, {@code sha256:} and 64 hex digits
     * @return a new request
     */
    public CreateRequest file(String name, String digest) {
        return withFile("files", name, digest);
    }

    /**
     * Adds a local file of weights or settings ({@code files}).
     *
     * @param name its relative path in the model
     * @param file the file
     * @return a new request
     */
    public CreateRequest file(String name, Path file) {
        return file(name, uri(file));
    }

    /**
     * Adds an uploaded file of a LoRA adapter ({@code adapters}).
     *
     * @param name its relative path in the model
     * @param digest the blob's digest
     * @return a new request
     */
    public CreateRequest adapter(String name, String digest) {
        return withFile("adapters", name, digest);
    }

    /**
     * Adds a local file of a LoRA adapter ({@code adapters}).
     *
     * @param name its relative path in the model
     * @param file the file
     * @return a new request
     */
    public CreateRequest adapter(String name, Path file) {
        return adapter(name, uri(file));
    }

    /**
     * Adds an uploaded file of a draft model for speculative decoding ({@code draft_files}).
     *
     * @param name its relative path in the model
     * @param digest the blob's digest
     * @return a new request
     */
    public CreateRequest draftFile(String name, String digest) {
        return withFile("draft_files", name, digest);
    }

    /**
     * Adds a local file of a draft model ({@code draft_files}).
     *
     * @param name its relative path in the model
     * @param file the file
     * @return a new request
     */
    public CreateRequest draftFile(String name, Path file) {
        return draftFile(name, uri(file));
    }

    private CreateRequest withFile(String field, String name, String digest) {
        JsonObject files = fields().get(field) instanceof JsonObject present ? present : JsonObject.EMPTY;
        return with(field, files.with(required(field, name), required(field, digest)));
    }

    private static String uri(Path file) {
        return file.toAbsolutePath().normalize().toUri().toString();
    }

    /**
     * The quantization of the draft model ({@code draft_quantize}).
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
     * The system message ({@code system}).
     *
     * @param system the text
     * @return a new request
     */
    public CreateRequest system(String system) {
        return with("system", system);
    }

    /**
     * Licences, in addition to those of the model it starts from ({@code license}).
     *
     * @param licenses the texts; one is sent as text, several as a list
     * @return a new request
     */
    public CreateRequest license(String... licenses) {
        return with("license", licenses.length == 1 ? licenses[0] : List.of(licenses));
    }

    /**
     * Default options of the model ({@code parameters}). The server doesn't check them.
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
     * The quantization of the weights, which have to be F16, BF16 or F32 in the source ({@code quantize}).
     *
     * @param quantization as {@code Q4_K_M}, in any letter case
     * @return a new request
     */
    public CreateRequest quantize(String quantization) {
        return with("quantize", quantization);
    }

    /**
     * The server's built-in prompt renderer to use ({@code renderer}).
     *
     * @param renderer its name
     * @return a new request
     */
    public CreateRequest renderer(String renderer) {
        return with("renderer", renderer);
    }

    /**
     * The server's built-in answer parser to use ({@code parser}).
     *
     * @param parser its name
     * @return a new request
     */
    public CreateRequest parser(String parser) {
        return with("parser", parser);
    }

    /**
     * The minimum server version ({@code requires}).
     *
     * @param version as {@code 0.14.0}
     * @return a new request
     */
    public CreateRequest requires(String version) {
        return with("requires", version);
    }

    /**
     * The remote host that runs the model ({@code remote_host}). The new model is then only a name for the remote one.
     *
     * @param host the remote host
     * @return a new request
     */
    public CreateRequest remoteHost(String host) {
        return with("remote_host", host);
    }

    /**
     * Model metadata that overrides that of its files ({@code info}).
     *
     * @param info fields such as {@code capabilities} and {@code context_length}
     * @return a new request
     */
    public CreateRequest info(JsonObject info) {
        return with("info", info);
    }

    /**
     * Whether progress is reported ({@code stream}). Server's default: true.
     *
     * @param stream false for the last event only
     * @return a new request
     */
    public CreateRequest stream(boolean stream) {
        return with("stream", stream);
    }
}
