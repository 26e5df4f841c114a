// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;
import io.github.ollamareactive.test.ReceivedRequest;
import io.github.ollamareactive.test.internal.http.Route;
import io.github.ollamareactive.test.internal.json.ModelName;
import io.github.ollamareactive.test.internal.json.WireJson;
import io.github.ollamareactive.test.internal.models.Refusal;
import io.github.ollamareactive.test.internal.models.RequestFields;
import io.github.ollamareactive.test.internal.models.RequestTypes;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A small stateful Ollama for all requests that a test does not script. Its answers are consistent with each other: a pull
 * adds a model to the list, a delete removes it, a chat loads it until its {@code keep_alive} is over, blobs are stored and
 * verified, and a model can be created from them or from another model. Invalid requests are refused with the status and
 * message of a real server.
 *
 * <pre>{@code
 * OllamaTestServer.start().otherwise(LocalModels.of("llama3.2:3b", "all-minilm:22m"))
 * }</pre>
 *
 * <p>A model repeats the user's message, calls the first tool it is given, thinks if it can, and fits its answer to the
 * {@code format}; {@link Model#says} replaces its replies. Equal texts have equal embeddings.
 *
 * <p>A pulled model is installed when the first line of the pull is sent. Blobs may have any size: their digests
 * and lengths are kept, not their bytes.
 */
public final class LocalModels implements Function<ReceivedRequest, Answer> {

    private static final String VERSION = "0.24.0";

    private final ModelStore store = new ModelStore();
    private final BlobEndpoints blobs = new BlobEndpoints();
    private final TransferEndpoints transfers = new TransferEndpoints(store);
    private final Map<String, Map<String, Function<ReceivedRequest, Answer>>> handlers = new LinkedHashMap<>();

    private LocalModels(Model... installed) {
        for (Model model : installed) {
            store.put(ModelName.of(model.name()).orElseThrow(), model);
        }
        ModelEndpoints models = new ModelEndpoints(store);
        GenerationEndpoints generation = new GenerationEndpoints(models);
        EmbeddingEndpoints embeddings = new EmbeddingEndpoints(models);
        CreateEndpoint creation = new CreateEndpoint(store, blobs, transfers);

        getOrHead(
                "/",
                request ->
                        Answer.of(200).contentType("text/plain; charset=utf-8").body("Ollama is running"));
        getOrHead("/api/version", request -> JsonAnswers.of(WireJson.object().put("version", VERSION)));
        getOrHead("/api/tags", request -> models.tags());
        handle("GET", "/api/ps", request -> models.running());
        handle("GET", "/api/status", request -> AccountEndpoints.status());
        post("/api/show", "ShowRequest", models::show);
        post("/api/copy", "CopyRequest", models::copy);
        read("DELETE", "/api/delete", "DeleteRequest", models::delete);
        post("/api/chat", "ChatRequest", generation::chat);
        post("/api/generate", "GenerateRequest", generation::generate);
        post("/api/embed", "EmbedRequest", embeddings::embed);
        post("/api/embeddings", "EmbeddingRequest", embeddings::legacy);
        post("/api/pull", "PullRequest", transfers::pull);
        post("/api/push", "PushRequest", transfers::push);
        post("/api/create", "CreateRequest", creation::create);
        handle("POST", "/api/me", request -> AccountEndpoints.unauthorized());
        handle("POST", "/api/signout", request -> AccountEndpoints.notSignedIn());
        post("/api/experimental/web_search", "WebSearchRequest", fields -> AccountEndpoints.unauthorized());
        post("/api/experimental/web_fetch", "WebFetchRequest", fields -> AccountEndpoints.unauthorized());
        handle("GET", "/api/experimental/model-recommendations", request -> AccountEndpoints.recommendations());
    }

    /**
     * A server with these models installed. All other models can be pulled.
     *
     * @param names the models' names; see {@link Model#of}
     * @return the server's answers, for {@code otherwise}
     */
    public static LocalModels of(String... names) {
        return of(Arrays.stream(names).map(Model::of).toArray(Model[]::new));
    }

    /**
     * A server with these models installed. All other models can be pulled.
     *
     * @param models the models
     * @return the server's answers, for {@code otherwise}
     */
    public static LocalModels of(Model... models) {
        return new LocalModels(models);
    }

    /**
     * Sets the models of the registry: pulls of all others fail. Without this the registry has every model.
     *
     * @param models the models that can be pulled
     * @return this
     */
    public synchronized LocalModels registry(Model... models) {
        transfers.registry(List.of(models));
        return this;
    }

    /**
     * Sets the server's clock, which decides when loaded models expire.
     *
     * @param clock the clock, which a test may move
     * @return this
     */
    public synchronized LocalModels clock(InstantSource clock) {
        store.clock(requireNonNull(clock, "clock"));
        return this;
    }

    private void getOrHead(String path, Function<ReceivedRequest, Answer> handler) {
        handle("GET", path, handler);
        handle("HEAD", path, handler);
    }

    private void post(String path, String struct, Function<RequestFields, Answer> handler) {
        read("POST", path, struct, handler);
    }

    private void read(String method, String path, String struct, Function<RequestFields, Answer> handler) {
        handle(method, path, request -> handler.apply(RequestTypes.read(request, struct)));
    }

    private void handle(String method, String path, Function<ReceivedRequest, Answer> handler) {
        handlers.computeIfAbsent(path, unused -> new LinkedHashMap<>()).put(method, handler);
    }

    @Override
    public synchronized Answer apply(ReceivedRequest request) {
        try {
            Route route = new Route(request.method(), request.path()).withoutQuery();
            return answer(request, route.path());
        } catch (Refusal refusal) {
            return refusal.answer();
        }
    }

    private Answer answer(ReceivedRequest request, String path) {
        if (path.startsWith(AccountEndpoints.KEYS_PATH) && request.method().equals("DELETE")) {
            return AccountEndpoints.notSignedIn();
        }
        if (path.startsWith(BlobEndpoints.PATH)) {
            return blobs.answer(request, path);
        }
        Map<String, Function<ReceivedRequest, Answer>> byMethod = handlers.get(path);
        if (byMethod == null) {
            return unknownPath(request, path);
        }
        Function<ReceivedRequest, Answer> handler = byMethod.get(request.method());
        return handler == null ? Errors.wrongMethod(String.join(", ", byMethod.keySet())) : handler.apply(request);
    }

    /** A known path with a slash at its end is redirected, as by Ollama's router. */
    private Answer unknownPath(ReceivedRequest request, String path) {
        String withoutSlash = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return !withoutSlash.equals(path) && handlers.containsKey(withoutSlash)
                ? Errors.redirect(request.method().equals("GET") ? 301 : 307, withoutSlash)
                : Errors.unknownPath();
    }
}
