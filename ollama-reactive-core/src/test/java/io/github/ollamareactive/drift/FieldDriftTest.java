// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** A server with three fields more is found out, whatever describes it. */
final class FieldDriftTest {
    private static final FieldDrift DRIFT = FieldDrift.ofLibrary();

    /** An OpenAPI document with all known fields. */
    private static Map<String, Object> document() {
        Map<String, Object> paths = new TreeMap<>();
        for (String field : DRIFT.known()) {
            String[] words = field.split(" ");
            if (words[3].equals("(body)")) {
                continue;
            }
            Map<String, Object> operation = inner(inner(paths, words[1]), words[0].toLowerCase(Locale.ROOT));
            Map<String, Object> body = words[2].equals("request")
                    ? inner(operation, "requestBody")
                    : inner(inner(operation, "responses"), "200");
            Map<String, Object> schema = inner(inner(inner(body, "content"), "application/json"), "schema");
            for (String step : words[3].split("\\.")) {
                schema = step.equals("*")
                        ? inner(schema, "additionalProperties")
                        : inner(inner(schema, "properties"), step);
            }
        }
        return new TreeMap<>(Map.of("paths", paths));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> inner(Map<String, Object> map, String key) {
        return (Map<String, Object>) map.computeIfAbsent(key, unused -> new TreeMap<String, Object>());
    }

    private static List<String> unknown(Map<String, Object> document) {
        return DRIFT.unknown(OpenApi.fields(new Yaml().dump(document)));
    }

    @Test
    void whatTheLibraryKnowsIsNotNew() {
        assertThat(unknown(document())).isEmpty();
        assertThat(OpenApi.fields(new Yaml().dump(document()))).hasSizeGreaterThan(350);
    }

    @Test
    void threeFieldsThatWereAddedAreNamed() {
        Map<String, Object> document = document();
        Map<String, Object> paths = inner(document, "paths");
        Map<String, Object> chat = inner(inner(paths, "/api/chat"), "post");
        Map<String, Object> answer =
                inner(inner(inner(inner(inner(chat, "responses"), "200"), "content"), "application/json"), "schema");
        inner(inner(answer, "properties"), "energy_joules");
        inner(inner(inner(inner(answer, "properties"), "message"), "properties"), "mood");
        Map<String, Object> show = inner(inner(paths, "/api/show"), "post");
        inner(inner(inner(inner(inner(show, "requestBody"), "content"), "application/json"), "schema"), "properties");
        inner(
                inner(
                        inner(inner(inner(inner(show, "requestBody"), "content"), "application/json"), "schema"),
                        "properties"),
                "as_of");
        assertThat(unknown(document))
                .containsExactly(
                        "POST /api/chat response energy_joules",
                        "POST /api/chat response message.mood",
                        "POST /api/show request as_of");
    }

    @Test
    void referencesAndCombinationsAreFollowed() {
        String api = """
            paths:
              /api/chat:
                post:
                  responses:
                    "200":
                      content:
                        application/x-ndjson:
                          schema: { oneOf: [ { $ref: "#/components/schemas/Event" }, { type: string } ] }
            components:
              schemas:
                Event:
                  allOf:
                    - properties: { model: {}, message: { $ref: "#/components/schemas/Message" } }
                    - properties: { sparkle: { type: boolean } }
                Message: { properties: { content: {}, tool_calls: { type: array, items: { properties: { why: {} } } } } }
            """;
        assertThat(DRIFT.unknown(OpenApi.fields(api)))
                .containsExactly("POST /api/chat response message.tool_calls.why", "POST /api/chat response sparkle");
    }

    @Test
    void goTypesAreRead() {
        String types = """
            package api

            // Counts is embedded below.
            type Counts struct {
            	EvalCount int   `json:"eval_count,omitempty"`
            	Watts     *int  `json:"watts"`
            }

            type Part struct {
            	Role    string      `json:"role"`
            	Glow    string      `json:"glow,omitempty"`
            	Secret  string      `json:"-"`
            	Calls   []Call      `json:"tool_calls,omitempty"`
            }

            type Call struct {
            	ID string `json:"id"`
            }

            type ChatRequest struct {
            	Model    string         `json:"model"`
            	Messages []Part         `json:"messages"`
            	Options  map[string]any `json:"options"`
            }

            type ChatResponse struct {
            	Model   string `json:"model"`
            	Message Part   `json:"message"`

            	Counts
            }
            """;
        assertThat(DRIFT.unknown(GoTypes.fields(types)))
                .containsExactly(
                        "POST /api/chat request messages.glow",
                        "POST /api/chat response message.glow",
                        "POST /api/chat response watts");
    }

    @Test
    void filesAreToldApart(@TempDir Path folder) {
        Path known = write(folder, "api.yaml", new Yaml().dump(document()));
        assertThat(FieldDrift.run(known)).isZero();
        Path types = write(folder, "types.go", "type EmbedRequest struct {\n\tHue string `json:\"hue\"`\n}\n");
        assertThat(FieldDrift.run(types)).isEqualTo(1);
        for (String nothing : List.of("", "[1]", "a: [", "paths: 7")) {
            assertThat(FieldDrift.run(write(folder, "api.json", nothing)))
                    .as(nothing)
                    .isEqualTo(2);
        }
        assertThat(FieldDrift.run(folder.resolve("none.yaml"))).isEqualTo(2);
    }

    private static Path write(Path folder, String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
