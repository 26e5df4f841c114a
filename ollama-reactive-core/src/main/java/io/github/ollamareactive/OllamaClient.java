// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import io.github.ollamareactive.embedding.EmbedRequest;
import io.github.ollamareactive.embedding.EmbeddingEvent;
import io.github.ollamareactive.embedding.EmbeddingsRequest;
import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.LoadRequest;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.server.BlobEvent;
import io.github.ollamareactive.server.CreateRequest;
import io.github.ollamareactive.server.ModelEvent;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.PullRequest;
import io.github.ollamareactive.server.PushRequest;
import io.github.ollamareactive.server.ServerEvent;
import io.github.ollamareactive.server.ShowRequest;
import io.github.ollamareactive.server.WebEvent;
import io.github.ollamareactive.server.WebSearchRequest;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;

/**
 * A client of one Ollama server: a method for each endpoint, each giving a cold stream of typed events. Safe for use by any
 * number of threads; make one and keep it.
 *
 * <p>What holds for every method:
 *
 * <ul>
 *   <li><b>Cold:</b> nothing is sent before subscription, and every subscription is a call of its own.
 *   <li><b>Errors</b> are {@link OllamaException}s, as signals, with what had arrived in {@link OllamaException#partial()}. A
 *       refusal ({@code Status}), a failed connection and a timeout of the first phase come before the first event, all others
 *       may come between two events.
 *   <li><b>Demand:</b> the socket is read only as far as events are asked for. A subscriber that asks for one event and pauses
 *       holds the server back. An event is decoded when it is asked for.
 *   <li><b>Cancel</b> closes the connection at once, and the server stops its work. After the last event of an answer, cancel
 *       closes nothing: the connection goes back to the pool.
 *   <li><b>Threads:</b> events come on Reactor Netty's event loops, or on the thread that calls {@code request} when what it
 *       asks for has arrived already; timeouts, and the end of an answer whose connection stays open, on Reactor's parallel
 *       scheduler. Don't block there.
 * </ul>
 */
public interface OllamaClient extends AutoCloseable {

    /**
     * A client of the server that {@code OLLAMA_HOST} and {@code OLLAMA_PORT} name, else of {@code http://127.0.0.1:11434}.
     *
     * @return the client
     * @throws IllegalArgumentException when the environment can't be read
     */
    static OllamaClient create() {
        return create(OllamaClientConfig.fromEnvironment());
    }

    /**
     * A client of a given server.
     *
     * @param host as {@code OLLAMA_HOST} takes it, see {@link OllamaClientConfig#baseUrl(String)}
     * @return the client
     * @throws IllegalArgumentException when the host can't be read
     */
    static OllamaClient create(String host) {
        return create(OllamaClientConfig.fromEnvironment(Map.of()).baseUrl(host));
    }

    /**
     * A client with a given configuration.
     *
     * @param config the configuration
     * @return the client
     */
    static OllamaClient create(OllamaClientConfig config) {
        return DefaultOllamaClient.create(config);
    }

    /**
     * The same client with another configuration, for one call or for many: {@code ollama.with(c -> c.idleTimeout(…)).chat(…)}.
     * It shares the connections of this one, and closing it closes nothing.
     *
     * @param change the change to the configuration
     * @return the derived client
     */
    OllamaClient with(UnaryOperator<OllamaClientConfig> change);

    /**
     * Completes a prompt ({@code POST /api/generate}).
     *
     * <p><b>Emits</b> {@code Thinking}*, {@code Token}*, {@code ToolCalled}* as they arrive, then exactly one {@code Done}. With
     * {@code stream:false} the same events, the texts in one piece.
     *
     * <p><b>Errors:</b> before the first event a refusal of the server, among them {@code MODEL_NOT_FOUND}; between events
     * {@code Stream} when the server reports an error or its answer ends without {@code Done}, {@code Protocol} for what is no
     * answer, {@code Connection} and {@code Timeout}.
     *
     * <p><b>Demand, cancel, threads:</b> as for every method. Cancel stops the generation.
     *
     * @param request what to complete
     * @return the stream of events
     */
    Flux<GenerationEvent> generate(GenerateRequest request);

