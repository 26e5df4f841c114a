// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import io.github.ollamareactive.decision.DecisionEvent;
import io.github.ollamareactive.decision.DecisionRequest;
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
import io.github.ollamareactive.server.UsageEvent;
import io.github.ollamareactive.server.UsageRequest;
import io.github.ollamareactive.server.WebEvent;
import io.github.ollamareactive.server.WebSearchRequest;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;

/**
 * A client of one Ollama server. Each endpoint has a method that returns a cold stream of typed events. A client is
 * thread-safe: create one and keep it.
 *
 * <p>The following applies to every method:
 *
 * <ul>
 *   <li><b>Cold:</b> nothing is sent before the subscription, and each subscription makes a call.
 *   <li><b>Errors</b> are signals, of type {@link OllamaException}; {@link OllamaException#partial()} is what had
 *       arrived before. A refusal ({@code Status}), a failure to connect, and a timeout of the phases {@code CONNECT}
 *       and {@code FIRST_EVENT} occur before the first event. All others may occur between two events.
 *   <li><b>Demand:</b> the socket is read only while there is demand, so a subscriber that requests one event and
 *       pauses applies backpressure to the server. An event is decoded when it is requested.
 *   <li><b>Cancel</b> closes the connection at once, and the server stops its work. After the last event of an answer,
 *       cancel doesn't close the connection, which returns to the pool; nor does it after an element of a list whose
 *       rest arrives within half a second and 16 KiB.
 *   <li><b>Threads:</b> events are emitted on Reactor Netty's event loops, or on the thread that calls {@code request}
 *       when they have already arrived. Timeouts, and the end of an answer whose connection stays open, are signalled
 *       on Reactor's parallel scheduler. Don't block these threads.
 * </ul>
 *
 * <p>The interface is in one file, in spite of its length, because it is the table of the endpoints with the contract
 * of each.
 */
public interface OllamaClient extends AutoCloseable {

    /**
     * Creates a client of the server that {@code OLLAMA_HOST} and {@code OLLAMA_PORT} name, else of
     * {@code http://127.0.0.1:11434}.
     *
     * @return the client
     * @throws IllegalArgumentException when one of these variables is invalid
     */
    static OllamaClient create() {
        return create(OllamaClientConfig.fromEnvironment());
    }

    /**
     * Creates a client of a given server. Of the environment only {@code OLLAMA_API_KEY} is read, and only for Ollama's
     * cloud: {@code https://ollama.com} and its subdomains.
     *
     * @param host in the syntax of {@code OLLAMA_HOST}, see {@link OllamaClientConfig#baseUrl(String)}
     * @return the client
     * @throws IllegalArgumentException when the host is invalid, or is the cloud and the key can't be sent
     */
    static OllamaClient create(String host) {
        return create(OllamaClientConfig.of(host, System.getenv()));
    }

    /**
     * Creates a client with a given configuration.
     *
     * @param config the configuration
     * @return the client
     */
    static OllamaClient create(OllamaClientConfig config) {
        return DefaultOllamaClient.create(config);
    }

    /**
     * Derives a client with another configuration, for one call or for many:
     * {@code ollama.with(c -> c.idleTimeout(…)).chat(…)}. It shares the connections of this client, and closing it has
     * no effect.
     *
     * <p>A change of {@link OllamaClientConfig#connectTimeout} or of the hook {@link OllamaClientConfig#httpClient} makes
     * the HTTP client anew: that opens a connection pool of its own, of the same size, which stays until this client is
     * closed. Such a derived client is to be kept and used again.
     *
     * @param change the change to the configuration
     * @return the derived client
     */
    OllamaClient with(UnaryOperator<OllamaClientConfig> change);

    /**
     * Completes a prompt ({@code POST /api/generate}).
     *
     * <p><b>Emits</b> {@code Thinking}*, {@code Token}*, {@code ToolCalled}* as they arrive, then exactly one
     * {@code Done}. With {@code stream:false} it emits the same events, each text in one piece.
     *
     * <p><b>Errors:</b> before the first event, refusals of the server such as {@code MODEL_NOT_FOUND}; between events,
     * {@code Stream} when the server reports an error or its answer ends without {@code Done}, {@code Protocol} when it
     * sends something that is not an answer, {@code Connection}, and {@code Timeout}.
     *
     * <p><b>Demand, cancel, threads:</b> as for every method. Cancel stops the generation.
     *
     * @param request the prompt
     * @return the stream of events
     */
    Flux<GenerationEvent> generate(GenerateRequest request);

