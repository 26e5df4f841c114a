// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.script;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Expected;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.internal.json.WireJson;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Reads expectations: a request, how often it comes, and its answers. */
final class ExpectationReader {
    private static final String[] REQUEST_FIELDS = {
        "method",
        "path",
        "model",
        "prompt",
        "lastUserMessage",
        "fields",
        "fieldsContain",
        "fieldsMatch",
        "without",
        "body",
        "headers",
        "picture"
    };

    /** Conditions that take a text. */
    private static final Map<String, BiFunction<Expected, String, Expected>> TEXTS = Map.of(
            "promptContains", Expected::promptContains,
            "lastUserMessageContains", Expected::lastUserMessageContains,
            "lastUserMessageMatches", Expected::lastUserMessageMatches,
            "systemMessage", Expected::systemMessage,
            "systemMessageContains", Expected::systemMessageContains,
            "tool", Expected::tool);

    static final String[] FIELDS = {"request", "times", "optional", "answer", "answers"};

    private ExpectationReader() {}

    static Consumer<OllamaTestServer> read(ScriptValue value) {
        ScriptObject expectation = value.object(FIELDS);
        Expected request = request(expectation.required("request"));
        Expected counted = expectation
                .get("times")
                .map(times -> times.checked(() -> request.times(times.intNumber())))
                .orElse(request);
        Expected expected =
                expectation.get("optional").map(ScriptValue::flag).orElse(false) ? counted.optional() : counted;
        Answer[] answers = AnswerReader.all(expectation);
        return server -> server.expect(expected, answers);
    }

    private static Expected request(ScriptValue value) {
        ScriptObject request = value.object(
                Stream.concat(Stream.of(REQUEST_FIELDS), TEXTS.keySet().stream().sorted())
                        .toArray(String[]::new));
        String path = path(request.required("path"));
        String method = request.get("method").map(ExpectationReader::method).orElse("POST");
        Expected expected = Expected.request(method, path);
        if (request.has("model")) {
            expected = expected.model(request.required("model").text());
        }
        if (request.has("prompt")) {
            expected = expected.prompt(request.required("prompt").text());
        }
        if (request.has("lastUserMessage")) {
            expected =
                    expected.lastUserMessage(request.required("lastUserMessage").text());
        }
        for (Map.Entry<String, BiFunction<Expected, String, Expected>> text : TEXTS.entrySet()) {
            if (request.has(text.getKey())) {
                ScriptValue words = request.required(text.getKey());
                Expected before = expected;
                expected = words.checked(() -> text.getValue().apply(before, words.text()));
            }
        }
        if (request.has("picture")) {
            ScriptValue picture = request.required("picture");
            if (!picture.flag()) {
                throw picture.invalid("expected true; leave it out for requests with and without pictures");
            }
            expected = expected.picture();
        }
        return conditions(expected, request);
    }

    private static Expected conditions(Expected expected, ScriptObject request) {
        Expected all = expected;
        if (request.has("fields")) {
            for (Map.Entry<String, ScriptValue> entry :
                    request.required("fields").fields().entrySet()) {
                ScriptValue field = entry.getValue();
                if (field.node().isNull()) {
                    throw field.invalid("expected a value; name fields that must be absent in 'without'");
                }
                Object value = WireJson.JSON.convertValue(field.node(), Object.class);
                Expected before = all;
                all = field.checked(() -> before.field(entry.getKey(), value));
            }
        }
        all = parts(request, "fieldsContain", all, Expected::fieldContains);
        all = parts(request, "fieldsMatch", all, Expected::fieldMatches);
        for (ScriptValue name : request.all("without")) {
            Expected before = all;
            all = name.checked(() -> before.without(name.text()));
        }
        if (request.has("body")) {
            all = all.body(
                    WireJson.JSON.writeValueAsString(request.required("body").node()));
        }
        if (request.has("headers")) {
            for (Map.Entry<String, ScriptValue> header :
                    request.required("headers").fields().entrySet()) {
                all = all.header(header.getKey(), header.getValue().text());
            }
        }
        return all;
    }

    /** A condition on a part of each field that an object names. */
    private static Expected parts(ScriptObject request, String word, Expected expected, Part condition) {
        Expected all = expected;
        if (request.has(word)) {
            for (Map.Entry<String, ScriptValue> entry :
                    request.required(word).fields().entrySet()) {
                Expected before = all;
                ScriptValue part = entry.getValue();
                all = part.checked(() -> condition.of(before, entry.getKey(), part.text()));
            }
        }
        return all;
    }

    /** A condition on a part of a field. */
    private interface Part {
        Expected of(Expected expected, String field, String part);
    }

    static String path(ScriptValue value) {
        String path = value.text();
        if (!path.startsWith("/")) {
            throw value.invalid("expected a path that begins with / but was '" + path + "'");
        }
        return path;
    }

    static String method(ScriptValue value) {
        String method = value.text();
        if (!method.matches("[A-Z]+")) {
            throw value.invalid("expected a method such as GET or POST but was '" + method + "'");
        }
        return method;
    }
}
