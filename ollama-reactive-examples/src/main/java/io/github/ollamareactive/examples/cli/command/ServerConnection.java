// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.command;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.examples.cli.output.NoModelException;
import io.github.ollamareactive.examples.cli.output.NoServerException;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The connection of a command to its server: a client of a real server, or of a replayed recording. */
public final class ServerConnection implements AutoCloseable {
    private static final int CONNECT_TIMEOUT_MILLIS = 1000;
    private static final String HINT = "install Ollama (https://ollama.com/download) and run 'ollama serve', or name a"
            + " server with --host or OLLAMA_HOST.";

    private final OllamaClient client;
    private final String baseUrl;
    private final @Nullable ReplayServer replay;
    private final Clock clock;

    private ServerConnection(OllamaClientConfig config, @Nullable ReplayServer replay, Clock clock) {
        this.client = OllamaClient.create(config);
        this.baseUrl = config.baseUrl();
        this.replay = replay;
        this.clock = clock;
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
            return new ServerConnection(config, null, environment.clock());
        } else if (recordingName == null) {
            throw new NoServerException(config.baseUrl(), HINT);
        }
        environment
                .err()
                .printLine("No Ollama answers at " + config.baseUrl()
                        + ", so this is a recording of a real one, replayed at its own pace. For live answers "
                        + HINT);
        ReplayServer replay = ReplayServer.start(recordingName, environment.replayPace());
        return new ServerConnection(config.baseUrl(replay.baseUrl()), replay, replay.clock());
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
     * The clock to compare the server's times with.
     *
     * @return the system clock, or the time of the recording
     */
    public Clock clock() {
        return clock;
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

    /**
     * The texts that the vectors in the answer belong to. A recording has vectors of the texts in its own request only.
     *
     * @param requestedTexts the texts that the user gave
     * @return those texts, or the texts of the recording
     */
    public List<String> embeddedTexts(List<String> requestedTexts) {
        JsonValue input = replay == null ? null : replay.recordedRequest().get("input");
        if (input instanceof JsonArray texts) {
            return texts.items().stream().map(JsonValue::asString).toList();
        }
        return input == null ? requestedTexts : List.of(input.asString());
    }

    @Override
    public void close() {
        client.close();
        if (replay != null) {
            replay.close();
        }
    }
}