    /**
     * Answers a conversation ({@code POST /api/chat}).
     *
     * <p><b>Emits</b> {@code Thinking}*, {@code Token}*, {@code ToolCalled}* as they arrive, then exactly one
     * {@code Done}. Tool calls may arrive before the last line or in it. With {@code stream:false} it emits the same
     * events, each text in one piece.
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
     * <p><b>Emits</b> one {@code Done} with reason {@code load} when the model is loaded.
     *
     * <p><b>Errors:</b> as {@link #generate}.
     *
     * <p><b>Demand, cancel, threads:</b> as for every method. Cancel aborts the loading.
     *
     * @param request the model and its options
     * @return the stream of that event
     */
    Flux<GenerationEvent> load(LoadRequest request);

    /**
     * Unloads a model ({@code POST /api/generate} without a prompt, {@code keep_alive} 0).
     *
     * <p><b>Emits</b> one {@code Done} with reason {@code unload}, at once: the server unloads the model later, when
     * the calls in progress have ended.
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
     * <p><b>Emits</b> one {@code Vector} for each text, in order, then one {@code Done}. A vector is emitted as soon as
     * it has arrived, and the whole document is never in memory.
     *
     * <p><b>Errors:</b> before the first event, refusals such as {@code UNSUPPORTED} for a model that can't embed;
     * later {@code Stream} when the document is cut off, {@code Protocol}, {@code Connection} and {@code Timeout}.
     * {@code Protocol} when there aren't as many vectors as texts, or they differ in size.
     *
     * <p><b>Demand, cancel, threads:</b> as for every method.
     *
     * @param request the texts
     * @return the stream of vectors
     */
    Flux<EmbeddingEvent> embed(EmbedRequest request);

    /**
     * Embeds one text by the older endpoint ({@code POST /api/embeddings}). The vector is not normalised.
     *
     * <p><b>Emits</b> one {@code Vector} (none for an empty text), then a {@code Done} without statistics.
     *
     * <p><b>Errors, demand, cancel, threads:</b> as for every method.
     *
     * @param request the text
     * @return the stream of events
     * @deprecated the server has it only for older clients; use {@link #embed}
     */
    @Deprecated
    Flux<EmbeddingEvent> embeddings(EmbeddingsRequest request);

    /**
     * Downloads a model to the server ({@code POST /api/pull}).
     *
     * <p><b>Emits</b> {@code Status} and {@code Layer} events in the order of the wire, then {@code Success}.
     * {@code Progress.total} sums the progress of all layers.
     *
     * <p><b>Errors:</b> when the answer is streamed, nearly all errors are {@code Stream} errors after the first event:
     * an unknown model, an unreachable registry, a digest that doesn't match. An end without {@code Success} is also a
     * {@code Stream} error.
     *
     * <p><b>Demand, threads:</b> as for every method. <b>Cancel</b> stops the download; the next pull resumes it. The server
     * may be silent for long while it verifies: unless one is set, there is no idle limit on pulls, pushes and creations.
     *
     * @param request the model
     * @return the stream of events
     */
    Flux<ProgressEvent> pull(PullRequest request);

    /**
     * Uploads a model to its registry ({@code POST /api/push}).
     *
     * <p><b>Emits, errors:</b> as {@link #pull}. <b>Demand, threads:</b> as for every method. <b>Cancel</b> stops the
     * upload.
     *
     * @param request the model
     * @return the stream of events
     */
    Flux<ProgressEvent> push(PushRequest request);

    /**
     * Creates a model ({@code POST /api/create}) from another one or from files. Local files are uploaded first, as by
     * {@link #pushBlob(Path)}, unless the server has them.
     *
     * <p><b>Emits</b> {@code Layer} events of the uploads, then {@code Status} and {@code Layer} events in the order of
     * the wire, and {@code Success} when the server reports it. When the answer ends without it, the stream completes.
     *
     * <p><b>Errors:</b> as {@link #pull}; {@code LocalFile} for a file that can't be read or changes during the upload.
     *
     * <p><b>Demand, threads:</b> as for every method. <b>Cancel</b> stops the upload or the creation; no model is
     * created.
     *
     * @param request the new model
     * @return the stream of events
     */
    Flux<ProgressEvent> create(CreateRequest request);

