// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Converts a recorded request body to the command line that sends it; to an empty list if none can.
 *
 * @param body the request body
 * @param folder a folder for the files that options name
 */
record RequestArguments(JsonObject body, Path folder) {
    private static final Set<String> CHAT_FIELDS = Set.of(
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

    private static final Set<String> GENERATE_FIELDS = Set.of(
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

    private static final Set<String> CREATE_FIELDS = Set.of(
            "model", "from", "files", "adapters", "system", "template", "quantize", "license", "parameters", "stream");

    private static final Set<String> EMBED_FIELDS = Set.of("model", "input", "truncate");

    List<String> forEndpoint(String endpoint) throws IOException {
        Set<String> fieldNames = body.fields().keySet();
        if (endpoint.equals("pull") || endpoint.equals("push")) {
            return text("model").isEmpty() ? List.of() : transfer(endpoint);
        } else if (endpoint.equals("copy")) {
            return List.of("cp", text("source"), text("destination"));
        } else if (endpoint.equals("delete")) {
            return List.of("rm", text("model"));
        } else if (endpoint.equals("show")) {
            return show();
        } else if (endpoint.equals("create")) {
            return create();
        } else if (endpoint.equals("embed")) {
            return embed();
        } else if (endpoint.equals("generate") && fieldNames.equals(Set.of("model"))) {
            return List.of("load", text("model"));
        } else if (endpoint.equals("generate") && fieldNames.equals(Set.of("model", "keep_alive"))) {
            return List.of("stop", text("model"));
        } else if (!fieldNames.contains("model") || body.get("top_logprobs") != null && number("top_logprobs") > 20) {
            return List.of();
        }
        return endpoint.equals("chat") ? chat() : generate();
    }

    private List<String> show() {
        if (text("model").isEmpty()) {
            return List.of();
        }
        return body.get("verbose") == null
                ? List.of("show", text("model"))
                : List.of("show", text("model"), "--verbose");
    }

    private List<String> create() {
        if (!CREATE_FIELDS.containsAll(body.fields().keySet())) {
            return List.of();
        }
        List<String> args = new ArrayList<>(List.of("create", text("model")));
        for (String name : List.of("from", "system", "template", "quantize")) {
            if (body.get(name) != null) {
                args.addAll(List.of("--" + name, text(name)));
            }
        }
        addAssignments(args, "--file", body.get("files"));
        addAssignments(args, "--adapter", body.get("adapters"));
        addAssignments(args, "--parameter", body.get("parameters"));
        if (body.get("license") instanceof JsonArray licenses) {
            licenses.items().forEach(license -> args.addAll(List.of("--license", license.asString())));
        }
        if (body.get("stream") != null) {
            args.add("--no-stream");
        }
        return args;
    }

    private static void addAssignments(List<String> args, String option, @Nullable JsonValue object) {
        if (object instanceof JsonObject assignments) {
            assignments.fields().forEach((name, value) -> {
                String text = value instanceof JsonString string ? string.value() : value.toString();
                args.addAll(List.of(option, name + "=" + text));
            });
        }
    }

    private List<String> embed() {
        List<String> texts = body.get("input") instanceof JsonArray list
                ? list.items().stream().map(JsonValue::asString).toList()
                : body.get("input") == null ? List.of() : List.of(text("input"));
        if (!EMBED_FIELDS.containsAll(body.fields().keySet()) || texts.isEmpty()) {
            return List.of();
        }
        List<String> args = new ArrayList<>(List.of("embed", "-m", text("model")));
        args.addAll(texts);
        if (body.get("truncate") != null) {
            args.add("--no-truncate");
        }
        return args;
    }

    private List<String> transfer(String command) {
        List<String> args = new ArrayList<>(List.of(command, text("model")));
        if (body.get("insecure") != null) {
            args.add("--insecure");
        }
        if (body.get("stream") != null) {
            args.add("--no-stream");
        }
        return args;
    }

    private List<String> chat() throws IOException {
        if (!CHAT_FIELDS.containsAll(body.fields().keySet()) || !(body.get("messages") instanceof JsonArray messages)) {
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
            args.addAll(List.of("--tools", writeFile("tools.json", tools)));
        }
        addGenerationOptions(args);
        return args;
    }

    private List<String> generate() throws IOException {
        if (!GENERATE_FIELDS.containsAll(body.fields().keySet())) {
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
                        image, Base64.getDecoder().decode(images.items().get(0).asString()));
            } catch (IllegalArgumentException e) {
                return List.of();
            }
            args.addAll(List.of("--image", image.toString()));
        }
        addGenerationOptions(args);
        return args;
    }

    private void addGenerationOptions(List<String> args) throws IOException {
        args.addAll(List.of("-m", text("model")));
        addAssignments(args, "--option", body.get("options"));
        JsonValue think = body.get("think");
        if (think != null) {
            args.add("--think=" + think);
        }
        JsonValue format = body.get("format");
        if (format != null) {
            boolean isJson = format.toString().equals("\"json\"");
            args.addAll(List.of("--format", isJson ? "json" : writeFile("format.json", format)));
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

    private String writeFile(String name, JsonValue content) throws IOException {
        return Files.writeString(folder.resolve(name), content.toString()).toString();
    }
}
