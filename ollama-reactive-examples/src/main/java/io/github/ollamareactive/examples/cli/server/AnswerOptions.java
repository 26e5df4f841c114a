// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.server;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.input.UsageException;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Chunking;
import io.github.ollamareactive.test.Fault;
import io.github.ollamareactive.test.Pace;
import io.github.ollamareactive.test.ReplayRule;
import io.github.ollamareactive.test.recordings.Recording;
import io.github.ollamareactive.test.script.ScriptException;
import io.github.ollamareactive.test.script.TextForms;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how recordings and models answer. */
final class AnswerOptions {
    @Option(
            names = "--match",
            paramLabel = "RULE",
            description = {
                "Which recordings answer requests that were not recorded, tried in order: model, prompt, lastUserMessage,"
                        + " field:NAME (or a JSON pointer), anyBody; joined by + they hold together. Repeatable."
            })
    private List<String> rules = new ArrayList<>();

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            description = {
                "A fault of every answer of recordings and models, such as endAfter:3, resetAt:100, stallAfter:2,1s,"
                        + " 'errorLineAfter:2,out of memory', flaky:2,overloaded; an unknown name lists all. Repeatable."
            })
    private List<String> faults = new ArrayList<>();

    @Option(
            names = "--pace",
            paramLabel = "PACE",
            description =
                    "When the pieces of answers are written: recorded, atOnce, scaled:0.5, every:50ms, tokens:1s,20."
                            + " Default: recorded.")
    private @Nullable String pace;

    @Option(
            names = "--chunking",
            paramLabel = "CHUNKING",
            description = "How answers are cut: asWritten, oneByte, allAtOnce, random:SEED. Default: asWritten.")
    private @Nullable String chunking;

    /** Whether any of them is given. */
    boolean isGiven() {
        return !rules.isEmpty() || !faults.isEmpty() || pace != null || chunking != null;
    }

    ReplayRule[] rules() {
        return rules.stream()
                .map(rule -> read("--match", TextForms::replayRule, rule))
                .toArray(ReplayRule[]::new);
    }

    /** What is done to every answer. */
    UnaryOperator<Answer> change(Environment environment) {
        Pace chosenPace = pace == null ? environment.replayPace() : read("--pace", TextForms::pace, pace);
        Chunking chosenChunking =
                chunking == null ? Chunking.asWritten() : read("--chunking", TextForms::chunking, chunking);
        List<Fault> chosenFaults = faults.stream()
                .map(fault -> read("--fault", TextForms::fault, fault))
                .toList();
        return answer -> {
            Answer changed = answer.pace(chosenPace).chunking(chosenChunking);
            for (Fault fault : chosenFaults) {
                changed = changed.with(fault);
            }
            return changed;
        };
    }

    private static <T> T read(String option, Function<String, T> reader, String text) {
        try {
            return reader.apply(text);
        } catch (ScriptException e) {
            throw new UsageException(option + ": " + e.getMessage());
        }
    }

    /** The recordings of a folder, or the bundled ones when there is none. */
    static Recording[] recordings(@Nullable Path folder) {
        if (folder == null) {
            return Recording.bundledNames().stream().map(Recording::bundled).toArray(Recording[]::new);
        }
        if (!Files.isDirectory(folder)) {
            throw new UsageException("there is no folder " + folder);
        }
        Recording[] recordings;
        try {
            recordings = Recording.readAll(folder).toArray(Recording[]::new);
        } catch (UncheckedIOException e) {
            throw new UsageException("can't read the recordings in " + folder + ": " + e.getMessage());
        }
        if (recordings.length == 0) {
            throw new UsageException("there is no recording in " + folder);
        }
        return recordings;
    }
}