    /**
     * Takes a turn in a conversation ({@code POST /api/chat}).
     *
     * <p><b>Emits</b> {@code Thinking}*, {@code Token}*, {@code ToolCalled}* as they arrive, then exactly one {@code Done}. Tool
     * calls may come before the end or with it. With {@code stream:false} the same events, the texts in one piece.
     *
     * <p><b>Errors:</b> as {@link #generate}.
     *
     * <p><b>Demand, cancel, threads:</b> as for every method. Cancel stops the generation.
     *
     * @param request the conversation
     * @return the stream of events
     */
    Flux<GenerationEvent> chat(ChatRequest request);

    /**
     * Loads a model into memory ({@code POST /api/generate} without a prompt).
     *
     * <p><b>Emits</b> one {@code Done} with reason {@code load}, when the model is ready.
     *
     * <p><b>Errors:</b> as {@link #generate}.
     *
     * <p><b>Demand, cancel, threads:</b> as for every method. Cancel aborts the loading.
     *
     * @param request which model, and how
     * @return the stream of that event
     */
    Flux<GenerationEvent> load(LoadRequest request);

    /**
     * Unloads a model ({@code POST /api/generate} without a prompt, {@code keep_alive} 0).
     *
     * <p><b>Emits</b> one {@code Done} with reason {@code unload}, at once: the server unloads behind it, after calls under way.
     *
     * <p><b>Errors:</b> as {@link #generate}.
     *
     * <p><b>Demand, cancel, threads:</b> as for every method.
     *
     * @param model the model's name
     * @return the stream of that event
     * @throws IllegalArgumentException when the name is empty
     */
    Flux<GenerationEvent> unload(String model);

    /**
     * Embeds texts ({@code POST /api/embed}).
     *
     * <p><b>Emits</b> one {@code Vector} a text, in order, each while the answer is still arriving: never is the whole matrix in
     * memory. Then one {@code Done}.
     *
     * <p><b>Errors:</b> before the first event a refusal, among them {@code UNSUPPORTED} for a model that can't embed; later {@code
     * Stream} when the document is cut, {@code Protocol}, {@code Connection} and {@code Timeout}.
     *
     * <p><b>Demand, cancel, threads:</b> as for every method.
     *
     * @param request the texts
     * @return the stream of vectors
     */
    Flux<EmbeddingEvent> embed(EmbedRequest request);

    /**
     * Embeds one text the old way ({@code POST /api/embeddings}): not normalised, no statistics.
     *
     * <p><b>Emits</b> one {@code Vector} (none for an empty text), then a {@code Done} without numbers.
     *
     * <p><b>Errors, demand, cancel, threads:</b> as for every method.
     *
     * @param request the text
     * @return the stream of events
     * @deprecated the server keeps it for old clients; use {@link #embed}
     */
    @Deprecated
    Flux<EmbeddingEvent> embeddings(EmbeddingsRequest request);

    /**
     * Downloads a model to the server ({@code POST /api/pull}).
     *
     * <p><b>Emits</b> {@code Status} and {@code Layer} events in the order of the wire, and {@code Success}, by nature last. See
     * {@code Progress.total} for one number over all layers.
     *
     * <p><b>Errors:</b> while streaming, nearly all of them are {@code Stream} errors after the first event: an unknown model, a
     * registry that can't be reached, a digest that doesn't match. An end without {@code Success} is a {@code Stream} error too.
     *
     * <p><b>Demand, threads:</b> as for every method. <b>Cancel</b> stops the download; the next pull goes on from there.
     *
     * @param request which model
     * @return the stream of events
     */
    Flux<ProgressEvent> pull(PullRequest request);