    /**
     * Lists the installed models ({@code GET /api/tags}).
     *
     * <p><b>Emits</b> one event for each model while the answer arrives, newest first; none when no model is installed.
     *
     * <p><b>Errors:</b> as for every method. A model that can't be read doesn't hide the others: {@code Protocol} comes
     * behind them, and names the model and the field. <b>Demand, cancel, threads:</b> as for every method.
     *
     * @return the stream of models
     */
    Flux<ModelEvent.Installed> models();

    /**
     * Lists the loaded models ({@code GET /api/ps}).
     *
     * <p><b>Emits</b> one event for each model while the answer arrives; none when no model is loaded.
     *
     * <p><b>Errors:</b> as for every method. A model that can't be read doesn't hide the others: {@code Protocol} comes
     * behind them, and names the model and the field. <b>Demand, cancel, threads:</b> as for every method.
     *
     * @return the stream of models
     */
    Flux<ModelEvent.Running> running();

    /**
     * Describes a model ({@code POST /api/show}).
     *
     * <p><b>Emits</b> one event, or one for each variant when all of them were asked for. With {@code verbose} it may have tens of megabytes.
     *
     * <p><b>Errors, demand, cancel, threads:</b> as for every method.
     *
     * @param request the model
     * @return the stream of that event
     */
    Flux<ModelEvent.Shown> show(ShowRequest request);

    /**
     * Copies a model to another name, and replaces a model of that name ({@code POST /api/copy}).
     *
     * <p><b>Emits</b> one event. <b>Errors, demand, cancel, threads:</b> as for every method.
     *
     * @param source the name of the model
     * @param destination the name of the copy
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
     * Checks whether the server has a blob ({@code HEAD /api/blobs/:digest}).
     *
     * <p><b>Emits</b> one {@code Found} or {@code Missing}. <b>Errors, demand, cancel, threads:</b> as for every
     * method.
     *
     * @param digest {@code sha256:} and 64 hex digits in lower case
     * @return the stream of that event
     * @throws IllegalArgumentException when the digest has characters that no digest has
     */
    Flux<BlobEvent> blobExists(String digest);

    /**
     * Uploads a local file as a blob ({@code POST /api/blobs/:digest}), unless the server has it. The file is read once
     * for its digest, then again as fast as the connection accepts it. It is never in memory as a whole.
     *
     * <p><b>Emits</b> {@code Uploading}* as requested, then one {@code Stored} or {@code AlreadyThere}.
     *
     * <p><b>Errors:</b> {@code LocalFile} when the file is no regular file, which is found out without opening it, can't
     * be read or changes during the upload; refusals of the server.
     *
     * <p><b>Demand</b> limits the progress events, not the upload: a slow subscriber gets the latest progress, and the last
     * event as soon as it asks for one. <b>Cancel</b> stops the reading and the upload. <b>Threads:</b> the file is read on
     * up to eight daemon threads of the library; events are emitted as for every method.
     *
     * @param file the file
     * @return the stream of events
     */
    Flux<BlobEvent> pushBlob(Path file);

    /**
     * Uploads bytes with a known digest as a blob ({@code POST /api/blobs/:digest}), unless the server has it. The
     * upload is not retried.
     *
     * <p><b>Emits, demand, cancel, threads:</b> as {@link #pushBlob(Path)}; the content is requested as fast as the
     * connection accepts it. <b>Errors:</b> an error of the content, as the cause of {@code Connection};
     * {@code LocalFile} when it has more or fewer bytes than the length; {@code BAD_REQUEST} when it has another
     * digest.
     *
     * @param digest {@code sha256:} and 64 hex digits in lower case
     * @param length the number of bytes
     * @param content the bytes
     * @return the stream of events
     * @throws IllegalArgumentException when the digest has characters that no digest has
     */
    Flux<BlobEvent> pushBlob(String digest, long length, Flux<ByteBuffer> content);

    /**
     * Gets the version of the server ({@code GET /api/version}).
     *
     * <p><b>Emits</b> one event.
     *
     * <p><b>Errors, demand, cancel, threads:</b> as for every method.
     *
     * @return the stream of that event
     */
    Flux<ServerEvent.Version> version();

