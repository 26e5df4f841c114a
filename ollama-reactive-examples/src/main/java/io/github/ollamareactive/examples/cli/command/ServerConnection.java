// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.command;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.examples.cli.output.NoModelException;
import io.github.ollamareactive.examples.cli.output.NoServerException;
import io.github.ollamareactive.examples.cli.output.ServerAdvice;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.recordings.Recording;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The connection of a command to its server: a client of a real server, or of a replayed recording. */
public final class ServerConnection implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MILLIS = 1000;

    private final OllamaClient client;
    private final String baseUrl;
    private final @Nullable OllamaTestServer replay;

    private ServerConnection(OllamaClientConfig config, @Nullable OllamaTestServer replay) {
        this.client = OllamaClient.create(config);
        this.baseUrl = config.baseUrl();
        this.replay = replay;
    }

    /**
     * Connects to the configured server if the user named it or if something listens there, else to a replay of the recording.
     *
     * @throws NoServerException if nothing listens there and there is no recording
     */
    static ServerConnection open(
            OllamaClientConfig config,
            boolean userNamedServer,
            @Nullable String recordingName,
            Environment environment) {
        if (userNamedServer || isListening(URI.create(config.baseUrl()))) {
            return new ServerConnection(config, null);
        } else if (recordingName == null) {
            throw new NoServerException(config.baseUrl());
        }
        environment
                .err()
                .printLine("No Ollama answers at " + config.baseUrl()
                        + ", so this is a recording of a real one, whose small model was given the facts, replayed at its own"
                        + " pace. For live answers "
                        + ServerAdvice.DEFAULT + ".");
        Recording recording = Recording.bundled(recordingName);
        OllamaTestServer replay = OllamaTestServer.start();
        replay.answer(recording.method(), recording.path(), Answer.of(recording).pace(environment.replayPace()));
        return new ServerConnection(config.baseUrl(replay.baseUrl()), replay);
    }

    private static boolean isListening(URI baseUrl) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(baseUrl.getHost(), baseUrl.getPort()), CONNECT_TIMEOUT_MILLIS);
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            // Not refused, so there may be a server; the call will report the problem.
            return true;
        }
    }

    /**
     * The client of this connection, open until the connection is closed.
     *
     * @return the client
     */
    public OllamaClient client() {
        return client;
    }

    /**
     * Describes the server for messages to people.
     *
     * @return {@code Ollama at} and the base URL, or {@code the recording}
     */
    public String description() {
        return replay == null ? "Ollama at " + baseUrl : "the recording";
    }

    /**
     * Whether the server is a replayed recording.
     *
     * @return true for a recording
     */
    public boolean isRecording() {
        return replay != null;
    }

    /**
     * Makes a call with the named model, else with the first installed model that has the capability.
     *
     * @param modelName the name that the user gave; null if none
     * @param capability what the model must support
     * @param call makes the call with a model's name
     * @param <E> the events of the call
     * @return the events; a {@link NoModelException} if no installed model has the capability
     */
    public <E> Flux<E> withModel(@Nullable String modelName, Capability capability, Function<String, Flux<E>> call) {
        if (modelName != null) {
            return call.apply(modelName);
        } else if (replay != null) {
            return call.apply(capability.exampleModel());
        }
        return client.models()
                .filter(capability::isSupportedBy)
                .next()
                .switchIfEmpty(Mono.error(() -> new NoModelException(baseUrl, capability.exampleModel())))
                .flatMapMany(model -> call.apply(model.name()));
    }

    @Override
    public void close() {
        client.close();
        if (replay != null) {
            replay.close();
        }
    }
}
