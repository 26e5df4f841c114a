// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.script;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Errors;
import io.github.ollamareactive.test.Generation;
import io.github.ollamareactive.test.internal.json.WireJson;
import io.github.ollamareactive.test.recordings.Recording;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads answers: a content, and what changes it. */
final class AnswerReader {

    private static final String[] CONTENTS = {
        "tokens", "steps", "progress", "json", "ndjson", "error", "body", "recording"
    };
    private static final String[] OF_GENERATIONS = {"doneReason", "metrics", "model"};
    private static final Set<String> LENGTHS = Set.of("content-length", "transfer-encoding");
    private static final String[] CHANGES = {"status", "headers", "delay", "faults", "pace", "chunking"};
    private static final String[] ALL =
            Stream.of(CONTENTS, OF_GENERATIONS, CHANGES).flatMap(Arrays::stream).toArray(String[]::new);

    private AnswerReader() {}

    /** The field {@code answer} with one answer, or {@code answers} with a list. */
    static Answer[] all(ScriptObject object) {
        if (GenerationReader.only(object, "answer", "answers").equals("answer")) {
            return new Answer[] {read(object.required("answer"))};
        }
        List<ScriptValue> answers = object.required("answers").elements();
        if (answers.isEmpty()) {
            throw object.required("answers").invalid("expected at least one answer");
        }
        return answers.stream().map(AnswerReader::read).toArray(Answer[]::new);
    }

    /** A text is the one token of a generation. */
    static Answer read(ScriptValue value) {
        if (value.node().isString()) {
            return Answer.tokens(value.text());
        }
        ScriptObject object = value.object(ALL);
        return value.checked(() -> changed(content(object), object));
    }

    private static Answer content(ScriptObject object) {
        if (Arrays.stream(CONTENTS).noneMatch(object::has) && object.has("status")) {
            return Answer.of(object.required("status").status());
        }
        String kind = GenerationReader.only(object, CONTENTS);
        ScriptValue content = object.required(kind);
        boolean generated = kind.equals("tokens") || kind.equals("steps");
        if (!generated && Arrays.stream(OF_GENERATIONS).anyMatch(object::has)) {
            throw object.place()
                    .invalid(String.join(", ", OF_GENERATIONS) + " are for answers with tokens or steps only");
        }
        return switch (kind) {
            case "tokens" -> generation(GenerationReader.tokens(content.elementsOrSelf()), object);
            case "steps" -> generation(GenerationReader.steps(content.elements()), object);
            case "progress" -> GenerationReader.progress(content.elements()).answer();
            case "json" -> Answer.json(200, WireJson.text(content.node()));
            case "ndjson" ->
                Answer.ndjson(
                        content.elements().stream().map(AnswerReader::line).toArray(String[]::new));
            case "error" ->
                object.has("status")
                        ? Errors.of(object.required("status").status(), content.text())
                        : Vocabularies.ERRORS.read(content);
            case "body" -> Answer.of(200).body(content.text());
            default -> Answer.of(Recording.bundled(content.text()));
        };
    }

    /** A text is a line as it is, anything else a document. */
    private static String line(ScriptValue value) {
        return value.node().isString() ? value.text() : WireJson.text(value.node());
    }

    private static Answer generation(Generation generation, ScriptObject object) {
        Generation changed = generation;
        if (object.has("doneReason")) {
            changed = changed.doneReason(object.required("doneReason").text());
        }
        if (object.has("metrics")) {
            changed = changed.metrics(GenerationReader.metrics(object.required("metrics")));
        }
        if (object.has("model")) {
            changed = changed.model(object.required("model").text());
        }
        return changed.answer();
    }

    private static Answer changed(Answer answer, ScriptObject object) {
        Answer changed = answer;
        if (object.has("status")) {
            changed = changed.status(object.required("status").status());
        }
        if (object.has("headers")) {
            for (Map.Entry<String, ScriptValue> header :
                    object.required("headers").fields().entrySet()) {
                Answer before = changed;
                ScriptValue value = header.getValue();
                if (LENGTHS.contains(header.getKey().toLowerCase(Locale.ROOT))) {
                    throw value.invalid(
                            "the server sets " + header.getKey() + " itself; a wrong length is a fault such as endAt");
                }
                changed = value.checked(() -> before.header(header.getKey(), value.text()));
            }
        }
        if (object.has("delay")) {
            changed = changed.delayHeaders(object.required("delay").duration());
        }
        if (object.has("pace")) {
            changed = changed.pace(Vocabularies.PACES.read(object.required("pace")));
        }
        if (object.has("chunking")) {
            changed = changed.chunking(Vocabularies.CHUNKINGS.read(object.required("chunking")));
        }
        for (ScriptValue fault : object.all("faults")) {
            changed = changed.with(Vocabularies.FAULTS.read(fault));
        }
        return changed;
    }
}
