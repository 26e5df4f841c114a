// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.script;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.models.LocalModels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a server expects and answers, as a JSON document.
 *
 * <pre>{@code
 * {"expectations": [{"request": {"path": "/api/chat", "lastUserMessage": "Why is the sky blue?"},
 *                    "answer": {"tokens": ["Because", " of", " Rayleigh"], "faults": ["errorLineAfter:2,out of memory"]}}],
 *  "answers": [{"method": "GET", "path": "/api/version", "answer": {"json": {"version": "0.24.0"}}}],
 *  "models": ["llama3.2:3b"]}
 * }</pre>
 *
 * <p>The README describes all fields. Unknown ones are refused.
 */
public final class ServerScript {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final List<Consumer<OllamaTestServer>> steps;

    private ServerScript(List<Consumer<OllamaTestServer>> steps) {
        this.steps = List.copyOf(steps);
    }

    /**
     * Reads a script from a file.
     *
     * @param file a JSON document in UTF-8
     * @return the script
     * @throws ScriptException when it is no valid script
     * @throws UncheckedIOException when the file cannot be read
     */
    public static ServerScript read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new ScriptException(file.toString(), "", "not UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a script from a text.
     *
     * @param json a JSON document
     * @return the script
     * @throws ScriptException when it is no valid script
     */
    public static ServerScript read(String json) {
        return parse("the script", json);
    }

    static ServerScript parse(String source, String json) {
        ScriptValue root = new ScriptValue(source, "", tree(source, requireNonNull(json, "json")));
        ScriptObject script = root.object("expectations", "answers", "models");
        List<Consumer<OllamaTestServer>> steps = new ArrayList<>();
        script.get("expectations").map(ScriptValue::elements).orElse(List.of()).stream()
                .map(ExpectationReader::read)
                .forEach(steps::add);
        script.get("answers").map(ScriptValue::elements).orElse(List.of()).stream()
                .map(ServerScript::answers)
                .forEach(steps::add);
        script.get("models").ifPresent(models -> steps.add(models(models)));
        return new ServerScript(steps);
    }

    /** A script, or one expectation alone. */
    static ServerScript parseScriptOrExpectation(String source, String json) {
        JsonNode tree = tree(source, json);
        return tree.has("request")
                ? new ServerScript(List.of(ExpectationReader.read(new ScriptValue(source, "", tree))))
                : parse(source, json);
    }

    private static JsonNode tree(String source, String json) {
        try {
            JsonNode tree = JSON.readTree(json);
            if (tree.isMissingNode()) {
                throw new ScriptException(source, "", "empty, expected a JSON object");
            }
            return tree;
        } catch (JacksonException e) {
            throw new ScriptException(
                    source,
                    "",
                    "not JSON, line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": "
                            // Without what the parser says of its own source.
                            + e.getOriginalMessage().replaceFirst("(?s) \\(start marker at.*", ""));
        }
    }

    private static Consumer<OllamaTestServer> answers(ScriptValue value) {
        ScriptObject answered = value.object("method", "path", "answer", "answers");
        String method = answered.get("method").map(ExpectationReader::method).orElse("POST");
        String path = ExpectationReader.path(answered.required("path"));
        Answer[] answers = AnswerReader.all(answered);
        return server -> server.answer(method, path, answers);
    }

    private static Consumer<OllamaTestServer> models(ScriptValue value) {
        String[] names = value.elements().stream().map(ScriptValue::text).toArray(String[]::new);
        value.checked(() -> LocalModels.of(names));
        // Each server has its own: they keep state.
        return server -> server.otherwise(LocalModels.of(names));
    }

    /**
     * Adds the expectations and answers to a server. May be applied to several servers, and several times.
     *
     * @param server the server
     * @return the server
     */
    public OllamaTestServer applyTo(OllamaTestServer server) {
        steps.forEach(step -> step.accept(server));
        return server;
    }
}
