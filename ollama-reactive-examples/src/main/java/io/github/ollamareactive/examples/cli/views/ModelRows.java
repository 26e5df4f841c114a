// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

import io.github.ollamareactive.examples.cli.output.ByteSizes;
import io.github.ollamareactive.examples.cli.output.RelativeTime;
import io.github.ollamareactive.server.ModelEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Models in the columns of Ollama's own program. What the server doesn't say is an empty cell. */
public final class ModelRows {
    /** The columns of the models that are installed. */
    public static final List<String> INSTALLED = List.of("NAME", "ID", "SIZE", "MODIFIED");

    /** The columns of the models that are loaded. */
    public static final List<String> RUNNING = List.of("NAME", "ID", "SIZE", "PROCESSOR", "CONTEXT", "UNTIL");

    private static final int ID_LENGTH = 12;

    private final Clock clock;

    /**
     * Rows as of now.
     *
     * @param clock tells how long ago a time was
     */
    public ModelRows(Clock clock) {
        this.clock = clock;
    }

    /**
     * An installed model's cells.
     *
     * @param model the model
     * @return its row
     */
    public List<String> installed(ModelEvent.Installed model) {
        // A model of another host takes no room here.
        String size = model.remoteModel() == null ? size(model.size()) : "-";
        OffsetDateTime modified = model.modifiedAt();
        return List.of(
                model.name(), id(model.digest()), size, modified == null ? "" : RelativeTime.of(since(modified)));
    }

    /**
     * A loaded model's cells.
     *
     * @param model the model
     * @return its row
     */
    public List<String> running(ModelEvent.Running model) {
        return List.of(
                model.name(),
                id(model.digest()),
                size(model.size()),
                processor(model.size(), model.sizeVram()),
                Objects.toString(model.contextLength(), ""),
                until(model.expiresAt()));
    }

    private Duration since(OffsetDateTime time) {
        return Duration.between(time.toInstant(), clock.instant());
    }

    private String until(@Nullable OffsetDateTime expiresAt) {
        if (expiresAt == null) {
            return "";
        }
        Duration past = since(expiresAt);
        return past.isNegative() ? RelativeTime.of(past) : "Stopping...";
    }

    private static String id(@Nullable String digest) {
        return digest == null ? "" : digest.substring(0, Math.min(ID_LENGTH, digest.length()));
    }

    private static String size(@Nullable Long bytes) {
        return bytes == null ? "" : ByteSizes.of(bytes);
    }

    private static String processor(@Nullable Long size, @Nullable Long vram) {
        if (size == null || vram == null) {
            return "";
        } else if (vram == 0) {
            return "100% CPU";
        } else if (vram.equals(size)) {
            return "100% GPU";
        } else if (vram > size) {
            return "Unknown";
        }
        long cpu = Math.round((size - vram) * 100.0 / size);
        return cpu + "%/" + (100 - cpu) + "% CPU/GPU";
    }
}
