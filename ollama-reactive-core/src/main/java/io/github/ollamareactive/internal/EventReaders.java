// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal;

import io.github.ollamareactive.server.ModelDetails;
import io.github.ollamareactive.server.ModelEvent.Installed;
import io.github.ollamareactive.server.ModelEvent.Running;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.server.ServerEvent.Alive;
import io.github.ollamareactive.server.ServerEvent.Version;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** JSON to events for every family but the generating one: each response field's name stands here, once. */
public final class EventReaders {
    private static final String DOCUMENT = "the end of its document";

    private EventReaders() {}

    /**
     * {@code GET /api/version}.
     *
     * @return a reader for one answer
     */
    public static EventReader<Version> version() {
        return document(fields -> new Version(fields.requiredText("version")));
    }

    /**
     * {@code HEAD /}.
     *
     * @return a reader for one answer
     */
    public static EventReader<Alive> alive() {
        return new EmptyReader<>(new Alive());
    }

    /**
     * The elements of {@code GET /api/tags}.
     *
     * @return a reader for one answer
     */
    public static EventReader<Installed> installed() {
        return elements(EventReaders::installed);
    }

    /**
     * The elements of {@code GET /api/ps}.
     *
     * @return a reader for one answer
     */
    public static EventReader<Running> running() {
        return elements(EventReaders::running);
    }

    /**
     * The lines of {@code POST /api/pull} and {@code POST /api/push}: without a success they have failed.
     *
     * @return a reader for one answer
     */
    public static EventReader<ProgressEvent> transfer() {
        return new FieldsReader<>("success", (object, events) -> {
            ProgressEvent event = progress(new Fields(object));
            events.accept(event);
            return event instanceof ProgressEvent.Success;
        });
    }

    private static <T> EventReader<T> document(Function<Fields, T> event) {
        return new FieldsReader<>(DOCUMENT, (object, events) -> {
            events.accept(event.apply(new Fields(object)));
            return true;
        });
    }

    private static <T> EventReader<T> elements(Function<Fields, T> event) {
        return new FieldsReader<>(
                DOCUMENT,
                (object, events) -> {
                    events.accept(event.apply(new Fields(object)));
                    return false;
                },
                (rest, events) -> true);
    }

    private static ProgressEvent progress(Fields fields) {
        String status = fields.requiredText("status");
        String digest = fields.text("digest");
        if (digest != null && !digest.isEmpty()) {
            Long completed = fields.number("completed");
            return new ProgressEvent.Layer(status, digest, fields.number("total"), completed == null ? 0 : completed);
        }
        return status.equals("success") ? new ProgressEvent.Success() : new ProgressEvent.Status(status);
    }

    private static Installed installed(Fields fields) {
        return new Installed(
                fields.requiredText("name"),
                fields.text("model"),
                fields.time("modified_at"),
                fields.number("size"),
                fields.text("digest"),
                details(fields.inner("details")),
                fields.texts("capabilities"),
                fields.text("remote_model"),
                fields.text("remote_host"));
    }

    private static Running running(Fields fields) {
        return new Running(
                fields.requiredText("name"),
                fields.text("model"),
                fields.number("size"),
                fields.number("size_vram"),
                fields.text("digest"),
                details(fields.inner("details")),
                fields.time("expires_at"),
                fields.number("context_length"));
    }

    private static @Nullable ModelDetails details(@Nullable Fields fields) {
        return fields == null
                ? null
                : new ModelDetails(
                        fields.text("parent_model"),
                        fields.text("format"),
                        fields.text("family"),
                        fields.texts("families"),
                        fields.text("parameter_size"),
                        fields.text("quantization_level"),
                        fields.number("context_length"),
                        fields.number("embedding_length"));
    }
}