    /**
     * Uploads a model to its registry ({@code POST /api/push}).
     *
     * <p><b>Emits, errors:</b> as {@link #pull}. <b>Demand, threads:</b> as for every method. <b>Cancel</b> stops the upload.
     *
     * @param request which model
     * @return the stream of events
     */
    Flux<ProgressEvent> push(PushRequest request);

    /**
     * Creates a model ({@code POST /api/create}), from another one or from files. Files of this machine are uploaded first, as
     * {@link #pushBlob(Path)} does it; what the server has already isn't sent.
     *
     * <p><b>Emits</b> {@code Layer}s of the uploads, then {@code Status} and {@code Layer} events in the order of the wire, and
     * {@code Success} when the server says so. An end without it completes.
     *
     * <p><b>Errors:</b> as {@link #pull}; {@code LocalFile} for a file that can't be read or changes on the way.
     *
     * <p><b>Demand, threads:</b> as for every method. <b>Cancel</b> stops an upload; a creation under way comes to nothing.
     *
     * @param request what to create
     * @return the stream of events
     */
    Flux<ProgressEvent> create(CreateRequest request);

    /**
     * Lists the installed models ({@code GET /api/tags}).
     *
     * <p><b>Emits</b> one event a model as it is parsed, newest first; none when nothing is installed.
     *
     * <p><b>Errors, demand, cancel, threads:</b> as for every method.
     *
     * @return the stream of models
     */
    Flux<ModelEvent.Installed> models();

    /**
     * Lists the loaded models ({@code GET /api/ps}).
     *
     * <p><b>Emits</b> one event a model as it is parsed; none when nothing is loaded.
     *
     * <p><b>Errors, demand, cancel, threads:</b> as for every method.
     *
     * @return the stream of models
     */
    Flux<ModelEvent.Running> running();

    /**
     * Tells all about a model ({@code POST /api/show}).
     *
     * <p><b>Emits</b> one event. With {@code verbose} it may hold tens of megabytes.
     *
     * <p><b>Errors, demand, cancel, threads:</b> as for every method.
     *
     * @param request which model
     * @return the stream of that event
     */
    Flux<ModelEvent.Shown> show(ShowRequest request);

    /**
     * Copies a model to another name, replacing what has it ({@code POST /api/copy}).
     *
     * <p><b>Emits</b> one event. <b>Errors, demand, cancel, threads:</b> as for every method.
     *
     * @param source the model
     * @param destination the other name
     * @return the stream of that event
     * @throws IllegalArgumentException when a name is empty
     */
    Flux<ModelEvent.Copied> copy(String source, String destination);

    /**
     * Deletes a model ({@code DELETE /api/delete}). It stays loaded until it is unloaded.
     *
     * <p><b>Emits</b> one event. <b>Errors, demand, cancel, threads:</b> as for every method.
     *
     * @param model the model
     * @return the stream of that event
     * @throws IllegalArgumentException when the name is empty
     */
    Flux<ModelEvent.Deleted> delete(String model);

    /**
     * Looks whether the server has a blob ({@code HEAD /api/blobs/:digest}).
     *
     * <p><b>Emits</b> one {@code Found} or {@code Missing}. <b>Errors, demand, cancel, threads:</b> as for every method.
     *
     * @param digest {@code sha256:} and 64 hex digits in lower case
     * @return the stream of that event
     * @throws IllegalArgumentException when the digest can't be one
     */
    Flux<BlobEvent> blobExists(String digest);

    /**
     * Uploads a file of this machine as a blob ({@code POST /api/blobs/:digest}), unless the server has it. The file is read for
     * its digest, then read again as fast as the connection takes it; it is never in memory as a whole.
     *
     * <p><b>Emits</b> {@code Uploading}* as they are asked for, then one {@code Stored} or {@code AlreadyThere}.
     *
     * <p><b>Errors:</b> {@code LocalFile} when the file can't be read or changes while it is sent; the server's refusals.
     *
     * <p><b>Demand</b> holds back progress events, not the upload. <b>Cancel</b> stops it. <b>Threads:</b> the file is read on
     * Reactor's bounded elastic threads, events come as for every method.
     *
     * @param file the file
     * @return the stream of events
     */
    Flux<BlobEvent> pushBlob(Path file);

