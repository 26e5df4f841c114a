// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;
import io.github.ollamareactive.test.ReceivedRequest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A small Ollama with models, for everything that a test does not script. What it tells is consistent: a pull makes a model
 * appear in the list, a delete makes it vanish, a chat loads it until its {@code keep_alive} is over, blobs are stored and
 * verified, and a model can be created from them or from another. Mistakes are refused with a real server's status and words.
 *
 * <pre>{@code
 * OllamaTestServer.start().otherwise(LocalModels.of("llama3.2:3b", "all-minilm:22m"))
 * }</pre>
 *
 * <p>A model repeats what it was told, calls the first tool it is given, thinks when it can, and fits its answer to the
 * {@code format}; {@link Model#says} gives it other words. Equal texts have equal vectors.
 *
 * <p>A pull has made its model appear when its first line is sent. Everything is kept in memory, blobs too.
 */
public final class LocalModels implements Function<ReceivedRequest, Answer> {

    private static final String VERSION = "0.24.0";

    private final ModelStore shelf = new ModelStore();
    private final BlobEndpoints blobs = new BlobEndpoints();
    private final TransferEndpoints transfers = new TransferEndpoints(shelf);
    private final Map<String, Map<String, Function<ReceivedRequest, Answer>>> routes = new LinkedHashMap<>();

    private LocalModels(Model... models) {
        for (Model model : models) {
            shelf.put(ModelName.of(model.name()).orElseThrow(), model);
        }
        ModelEndpoints library = new ModelEndpoints(shelf);
        GenerationEndpoints asking = new GenerationEndpoints(library);
        EmbeddingEndpoints embeddings = new EmbeddingEndpoints(library);
        CreateEndpoint creation = new CreateEndpoint(shelf, blobs, transfers);

        get(
                "/",
                request ->
                        Answer.of(200).contentType("text/plain; charset=utf-8").body("Ollama is running"));
        get("/api/version", request -> JsonAnswers.answer(JsonAnswers.object().put("version", VERSION)));
        get("/api/tags", request -> library.tags());
        route("GET", "/api/ps", request -> library.running());
        route("GET", "/api/status", request -> AccountEndpoints.status());
        post("/api/show", library::show);
        post("/api/copy", library::copy);
        route("DELETE", "/api/delete", request -> library.delete(RequestFields.of(request)));
        post("/api/chat", asking::chat);
        post("/api/generate", asking::generate);
        post("/api/embed", embeddings::embed);
        post("/api/embeddings", embeddings::legacy);
        post("/api/pull", transfers::pull);
        post("/api/push", transfers::push);
        post("/api/create", creation::create);
        route("POST", "/api/me", request -> AccountEndpoints.unauthorized());
        route("POST", "/api/signout", request -> AccountEndpoints.notSignedIn());
        post("/api/experimental/web_search", body -> AccountEndpoints.unauthorized());
        post("/api/experimental/web_fetch", body -> AccountEndpoints.unauthorized());
        route("GET", "/api/experimental/model-recommendations", request -> AccountEndpoints.recommendations());
    }

    /**
     * A server with these models, and any other to be pulled.
     *
     * @param names the models' names; see {@link Model#of}
     * @return the server's answers, for {@code otherwise}
     */
    public static LocalModels of(String... names) {
        return of(Arrays.stream(names).map(Model::of).toArray(Model[]::new));
    }

    /**
     * A server with these models, and any other to be pulled.
     *
     * @param models the models
     * @return the server's answers, for {@code otherwise}
     */
    public static LocalModels of(Model... models) {
        return new LocalModels(models);
    }

    /**
     * What the registry has: any other model is not there when it is pulled. Without this it has every one.
     *
     * @param models the models that can be pulled
     * @return this
     */
    public synchronized LocalModels registry(Model... models) {
        transfers.registry(List.of(models));
        return this;
    }

    /**
     * The server's clock, by which models expire.
     *
     * @param clock the clock, which a test may move
     * @return this
     */
    public synchronized LocalModels clock(InstantSource clock) {
        shelf.clock(requireNonNull(clock, "clock"));
        return this;
    }

    private void get(String path, Function<ReceivedRequest, Answer> answer) {
        route("GET", path, answer);
        route("HEAD", path, answer);
    }

    private void post(String path, Function<RequestFields, Answer> answer) {
        route("POST", path, request -> answer.apply(RequestFields.of(request)));
    }

    private void route(String method, String path, Function<ReceivedRequest, Answer> answer) {
        routes.computeIfAbsent(path, none -> new LinkedHashMap<>()).put(method, answer);
    }

    @Override
    public synchronized Answer apply(ReceivedRequest request) {
        try {
            int query = request.path().indexOf('?');
            return answer(request, query < 0 ? request.path() : request.path().substring(0, query));
        } catch (Refusal refused) {
            return refused.answer();
        }
    }

    private Answer answer(ReceivedRequest request, String path) {
        if (path.startsWith(AccountEndpoints.KEYS) && request.method().equals("DELETE")) {
            return AccountEndpoints.notSignedIn();
        }
        if (path.startsWith("/api/blobs/")) {
            String digest = path.substring("/api/blobs/".length());
            return switch (request.method()) {
                case "HEAD" -> blobs.head(digest);
                case "POST" -> blobs.post(digest, request);
                default -> Errors.wrongMethod("HEAD, POST");
            };
        }
        Map<String, Function<ReceivedRequest, Answer>> methods = routes.get(path);
        if (methods == null) {
            return elsewhere(request, path);
        }
        Function<ReceivedRequest, Answer> answer = methods.get(request.method());
        return answer == null ? Errors.wrongMethod(String.join(", ", methods.keySet())) : answer.apply(request);
    }

    private Answer elsewhere(ReceivedRequest request, String path) {
        String shorter = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return !shorter.equals(path) && routes.containsKey(shorter)
                ? Errors.redirect(request.method().equals("GET") ? 301 : 307, shorter)
                : Errors.unknownPath();
    }
}
