// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.test.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The command line that sends what a recording's client sent. Where there is none, one of the same endpoint: the server
 * replays the same answer to it.
 *
 * @param args command and options
 * @param body what must be sent; null where the command line can't say it
 */
record RecordedCommand(List<String> args, @Nullable JsonValue body) {
    private static final Set<String> CHAT = Set.of(
            "model",
            "messages",
            "tools",
            "options",
            "think",
            "format",
            "keep_alive",
            "logprobs",
            "top_logprobs",
            "stream");
    private static final Set<String> GENERATE = Set.of(
            "model",
            "prompt",
            "system",
            "template",
            "suffix",
            "raw",
            "images",
            "options",
            "think",
            "format",
            "logprobs",
            "top_logprobs",
            "stream");

    static RecordedCommand of(Recording recording, Path folder) throws IOException {
        return switch (recording.path()) {
            case "/api/tags" -> new RecordedCommand(List.of("list"), null);
            case "/api/ps" -> new RecordedCommand(List.of("ps"), null);
            case "/api/version" -> new RecordedCommand(List.of("version"), null);
            case "/" -> new RecordedCommand(List.of("ping"), null);
            default -> post(recording, folder);
        };
    }

    private static RecordedCommand post(Recording recording, Path folder) throws IOException {
        String command = recording.path().substring("/api/".length());
        JsonObject body = body(recording);
        if (body != null) {
            List<String> args = new Sayer(body, folder).say(command);
            if (!args.isEmpty()) {
                return new RecordedCommand(args, body);
            }
        }
        List<String> other =
                command.equals("pull") ? List.of("pull", "any") : List.of(command, "-m", "any", "any prompt");
        return new RecordedCommand(other, null);
    }

    private static @Nullable JsonObject body(Recording recording) {
        String text = recording.requestBody();
        try {
            return text != null && JsonValue.parse(text) instanceof JsonObject object ? object : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Turns a request's fields into options. */
    private record Sayer(JsonObject body, Path folder) {
        List<String> say(String command) throws IOException {
            Set<String> names = body.fields().keySet();
            if (command.equals("pull")) {
                return text("model").isEmpty() ? List.of() : pull();
            } else if (command.equals("generate") && names.equals(Set.of("model"))) {
                return List.of("load", text("model"));
            } else if (command.equals("generate") && names.equals(Set.of("model", "keep_alive"))) {
                return List.of("stop", text("model"));
            } else if (!names.contains("model") || body.get("top_logprobs") != null && number("top_logprobs") > 20) {
                return List.of();
            }
            return command.equals("chat") ? chat() : generate();
        }

        private List<String> pull() {
            List<String> args = new ArrayList<>(List.of("pull", text("model")));
            if (body.get("insecure") != null) {
                args.add("--insecure");
            }
            if (body.get("stream") != null) {
                args.add("--no-stream");
            }
            return args;
        }

        private List<String> chat() throws IOException {
            if (!CHAT.containsAll(body.fields().keySet()) || !(body.get("messages") instanceof JsonArray messages)) {
                return List.of();
            }
            List<String> roles = messages.items().stream()
                    .map(m -> requireNonNull(m.get("role")).asString())
                    .toList();
            List<String> contents = messages.items().stream()
                    .map(m -> requireNonNull(m.get("content")).asString())
                    .toList();
            List<String> args = new ArrayList<>(List.of("chat"));
            if (roles.equals(List.of("system", "user"))) {
                args.addAll(List.of("--system", contents.get(0), contents.get(1)));
            } else if (roles.equals(List.of("user"))) {
                args.add(contents.get(0));
            } else {
                return List.of();
            }
            JsonValue tools = body.get("tools");
            if (tools != null) {
                args.addAll(List.of("--tools", file("tools.json", tools)));
            }
            addCommon(args);
            return args;
        }

        private List<String> generate() throws IOException {
            if (!GENERATE.containsAll(body.fields().keySet())) {
                return List.of();
            }
            List<String> args = new ArrayList<>(List.of("generate", text("prompt")));
            for (String name : List.of("system", "template", "suffix")) {
                if (body.get(name) != null) {
                    args.addAll(List.of("--" + name, text(name)));
                }
            }
            if (body.get("raw") != null) {
                args.add("--raw");
            }
            if (body.get("images") instanceof JsonArray images) {
                Path image = folder.resolve("image");
                try {
                    Files.write(
                            image,
                            Base64.getDecoder().decode(images.items().get(0).asString()));
                } catch (IllegalArgumentException e) {
                    return List.of();
                }
                args.addAll(List.of("--image", image.toString()));
            }
            addCommon(args);
            return args;
        }

        private void addCommon(List<String> args) throws IOException {
            args.addAll(List.of("-m", text("model")));
            if (body.get("options") instanceof JsonObject options) {
                for (Map.Entry<String, JsonValue> option : options.fields().entrySet()) {
                    args.addAll(List.of("--option", option.getKey() + "=" + option.getValue()));
                }
            }
            JsonValue think = body.get("think");
            if (think != null) {
                args.add("--think=" + think);
            }
            JsonValue format = body.get("format");
            if (format != null) {
                boolean json = format.toString().equals("\"json\"");
                args.addAll(List.of("--format", json ? "json" : file("format.json", format)));
            }
            if (body.get("logprobs") != null) {
                args.addAll(List.of("--logprobs", String.valueOf(number("top_logprobs"))));
            }
            JsonValue stream = body.get("stream");
            if (stream != null && !stream.asBoolean()) {
                args.add("--no-stream");
            }
        }

        private String text(String name) {
            JsonValue value = body.get(name);
            return value == null ? "" : value.asString();
        }

        private long number(String name) {
            return requireNonNull(body.get(name)).asLong();
        }

        private String file(String name, JsonValue content) throws IOException {
            return Files.writeString(folder.resolve(name), content.toString()).toString();
        }
    }
}
