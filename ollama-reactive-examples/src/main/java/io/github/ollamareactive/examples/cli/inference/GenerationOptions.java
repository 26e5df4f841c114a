// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.inference;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.input.JsonFiles;
import io.github.ollamareactive.examples.cli.input.ThinkConverter;
import io.github.ollamareactive.examples.cli.input.UsageException;
import io.github.ollamareactive.examples.cli.views.AnswerStyle;
import io.github.ollamareactive.examples.cli.views.TextUnit;
import io.github.ollamareactive.generation.Format;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonWritable;
import io.github.ollamareactive.protocol.RequestFields;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import reactor.core.publisher.Flux;

/** The options that chat and generate share. */
final class GenerationOptions {
    private static final int MAX_ALTERNATIVES = 20;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NAME",
            description = "The model. Default: the first installed model that can generate text.")
    @Nullable
    String model;

    @Option(names = "--system", paramLabel = "TEXT", description = "The system message.")
    @Nullable
    String system;

    @Option(names = "--image", paramLabel = "FILE", description = "An image to send with the prompt. May be repeated.")
    List<Path> images = new ArrayList<>();

    @Option(
            names = "--think",
            arity = "0..1",
            paramLabel = "LEVEL",
            converter = ThinkConverter.class,
            preprocessor = ThinkConverter.class,
            completionCandidates = ThinkConverter.class,
            description =
                    "Turn thinking on or off, or set its level: ${COMPLETION-CANDIDATES}; true also without a value."
                            + " Thinking is printed dimmed on a terminal with colours, else between the lines Thinking... and"
                            + " ...done thinking.; without a terminal to standard error.")
    private @Nullable JsonValue think;

    @Option(
            names = "--format",
            paramLabel = "json|FILE",
            description = "Constrain the answer to JSON, or to the JSON Schema in a file.")
    private @Nullable String format;

    @Mixin
    private final LoadingOptions loading = new LoadingOptions();

    @Mixin
    private final LimitOptions limits = new LimitOptions();

    @Mixin
    private final StatsOption stats = new StatsOption();

    @Option(
            names = "--logprobs",
            paramLabel = "N",
            description =
                    "Request the log probability of each token, with N alternatives (0 to 20); --events prints them.")
    private @Nullable Integer logprobs;

    @Option(names = "--no-stream", description = "Request the answer as a single response.")
    private boolean noStream;

    @Option(
            names = "--by",
            paramLabel = "token|word|line|sentence",
            converter = TextUnitConverter.class,
            description = "The unit in which the answer is printed while it arrives. Default: token.")
    private TextUnit unit = TextUnit.TOKEN;

    AnswerStyle answerStyle(Environment environment) {
        return new AnswerStyle(unit, environment.allowsColours(), stats.enabled());
    }

    /** Ends an answer at the limits that these options define. */
    UnaryOperator<Flux<GenerationEvent>> limits() {
        return limits.operator();
    }

    /** The model's name, or a placeholder: a request needs a name before the installed models are known. */
    String modelOrPlaceholder() {
        return model == null ? "?" : model;
    }

    /** Sets the fields of a request that these options define. */
    <R extends RequestFields<R>> R applyTo(R request) {
        R changed = loading.applyTo(request.with("think", think).with("format", readFormat()));
        if (logprobs != null) {
            if (logprobs < 0 || logprobs > MAX_ALTERNATIVES) {
                throw new UsageException("--logprobs must be between 0 and " + MAX_ALTERNATIVES + ", not " + logprobs);
            }
            changed = changed.with("logprobs", true).with("top_logprobs", logprobs);
        }
        return noStream ? changed.with("stream", false) : changed;
    }

    private @Nullable JsonWritable readFormat() {
        if (format == null) {
            return null;
        }
        return format.equals("json") ? Format.JSON : JsonFiles.read("--format", Path.of(format));
    }
}
