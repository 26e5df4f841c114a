// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import static io.github.ollamareactive.protocol.Arguments.all;
import static io.github.ollamareactive.protocol.Arguments.required;
import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.Excerpts;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.ModelOptions;
import io.github.ollamareactive.protocol.RequestFields;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request to create a model ({@code POST /api/create}).
 *
 * <p>A file is given by the digest of an uploaded blob, or as a {@code Path} by a file of this machine, which the client uploads
 * unless the server has it. Paths stand beside the document, in {@link #localFiles}, and their digests are sent; no text in the
 * document makes the client read a file.
 */
// The request with the most fields of all: a wither each, three lines and its contract.
public final class CreateRequest extends RequestFields<CreateRequest> {
    private static final Set<String> FILE_FIELDS = Set.of("files", "adapters", "draft_files");
    private static final Pattern DIGEST = Pattern.compile("sha256[:-][0-9A-Za-z_-]+");

    private final Map<String, Map<String, Path>> localFiles;

    private CreateRequest(JsonObject fields, Map<String, Map<String, Path>> localFiles) {
        super(fields);
        this.localFiles = localFiles;
    }

    /**
     * Creates a request. Set the source by {@link #from}, {@link #file(String, Path)} or {@link #file(String, String)}.
     *
     * @param model the new model's name
     * @return the request
     * @throws IllegalArgumentException when the name is empty
     */
    public static CreateRequest of(String model) {
        return new CreateRequest(JsonObject.EMPTY.with("model", required("model", model)), Map.of());
    }

    /**
     * Creates a request that binds installed models into one name, of which each is a variant ({@code list}); since server 0.40.0. It takes no
     * other field.
     *
     * @param model the new name
     * @param variants the names of the installed models
     * @return the request
     * @throws IllegalArgumentException when a name is empty
     */
    public static CreateRequest ofList(String model, String... variants) {
        List<String> names = all("variants", variants);
        names.forEach(name -> required("variants", name));
        return of(model).with("list", names);
    }

    @Override
    protected CreateRequest copy(JsonObject fields) {
        return new CreateRequest(fields, localFiles);
    }

    /**
     * Sets a field by its name on the wire. One of {@code files}, {@code adapters} and {@code draft_files} replaces all files of
     * that field, local ones included.
     *
     * @param name the field
     * @param value its value, as {@link JsonValue#of} takes it; null removes the field
     * @return a new request
     * @throws IllegalArgumentException when the field holds files and a value is no digest
     */
    @Override
    public CreateRequest with(String name, @Nullable Object value) {
        CreateRequest changed = super.with(name, value);
        if (!FILE_FIELDS.contains(name)) {
            return changed;
        }
        if (changed.fields().get(name) instanceof JsonObject files) {
            files.fields().values().forEach(file -> digest(name, file));
        }
        return new CreateRequest(changed.fields(), put(name, Map.of()));
    }

    private static void digest(String field, JsonValue file) {
        if (!(file instanceof JsonString text && DIGEST.matcher(text.value()).matches())) {
            throw new IllegalArgumentException(field + ": " + Excerpts.of(file)
                    + " is no digest, that is sha256: and 64 hex digits; local files are given as Path");
        }
    }

    /**
     * The files of this machine that are uploaded before the model is created.
     *
     * @return the absolute paths, by the field of the document ({@code files}, {@code adapters}, {@code draft_files}) and by the
     *     file's name in the model
     */
    public Map<String, Map<String, Path>> localFiles() {
        return localFiles;
    }

    /**
     * The model to start from ({@code from}). The server pulls it when it is not installed, and ignores files.
     *
     * @param model the model's name
     * @return a new request
     */
    public CreateRequest from(String model) {
        return with("from", requireNonNull(model, "model"));
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
        return withFile("files", name, file);
    }

    /**
     * Adds an uploaded file of a LoRA adapter ({@code adapters}).
     *
     * @param name its relative path in the model
     * @param digest the blob's digest
     * @return a new request
     * @deprecated servers since 0.34.1 refuse adapters
     */
    @Deprecated
    public CreateRequest adapter(String name, String digest) {
        return withFile("adapters", name, digest);
    }

    /**
     * Adds a local file of a LoRA adapter ({@code adapters}).
     *
     * @param name its relative path in the model
     * @param file the file
     * @return a new request
     * @deprecated servers since 0.34.1 refuse adapters
     */
    @Deprecated
    public CreateRequest adapter(String name, Path file) {
        return withFile("adapters", name, file);
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
        return withFile("draft_files", name, file);
    }

    /** The latest of a name counts, be it a digest or a path. */
    private CreateRequest withFile(String field, String name, String digest) {
        digest(field, new JsonString(requireNonNull(digest, "digest")));
        Map<String, Path> local = new LinkedHashMap<>(localFiles.getOrDefault(field, Map.of()));
        local.remove(required("name", name));
        JsonObject files = fields().get(field) instanceof JsonObject present ? present : JsonObject.EMPTY;
        return new CreateRequest(fields().with(field, files.with(name, digest)), put(field, local));
    }

    private CreateRequest withFile(String field, String name, Path file) {
        Map<String, Path> local = new LinkedHashMap<>(localFiles.getOrDefault(field, Map.of()));
        local.put(required("name", name), requireNonNull(file, "file").toAbsolutePath());
        JsonObject document = fields();
        if (document.get(field) instanceof JsonObject present && present.get(name) != null) {
            JsonObject others = present.with(name, null);
            document = document.with(field, others.fields().isEmpty() ? null : others);
        }
        return new CreateRequest(document, put(field, local));
    }

    private Map<String, Map<String, Path>> put(String field, Map<String, Path> files) {
        Map<String, Map<String, Path>> changed = new LinkedHashMap<>(localFiles);
        if (files.isEmpty()) {
            changed.remove(field);
        } else {
            changed.put(field, Collections.unmodifiableMap(files));
        }
        return Collections.unmodifiableMap(changed);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other) && localFiles.equals(((CreateRequest) requireNonNull(other)).localFiles);
    }

    @Override
    public int hashCode() {
        return 31 * super.hashCode() + localFiles.hashCode();
    }

    @Override
    public String toString() {
        return super.toString()
                + (localFiles.isEmpty() ? "" : " with local files " + Excerpts.of(JsonValue.of(texts())));
    }

    private Map<String, Map<String, String>> texts() {
        Map<String, Map<String, String>> texts = new LinkedHashMap<>();
        localFiles.forEach((field, files) -> {
            Map<String, String> names = new LinkedHashMap<>();
            files.forEach((name, file) -> names.put(name, file.toString()));
            texts.put(field, names);
        });
        return texts;
    }

    /**
     * What the model can do ({@code capabilities}), where its files don't say; since server 0.35.1.
     *
     * @param capabilities as {@code completion}, {@code tools}, {@code vision}, {@code embedding} or {@code decision}
     * @return a new request
     */
    public CreateRequest capabilities(String... capabilities) {
        return with("capabilities", all("capabilities", capabilities));
    }

    /**
     * The quantization of the draft model ({@code draft_quantize}).
     *
     * @param quantization as {@code Q8_0}
     * @return a new request
     */
    public CreateRequest draftQuantize(String quantization) {
        return with("draft_quantize", requireNonNull(quantization, "quantization"));
    }

    /**
     * The prompt template ({@code template}).
     *
     * @param template a Go template
     * @return a new request
     */
    public CreateRequest template(String template) {
        return with("template", requireNonNull(template, "template"));
    }

    /**
     * The system message ({@code system}).
     *
     * @param system the text
     * @return a new request
     */
    public CreateRequest system(String system) {
        return with("system", requireNonNull(system, "system"));
    }

    /**
     * Licences, in addition to those of the model it starts from ({@code license}).
     *
     * @param licenses the texts; one is sent as text, several as a list
     * @return a new request
     */
    public CreateRequest license(String... licenses) {
        List<String> texts = all("licenses", licenses);
        return with("license", texts.size() == 1 ? texts.get(0) : texts);
    }

    /**
     * Default options of the model ({@code parameters}). The server doesn't check them.
     *
     * @param parameters the options
     * @return a new request
     */
    public CreateRequest parameters(ModelOptions parameters) {
        return with("parameters", requireNonNull(parameters, "parameters"));
    }

    /**
     * Example messages, in place of those of the model it starts from ({@code messages}).
     *
     * @param messages the messages
     * @return a new request
     */
    public CreateRequest messages(Message... messages) {
        return with("messages", all("messages", messages));
    }

    /**
     * The quantization of the weights, which have to be F16, BF16 or F32 in the source ({@code quantize}).
     *
     * @param quantization as {@code Q4_K_M}, in any letter case
     * @return a new request
     */
    public CreateRequest quantize(String quantization) {
        return with("quantize", requireNonNull(quantization, "quantization"));
    }

    /**
     * The server's built-in prompt renderer to use ({@code renderer}).
     *
     * @param renderer its name
     * @return a new request
     */
    public CreateRequest renderer(String renderer) {
        return with("renderer", requireNonNull(renderer, "renderer"));
    }

    /**
     * The server's built-in answer parser to use ({@code parser}).
     *
     * @param parser its name
     * @return a new request
     */
    public CreateRequest parser(String parser) {
        return with("parser", requireNonNull(parser, "parser"));
    }

    /**
     * The minimum server version ({@code requires}).
     *
     * @param version as {@code 0.14.0}
     * @return a new request
     */
    public CreateRequest requires(String version) {
        return with("requires", requireNonNull(version, "version"));
    }

    /**
     * The remote host that runs the model ({@code remote_host}). The new model is then only a name for the remote one.
     *
     * @param host the remote host
     * @return a new request
     */
    public CreateRequest remoteHost(String host) {
        return with("remote_host", requireNonNull(host, "host"));
    }

    /**
     * Model metadata that overrides that of its files ({@code info}).
     *
     * @param info fields such as {@code capabilities} and {@code context_length}
     * @return a new request
     */
    public CreateRequest info(JsonObject info) {
        return with("info", requireNonNull(info, "info"));
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