    /**
     * Uploads bytes of a known digest as a blob ({@code POST /api/blobs/:digest}), unless the server has it.
     *
     * <p><b>Emits, demand, cancel, threads:</b> as {@link #pushBlob(Path)}; the bytes are asked for as fast as the connection takes
     * them. <b>Errors:</b> those of the bytes, as the cause of {@code Connection}; {@code LocalFile} for more or fewer of them than the
     * length; {@code BAD_REQUEST} when they have another digest. Not sent again after a refusal that may pass.
     *
     * @param digest {@code sha256:} and 64 hex digits in lower case
     * @param length how many bytes
     * @param content the bytes
     * @return the stream of events
     * @throws IllegalArgumentException when the digest can't be one
     */
    Flux<BlobEvent> pushBlob(String digest, long length, Flux<ByteBuffer> content);

    /**
     * Asks for the server's version ({@code GET /api/version}).
     *
     * <p><b>Emits</b> one event.
     *
     * <p><b>Errors, demand, cancel, threads:</b> as for every method.
     *
     * @return the stream of that event
     */
    Flux<ServerEvent.Version> version();

    /**
     * Asks whether the server answers ({@code HEAD /}).
     *
     * <p><b>Emits</b> one event when it does.
     *
     * <p><b>Errors:</b> {@code Connection} when nobody answers. <b>Demand, cancel, threads:</b> as for every method.
     *
     * @return the stream of that event
     */
    Flux<ServerEvent.Alive> alive();

    /**
     * Asks whether the server may use Ollama's cloud ({@code GET /api/status}).
     *
     * <p><b>Emits</b> one event. <b>Errors, demand, cancel, threads:</b> as for every method.
     *
     * @return the stream of that event
     */
    Flux<ServerEvent.CloudStatus> status();

    /**
     * Asks which account the server is signed in with ({@code POST /api/me}).
     *
     * <p><b>Emits</b> one event. <b>Errors:</b> {@code UNAUTHORIZED} with a {@code signinUrl} when it isn't. <b>Demand, cancel,
     * threads:</b> as for every method.
     *
     * @return the stream of that event
     */
    Flux<ServerEvent.Account> me();

    /**
     * Signs the server out ({@code POST /api/signout}).
     *
     * <p><b>Emits</b> one event. <b>Errors, demand, cancel, threads:</b> as for every method.
     *
     * @return the stream of that event
     */
    Flux<ServerEvent.SignedOut> signOut();

    /**
     * Searches the web: {@code POST /api/experimental/web_search} at a server, which passes it on to the cloud; {@code POST
     * /api/web_search} when the base URL is the cloud's.
     *
     * <p><b>Emits</b> one event a result, as parsed. <b>Errors, demand, cancel, threads:</b> as for every method.
     *
     * @param request what for
     * @return the stream of results
     * @throws IllegalStateException at the cloud without a key
     */
    Flux<WebEvent.Result> webSearch(WebSearchRequest request);

    /**
     * Fetches a page of the web: {@code POST /api/experimental/web_fetch} at a server, {@code POST /api/web_fetch} at the cloud.
     *
     * <p><b>Emits</b> one event. <b>Errors, demand, cancel, threads:</b> as for every method.
     *
     * @param url where the page is
     * @return the stream of that event
     * @throws IllegalArgumentException when the URL is empty
     * @throws IllegalStateException at the cloud without a key
     */
    Flux<WebEvent.Page> webFetch(String url);

    /**
     * Asks which models the server recommends ({@code GET /api/experimental/model-recommendations}).
     *
     * <p><b>Emits</b> one event a model, as parsed. <b>Errors, demand, cancel, threads:</b> as for every method.
     *
     * @return the stream of models
     */
    Flux<ServerEvent.Recommendation> recommendations();

    /** Closes the connections that are idle. Calls under way go on to their end; later ones fail. */
    @Override
    void close();
}
