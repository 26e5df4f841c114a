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

/** The server that a command talks to, real or replayed. */
public final class ServerConnection implements AutoCloseable {
    private static final int PROBE_MILLIS = 1000;
    private static final String REMEDY =
            "install Ollama (https://ollama.com/download) and run 'ollama serve', or name a"
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
     * The real server where one was named or listens, else a replay of this recording.
     *
     * @throws NoServerException when there is neither
     */
    static ServerConnection open(
            OllamaClientConfig config, boolean named, @Nullable String recording, Environment surroundings) {
        if (named || listens(URI.create(config.baseUrl()))) {
            return new ServerConnection(config, null, surroundings.clock());
        } else if (recording == null) {
            throw new NoServerException(config.baseUrl(), REMEDY);
        }
        surroundings
                .err()
                .line("No Ollama answers at " + config.baseUrl()
                        + ", so this is a recording of a real one, replayed at its own pace. For live answers "
                        + REMEDY);
        ReplayServer replay = ReplayServer.start(recording, surroundings.replayPace());
        return new ServerConnection(config.baseUrl(replay.baseUrl()), replay, replay.clock());
    }

    private static boolean listens(URI baseUrl) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(baseUrl.getHost(), baseUrl.getPort()), PROBE_MILLIS);
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            // Somebody is there, or something stranger is wrong: the call itself will say what.
            return true;
        }
    }

    public OllamaClient client() {
        return client;
    }

    /** What people are told of it. */
    @Override
    public String toString() {
        return replay == null ? "Ollama at " + baseUrl : "the recording";
    }

    /** Whether it can only say what was recorded. */
    public boolean isRecording() {
        return replay != null;
    }

    /** Tells the server's time, which of a replay is that of the recording. */
    public Clock clock() {
        return clock;
    }

    /** Makes a call with the model that was named, else with one that is there and can do it. */
    public <E> Flux<E> withModel(@Nullable String named, Capability ability, Function<String, Flux<E>> call) {
        if (named != null) {
            return call.apply(named);
        } else if (replay != null) {
            return call.apply(ability.example());
        }
        return client.models()
                .filter(ability::isIn)
                .next()
                .switchIfEmpty(Mono.error(() -> new NoModelException(baseUrl, ability.example())))
                .flatMapMany(model -> call.apply(model.name()));
    }

    /** The texts that are embedded: of a replay those of the recording, which has no vectors of any other. */
    public List<String> inputs(List<String> asked) {
        JsonValue input = replay == null ? null : replay.request().get("input");
        if (input instanceof JsonArray several) {
            return several.items().stream().map(JsonValue::asString).toList();
        }
        return input == null ? asked : List.of(input.asString());
    }

    @Override
    public void close() {
        client.close();
        if (replay != null) {
            replay.close();
        }
    }
}
