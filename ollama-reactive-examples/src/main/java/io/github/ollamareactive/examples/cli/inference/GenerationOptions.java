// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.inference;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.input.JsonFiles;
import io.github.ollamareactive.examples.cli.input.ThinkConverter;
import io.github.ollamareactive.examples.cli.input.UsageException;
import io.github.ollamareactive.examples.cli.views.AnswerStyle;
import io.github.ollamareactive.examples.cli.views.TextUnit;
import io.github.ollamareactive.generation.Format;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonWritable;
import io.github.ollamareactive.protocol.RequestFields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What chat and generate take alike. */
final class GenerationOptions {
    private static final int MOST_ALTERNATIVES = 20;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            description = "The model. Default: the first one installed that can generate.")
    @Nullable
    String model;

    @Option(names = "--system", paramLabel = "TEXT", description = "What the model is told beforehand.")
    @Nullable
    String system;

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description = "A picture for the model to look at. May be repeated.")
    List<Path> images = new ArrayList<>();

    @Option(
            names = "--think",
            arity = "0..1",
            paramLabel = "LEVEL",
            converter = ThinkConverter.class,
            preprocessor = ThinkConverter.class,
            description =
                    "Whether and how hard the model thinks: true (also without a value), false, low, medium, high, max."
                            + " Thinking is shown dimmed on a terminal, else it goes to standard error.")
    private @Nullable JsonValue think;

    @Option(
            names = "--format",
            paramLabel = "json|FILE",
            description = "Constrain the answer to JSON, or to the JSON Schema in a file.")
    private @Nullable String format;

    @Mixin
    private final LoadingOptions loading = new LoadingOptions();

    @Option(
            names = "--logprobs",
            paramLabel = "N",
            description =
                    "Ask for the tokens' log probabilities, with N alternatives each (0 to 20); --events shows them.")
    private @Nullable Integer logprobs;

    @Option(names = "--no-stream", description = "Let the answer come in one piece.")
    private boolean noStream;

    @Option(
            names = "--by",
            paramLabel = "token|word|line|sentence",
            converter = TextUnitConverter.class,
            description = "How the answer is cut while it streams. Default: by token.")
    private TextUnit by = TextUnit.TOKEN;

    /** How people see the answer. */
    AnswerStyle style(Environment surroundings, boolean stats) {
        return new AnswerStyle(by, surroundings.colours(), stats);
    }

    /** A name to make a request with before the server was asked for its models. */
    String placeholder() {
        return model == null ? "?" : model;
    }

    /** The request with what was asked for. */
    <R extends RequestFields<R>> R applyTo(R request) {
        R changed = loading.applyTo(request.with("think", think).with("format", format()));
        if (logprobs != null) {
            if (logprobs < 0 || logprobs > MOST_ALTERNATIVES) {
                throw new UsageException("--logprobs must be between 0 and " + MOST_ALTERNATIVES + ", not " + logprobs);
            }
            changed = changed.with("logprobs", true).with("top_logprobs", logprobs);
        }
        return noStream ? changed.with("stream", false) : changed;
    }

    private @Nullable JsonWritable format() {
        if (format == null) {
            return null;
        }
        return format.equals("json") ? Format.JSON : JsonFiles.read("--format", Path.of(format));
    }
}