    /**
     * Checks whether the server answers ({@code HEAD /}).
     *
     * <p><b>Emits</b> one event when it does.
     *
     * <p><b>Errors:</b> {@code Connection} when nothing listens at the address. <b>Demand, cancel, threads:</b> as for
     * every method.
     *
     * @return the stream of that event
     */
    Flux<ServerEvent.Alive> alive();

    /**
     * Gets whether the server may use Ollama's cloud ({@code GET /api/status}).
     *
     * <p><b>Emits</b> one event. <b>Errors, demand, cancel, threads:</b> as for every method.
     *
     * @return the stream of that event
     */
    Flux<ServerEvent.CloudStatus> status();

    /**
     * Gets the account that the server is signed in to ({@code POST /api/me}).
     *
     * <p><b>Emits</b> one event. <b>Errors:</b> {@code UNAUTHORIZED} with a {@code signinUrl} when it is not signed in.
     * <b>Demand, cancel, threads:</b> as for every method.
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
     * Searches the web: {@code POST /api/experimental/web_search} of a server, which forwards it to the cloud, or
     * {@code POST /api/web_search} of the cloud itself.
     *
     * <p><b>Emits</b> one event for each result while the answer arrives. <b>Errors, demand, cancel, threads:</b> as
     * for every method.
     *
     * @param request the query
     * @return the stream of results
     * @throws IllegalStateException when the server is the cloud and no key is configured
     */
    Flux<WebEvent.Result> webSearch(WebSearchRequest request);

    /**
     * Fetches a web page: {@code POST /api/experimental/web_fetch} of a server, or {@code POST /api/web_fetch} of the
     * cloud itself.
     *
     * <p><b>Emits</b> one event. <b>Errors, demand, cancel, threads:</b> as for every method.
     *
     * @param url the URL of the page
     * @return the stream of that event
     * @throws IllegalArgumentException when the URL is empty
     * @throws IllegalStateException when the server is the cloud and no key is configured
     */
    Flux<WebEvent.Page> webFetch(String url);

    /**
     * Lists the models that the server recommends ({@code GET /api/experimental/model-recommendations}).
     *
     * <p><b>Emits</b> one {@code Recommendation} for each model while the answer arrives, then one {@code RecommendedFor} for each
     * application. <b>Errors, demand, cancel, threads:</b> as for every method.
     *
     * @return the stream of models
     */
    Flux<ServerEvent> recommendations();

    /**
     * Has a decision model answer typed questions about a state ({@code POST /v1/systemone}; since server 0.35.0).
     *
     * <p><b>Emits</b> one {@code Choice}, {@code YesNo} or {@code Score} for each question, in the order of the questions ({@code Unanswered}
     * where the server gave none, {@code Other} for a type that the library doesn't know), then one {@code Done}.
     *
     * <p><b>Errors:</b> {@code UNSUPPORTED} for a model that can't decide, {@code TOO_LARGE}, {@code NOT_FOUND} of a server before 0.35.0.
     * <b>Demand, cancel, threads:</b> as for every method.
     *
     * @param request the state and the questions
     * @return the stream of answers
     * @throws IllegalArgumentException when there are no questions, or the document is longer than the server takes
     */
    Flux<DecisionEvent> decide(DecisionRequest request);

    /**
     * Reports the usage of Ollama's cloud ({@code GET /api/usage}): of the cloud itself with a key, or through a server that is signed in (since
     * 0.40). The cloud answers ten such requests a minute; one a minute is what it advises.
     *
     * <p><b>Emits</b> {@code Bucket}*, oldest first, then one {@code Total}. <b>Errors, demand, cancel, threads:</b> as for every method.
     *
     * @param request the range and the scope
     * @return the stream of events
     */
    Flux<UsageEvent> usage(UsageRequest request);

    /**
     * Gets what is left of the account at Ollama's cloud ({@code GET /api/balance}): of the cloud itself with a key, or through a server that is
     * signed in (since 0.40).
     *
     * <p><b>Emits</b> one event. <b>Errors, demand, cancel, threads:</b> as for every method.
     *
     * @return the stream of that event
     */
    Flux<ServerEvent.Balance> balance();

    /** Closes the idle connections. Calls in progress continue; later calls, and those that wait for a connection, fail. */
    @Override
    void close();
}
