// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.papers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Maven commands of pages and scripts are not run here, but their phases, plugins, modules and profiles exist. */
final class MavenCommandsTest {
    private static final Set<String> PHASES =
            Set.of("clean", "validate", "compile", "test", "package", "verify", "install", "deploy");
    private static final Set<String> FLAGS = Set.of("-B", "-ntp", "-q", "-o", "-am");

    /** In a page a command stands behind a prompt, at the start of a line, or between backticks; in a script it has options. */
    private static final Pattern IN_PAGE = Pattern.compile("(?m)(?:^(?:\\$ )?|`)mvn ([^`\\n]+)");

    private static final Pattern IN_SCRIPT = Pattern.compile("\\bmvn (-[^\\n;&|)>]+)");
    private static final Pattern LOOP = Pattern.compile("for (\\w+) in ([^;]+); do");

    /** The commands of a script; the variable of a loop stands for all of its values. */
    private static List<String> scriptCommands(String file) throws IOException {
        String script = Files.readString(MarkdownPage.ROOT.resolve(file)).replaceAll("\\\\\\n\\s*", "");
        for (MatchResult loop : LOOP.matcher(script).results().toList()) {
            script = script.replace(
                    "\"$" + loop.group(1) + "\"", loop.group(2).strip().replace(' ', ','));
        }
        return IN_SCRIPT.matcher(script).results().map(found -> found.group(1)).toList();
    }

    private static String poms() throws IOException {
        StringBuilder poms = new StringBuilder();
        for (String module : List.of("", "ollama-reactive-core", "ollama-reactive-test", "ollama-reactive-examples")) {
            poms.append(Files.readString(MarkdownPage.ROOT.resolve(module).resolve("pom.xml")));
        }
        return poms.toString();
    }

    private static void check(String command) throws IOException {
        assertThat(problem(List.of(command.strip().split("\\s+")))).as(command).isEmpty();
    }

    /** What is wrong with a command; empty when all that it names exists. */
    private static String problem(List<String> words) throws IOException {
        String option = "";
        for (String word : words) {
            for (String name : option.isEmpty() ? List.of(word) : List.of(word.split(","))) {
                boolean exists = switch (option) {
                    case "-pl" -> Files.exists(MarkdownPage.ROOT.resolve(name).resolve("pom.xml"));
                    case "-P" -> poms().matches("(?s).*<profile>\\s*<id>" + Pattern.quote(name) + "</id>.*");
                    default -> existsAlone(name);
                };
                if (!exists) {
                    return option + " " + name;
                }
            }
            option = word.equals("-pl") || word.equals("-P") ? word : "";
        }
        return option;
    }

    private static boolean existsAlone(String word) throws IOException {
        String plugin = word.contains(":") ? word.substring(0, word.indexOf(':')) : "";
        return PHASES.contains(word)
                || FLAGS.contains(word)
                || Set.of("-pl", "-P").contains(word)
                || word.matches("-D[\\w.]+(=\\S+)?")
                || (!plugin.isEmpty() && poms().contains("<artifactId>" + plugin + "-maven-plugin<"));
    }

    @Test
    void j2ThePagesNameWhatExists() throws Exception {
        List<String> commands = new ArrayList<>();
        for (MarkdownPage page : MarkdownPage.all()) {
            IN_PAGE.matcher(page.text()).results().forEach(found -> commands.add(found.group(1)));
        }
        assertThat(commands).hasSizeGreaterThanOrEqualTo(4);
        for (String command : commands) {
            check(command);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", ".ci/run", "ollama-reactive"})
    void j2TheScriptsNameWhatExists(String file) throws Exception {
        assertThat(scriptCommands(file)).isNotEmpty();
        for (String command : scriptCommands(file)) {
            check(command);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "verfiy",
                "spotles:apply",
                "verify -P boot-9",
                "verify -P rules",
                "verify -pl core",
                "verify -pl",
                "verify --frobnicate"
            })
    void j2WhatDoesNotExistIsFound(String command) throws Exception {
        assertThat(problem(List.of(command.split(" ")))).isNotEmpty();
    }

    /** The image takes what the build makes. */
    @Test
    void j2TheImageCopiesWhatTheBuildMakes() throws Exception {
        String examples = Files.readString(Path.of("pom.xml"));
        List<String> copied = Pattern.compile("COPY --from=build /source/ollama-reactive-examples/target/(\\S+)")
                .matcher(Files.readString(MarkdownPage.ROOT.resolve("Dockerfile")))
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(copied).containsExactly("lib", "ollama-reactive.jar");
        assertThat(examples)
                .contains("<finalName>ollama-reactive</finalName>", "<outputDirectory>${project.build.directory}/lib<");
    }
}
