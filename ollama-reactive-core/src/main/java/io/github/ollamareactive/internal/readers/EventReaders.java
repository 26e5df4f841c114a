// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.readers;

import io.github.ollamareactive.embedding.EmbeddingEvent;
import io.github.ollamareactive.internal.json.Fields;
import io.github.ollamareactive.internal.json.MalformedFrame;
import io.github.ollamareactive.internal.ndjson.EventReader;
import io.github.ollamareactive.internal.ndjson.EventSink;
import io.github.ollamareactive.protocol.JsonValue;
import io.github.ollamareactive.protocol.JsonValue.JsonNumber;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.JsonValue.JsonString;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.ServerEvent;
import io.github.ollamareactive.server.ServerEvent.Account;
import io.github.ollamareactive.server.ServerEvent.CloudStatus;
import io.github.ollamareactive.server.ServerEvent.Recommendation;
import io.github.ollamareactive.server.ServerEvent.RecommendedFor;
import io.github.ollamareactive.server.ServerEvent.Version;
import io.github.ollamareactive.server.WebEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** JSON to events for the small families; the others have readers of their own. */
public final class EventReaders {
    public static final String DOCUMENT = "the end of its document";

    private EventReaders() {}

    /**
     * {@code GET /api/version}.
     *
     * @return a reader for one answer
     */
    public static EventReader<Version> version() {
        return document(fields -> new Version(fields.requiredText("version"), fields.extras()));
    }

    /**
     * The lines of {@code POST /api/pull} and {@code POST /api/push}: without a success they have failed.
     *
     * @return a reader for one answer
     */
    public static EventReader<ProgressEvent> transfer() {
        return new FieldsReader<>("success", EventReaders::progress);
    }

    /**
     * The lines of {@code POST /api/create}: any end is the end.
     *
     * @return a reader for one answer
     */
    public static EventReader<ProgressEvent> creation() {
        return new FieldsReader<>(DOCUMENT, (fields, events) -> {
            progress(fields, events);
            return true;
        });
    }

    /**
     * {@code POST /api/embeddings}.
     *
     * @param request the request: an empty prompt gives no vector
     * @return a reader for one answer
     */
    public static EventReader<EmbeddingEvent> embedding(JsonObject request) {
        boolean asked = request.get("prompt") instanceof JsonString prompt
                && !prompt.value().isEmpty();
        return new FieldsReader<>(DOCUMENT, (fields, events) -> {
            List<Float> values = fields.list("embedding", EventReaders::number);
            if (values != null && !values.isEmpty()) {
                float[] floats = new float[values.size()];
                for (int i = 0; i < floats.length; i++) {
                    floats[i] = values.get(i);
                }
                events.next(EmbeddingEvent.Vector.of(0, floats));
            } else if (asked) {
                throw new MalformedFrame("field 'embedding' has no vector for the prompt", null);
            }
            events.next(new EmbeddingEvent.Done(null, null, null, null, fields.extras()));
            return true;
        });
    }

    /**
     * {@code GET /api/status}.
     *
     * @return a reader for one answer
     */
    public static EventReader<CloudStatus> cloudStatus() {
        return document(fields -> {
            Fields cloud = fields.inner("cloud");
            Boolean disabled = cloud == null ? null : cloud.bool("disabled");
            String source = cloud == null ? null : cloud.text("source");
            return new CloudStatus(Boolean.TRUE.equals(disabled), source, fields.extras());
        });
    }

    /**
     * {@code POST /api/me}.
     *
     * @return a reader for one answer
     */
    public static EventReader<Account> account() {
        return document(EventReaders::account);
    }

    static Account account(Fields fields) {
        return new Account(
                fields.text("id"),
                fields.text("email"),
                fields.text("name"),
                fields.text("bio"),
                fields.text("avatarurl"),
                fields.text("firstname"),
                fields.text("lastname"),
                fields.text("plan"),
                fields.extras());
    }

    /**
     * The elements of a web search.
     *
     * @return a reader for one answer
     */
    public static EventReader<WebEvent.Result> webResult() {
        return new ElementsReader<>(
                "results",
                fields -> new WebEvent.Result(
                        fields.text("title"), fields.text("url"), fields.content("content"), fields.extras()));
    }

    /**
     * The page of a web fetch.
     *
     * @return a reader for one answer
     */
    public static EventReader<WebEvent.Page> webPage() {
        return document(fields -> new WebEvent.Page(
                fields.text("title"), fields.content("content"), fields.texts("links"), fields.extras()));
    }

    /**
     * The elements of {@code GET /api/experimental/model-recommendations}, and the models for applications behind them.
     *
     * @return a reader for one answer
     */
    public static EventReader<ServerEvent> recommendations() {
        return new ElementsReader<>("recommendations", EventReaders::recommendation, EventReaders::recommendedFor);
    }

    static Recommendation recommendation(Fields fields) {
        return new Recommendation(
                fields.requiredText("model"),
                fields.text("description"),
                fields.number("context_length"),
                fields.number("max_output_tokens"),
                fields.number("vram_bytes"),
                fields.text("required_plan"),
                ModelReaders.thinking(fields),
                fields.extras());
    }

    private static List<ServerEvent> recommendedFor(Fields fields) {
        JsonObject mappings = fields.tree("mappings");
        List<ServerEvent> events = new ArrayList<>();
        if (mappings != null) {
            mappings.fields().forEach((application, value) -> {
                Fields mapping = Fields.of(value);
                events.add(new RecommendedFor(
                        application, mapping.text("model"), mapping.text("required_plan"), mapping.extras()));
            });
        }
        return events;
    }

    private static float number(JsonValue value) {
        if (value instanceof JsonNumber number) {
            return EmbedReader.finite(Float.parseFloat(number.literal()));
        }
        throw new MalformedFrame("an embedding holds something that is no number", null);
    }

    static <T> EventReader<T> document(Function<Fields, T> event) {
        return new FieldsReader<>(DOCUMENT, (fields, events) -> {
            events.next(event.apply(fields));
            return true;
        });
    }

    /** @return whether it was the success */
    private static boolean progress(Fields fields, EventSink<? super ProgressEvent> events) {
        ProgressEvent event = progress(fields);
        boolean success = event instanceof ProgressEvent.Success;
        if (success) {
            events.nearlyLast(event);
        } else {
            events.next(event);
        }
        return success;
    }

    private static ProgressEvent progress(Fields fields) {
        String status = fields.requiredText("status");
        String digest = fields.content("digest");
        Long total = fields.number("total");
        Long completed = fields.number("completed");
        if (digest != null && !digest.isEmpty()) {
            return new ProgressEvent.Layer(status, digest, total, completed == null ? 0 : completed, fields.extras());
        }
        return status.equals("success")
                ? new ProgressEvent.Success(fields.extras())
                : new ProgressEvent.Status(status, fields.extras());
    }
}
