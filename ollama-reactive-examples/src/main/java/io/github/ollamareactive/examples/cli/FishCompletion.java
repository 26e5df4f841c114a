// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Generates the completion script for fish from the command model. */
final class FishCompletion {
    private FishCompletion() {}

    static String script(CommandLine program) {
        List<String> lines = new ArrayList<>();
        String complete = "complete -c " + program.getCommandName();
        lines.add(complete + " -f");
        for (Map.Entry<String, CommandLine> subcommand :
                program.getSubcommands().entrySet()) {
            CommandSpec spec = subcommand.getValue().getCommandSpec();
            String name = subcommand.getKey();
            lines.add(complete + " -n __fish_use_subcommand -a " + name
                    + describedBy(spec.usageMessage().description()));
            String inCommand = complete + " -n " + quoted("__fish_seen_subcommand_from " + name);
            spec.options().forEach(option -> lines.add(inCommand + namesOf(option) + argumentOf(option)));
            if (spec.positionalParameters().stream().anyMatch(FishCompletion::isFile)) {
                lines.add(inCommand + " -F");
            }
        }
        return String.join("\n", lines) + "\n";
    }

    private static String namesOf(OptionSpec option) {
        StringBuilder names = new StringBuilder();
        for (String name : option.names()) {
            names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        return names.toString();
    }

    private static String argumentOf(OptionSpec option) {
        // An optional value must follow an equals sign, so it is not the next word.
        String value = option.arity().min() == 0 ? "" : isFile(option) ? " -r -F" : " -x";
        return value + describedBy(option.description());
    }

    private static boolean isFile(ArgSpec argument) {
        Class<?> type = argument.auxiliaryTypes()[0];
        return type == Path.class || type == File.class;
    }

    private static String describedBy(String... sentences) {
        return " -d " + quoted(String.join(" ", sentences));
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
