// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.examples.cli.output.NoModel;
import io.github.ollamareactive.examples.cli.output.NoServer;
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
final class Server implements AutoCloseable {
    private static final int PROBE_MILLIS = 1000;
    private static final String REMEDY =
            "install Ollama (https://ollama.com/download) and run 'ollama serve', or name a"
                    + " server with --host or OLLAMA_HOST.";

    private final OllamaClient client;
    private final String baseUrl;
    private final @Nullable Replay replay;
    private final Clock clock;

    private Server(OllamaClientConfig config, @Nullable Replay replay, Clock clock) {
        this.client = OllamaClient.create(config);
        this.baseUrl = config.baseUrl();
        this.replay = replay;
        this.clock = clock;
    }

    /**
     * The real server where one was named or listens, else a replay of this recording.
     *
     * @throws NoServer when there is neither
     */
    static Server open(
            OllamaClientConfig config, boolean named, @Nullable String recording, Surroundings surroundings) {
        if (named || listens(URI.create(config.baseUrl()))) {
            return new Server(config, null, surroundings.clock());
        } else if (recording == null) {
            throw new NoServer(config.baseUrl(), REMEDY);
        }
        surroundings
                .err()
                .line("No Ollama answers at " + config.baseUrl()
                        + ", so this is a recording of a real one, replayed at its own pace. For live answers "
                        + REMEDY);
        Replay replay = Replay.start(recording, surroundings.replayPace());
        return new Server(config.baseUrl(replay.baseUrl()), replay, replay.clock());
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

    OllamaClient client() {
        return client;
    }

    /** What people are told of it. */
    @Override
    public String toString() {
        return replay == null ? "Ollama at " + baseUrl : "the recording";
    }

    /** Whether it can only say what was recorded. */
    boolean isRecording() {
        return replay != null;
    }

    /** Tells the server's time, which of a replay is that of the recording. */
    Clock clock() {
        return clock;
    }

    /** Makes a call with the model that was named, else with one that is there and can do it. */
    <E> Flux<E> withModel(@Nullable String named, Ability ability, Function<String, Flux<E>> call) {
        if (named != null) {
            return call.apply(named);
        } else if (replay != null) {
            return call.apply(ability.example());
        }
        return client.models()
                .filter(ability::isIn)
                .next()
                .switchIfEmpty(Mono.error(() -> new NoModel(baseUrl, ability.example())))
                .flatMapMany(model -> call.apply(model.name()));
    }

    /** The texts that are embedded: of a replay those of the recording, which has no vectors of any other. */
    List<String> inputs(List<String> asked) {
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
