// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.server;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.input.UsageException;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.models.LocalModels;
import io.github.ollamareactive.test.models.Model;
import io.github.ollamareactive.test.recordings.Recording;
import io.github.ollamareactive.test.recordings.RecordingProxy;
import io.github.ollamareactive.test.script.ScriptException;
import io.github.ollamareactive.test.script.ServerScript;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        sortOptions = false,
        description = "Run an Ollama server for tests, without a model and without a GPU, until Ctrl-C.",
        footer = {
            "",
            "A request is answered by the script, else by a recording, else by the models. Without --script, --replay and"
                    + " --record the models llama3.2:3b, qwen3:0.6b and all-minilm:22m are there. Each request is a line on"
                    + " standard error: method, path, model, status, what answered, bytes, milliseconds.",
            "",
            "While it runs, it is controlled over HTTP, in the form of the script:",
            "  curl localhost:11435/control/expect -d '{\"request\":{\"path\":\"/api/chat\"},\"answer\":\"Hi\"}'",
            "  curl localhost:11435/control/requests",
            "  curl -f localhost:11435/control/verify",
            "  curl -X POST localhost:11435/control/reset"
        })
public final class ServeCommand extends LocalServerCommand {
    private static final String BUNDLED = "";

    @Option(
            names = "--models",
            paramLabel = "NAME",
            split = ",",
            description = "Models of a small stateful server: they can be pulled, listed, asked, copied, deleted.")
    private List<String> models = new ArrayList<>();

    @Option(names = "--script", paramLabel = "FILE", description = "A JSON file with expectations and answers.")
    private @Nullable Path script;

    @Option(
            names = "--replay",
            arity = "0..1",
            fallbackValue = BUNDLED,
            paramLabel = "DIR",
            description = "Replay the recordings of a folder; without DIR, those that the program comes with.")
    private @Nullable String replay;

    @Option(
            names = "--record",
            paramLabel = "DIR",
            description =
                    "Run a proxy that records each exchange with the server --upstream in this folder. With --replay:"
                            + " only what no recording answers, which then answers the next one.")
    private @Nullable Path record;

    @Option(names = "--upstream", paramLabel = "URL", description = UpstreamRecorder.UPSTREAM)
    private @Nullable String upstream;

    @Mixin
    private AnswerOptions options = new AnswerOptions();

    public ServeCommand(Environment environment) {
        super(environment);
    }

    @Override
    AutoCloseable start(String host, int port) {
        if (record != null) {
            if (script != null || !models.isEmpty()) {
                throw new UsageException("--record goes without --models and --script");
            }
            if (replay != null) {
                return recordMisses(host, port, record);
            }
            if (options.isGiven()) {
                throw new UsageException(
                        "--match, --fault, --pace and --chunking go with answers of this program, not with"
                                + " --record alone");
            }
            return UpstreamRecorder.start(environment, host, port, upstream, record);
        }
        if (upstream != null) {
            throw new UsageException("--upstream goes with --record");
        }
        if (replay == null && options.rules().length > 0) {
            throw new UsageException("--match goes with --replay");
        }
        List<String> parts = new ArrayList<>();
        Consumer<OllamaTestServer> setup = answers(parts);
        return serve(host, port, setup, "Serving " + String.join(", ", parts));
    }

    private AutoCloseable recordMisses(String host, int port, Path folder) {
        List<String> parts = new ArrayList<>();
        Consumer<OllamaTestServer> setup = answers(parts);
        RecordingProxy proxy = UpstreamRecorder.proxy(environment, upstream, folder);
        AutoCloseable server = serve(
                host,
                port,
                setup.andThen(answering -> answering.recordMisses(proxy)),
                "Serving " + String.join(", ", parts) + ", and recording what they don't answer in " + folder + ",");
        return () -> {
            server.close();
            proxy.close();
        };
    }

    private Consumer<OllamaTestServer> answers(List<String> parts) {
        UnaryOperator<Answer> change = options.change(environment);
        Consumer<OllamaTestServer> setup = server -> {};
        if (replay != null) {
            Recording[] recordings = AnswerOptions.recordings(replay.equals(BUNDLED) ? null : Path.of(replay));
            parts.add(recordings.length + " recordings");
            setup = setup.andThen(server -> server.replay(change, recordings));
        }
        var rules = options.rules();
        setup = setup.andThen(server -> server.replayBy(rules));
        if (!models.isEmpty() || (replay == null && script == null)) {
            Model[] installed = installed();
            parts.add(installed.length + (installed.length == 1 ? " model" : " models"));
            setup = setup.andThen(server -> {
                LocalModels local = LocalModels.of(installed);
                server.otherwise(request -> local.apply(request).with(change));
            });
        }
        if (script != null) {
            ServerScript answers = readScript(script);
            parts.add("the script " + script);
            setup = setup.andThen(answers::applyTo);
        }
        return setup;
    }

    private Model[] installed() {
        if (models.isEmpty()) {
            return new Model[] {
                Model.of("llama3.2:3b"),
                Model.of("qwen3:0.6b").capabilities("completion", "tools", "thinking"),
                Model.of("all-minilm:22m")
            };
        }
        try {
            return models.stream().map(Model::of).toArray(Model[]::new);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--models: " + e.getMessage());
        }
    }

    private static ServerScript readScript(Path file) {
        try {
            return ServerScript.read(file);
        } catch (ScriptException e) {
            throw new UsageException("--script: " + e.getMessage());
        } catch (UncheckedIOException e) {
            throw new UsageException("--script: can't read " + file);
        }
    }
}
