// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.protocol.OllamaEvent;
import io.github.ollamareactive.protocol.OllamaException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a call must give. Read from JSON in the form that the command line prints events in: an object an event, and a last one
 * for the error if there is one.
 *
 * @param events the events in order
 * @param error the error that ends them; null for a completion
 */
record ExpectedEvents(List<OllamaEvent> events, @Nullable ExpectedError error) {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** The events of a recording, as a script that shares no code with the library wrote them down. */
    static ExpectedEvents ofRecording(String name) {
        String resource = "/expected/" + name + ".jsonl";
        try (InputStream in = ExpectedEvents.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("no " + resource);
            }
            // Not lines(): a text may hold other line separators than LF.
            String[] lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n");
            return parse(List.of(lines), name.startsWith("embed"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads events.
     *
     * @param lines an event a line
     * @param embeds whether {@code done} is the end of embeddings rather than of a generation
     */
    static ExpectedEvents parse(List<String> lines, boolean embeds) {
        List<OllamaEvent> events = new ArrayList<>();
        ExpectedError error = null;
        for (String line : lines) {
            if (!line.isEmpty()) {
                JsonNode node = MAPPER.readTree(line);
                if (node.get("event").asString().equals("error")) {
                    error = new ExpectedError(node);
                } else {
                    events.add(EventParser.event(node, line, embeds));
                }
            }
        }
        return new ExpectedEvents(events, error);
    }

    void assertMatch(CallResult result) {
        assertThat(result.events()).isEqualTo(events);
        // Equal JSON objects may have another order of fields.
        assertThat(result.events()).hasToString(events.toString());
        if (error == null) {
            assertThat(result.error()).isNull();
        } else {
            error.assertMatches(result.error());
            assertThat(((OllamaException) result.error()).partial().events()).isEqualTo(events.size());
        }
    }
}
