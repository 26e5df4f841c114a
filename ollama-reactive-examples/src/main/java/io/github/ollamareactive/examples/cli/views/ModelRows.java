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

/** Formats models as the table rows of the {@code ollama} program. A cell is empty if the server omits its value. */
public final class ModelRows {
    /** The header of the table of installed models. */
    public static final List<String> INSTALLED_HEADER = List.of("NAME", "ID", "SIZE", "MODIFIED");

    /** The header of the table of loaded models. */
    public static final List<String> RUNNING_HEADER = List.of("NAME", "ID", "SIZE", "PROCESSOR", "CONTEXT", "UNTIL");

    private static final int ID_LENGTH = 12;

    private final Clock clock;

    /**
     * Creates a formatter.
     *
     * @param clock the time that relative times refer to
     */
    public ModelRows(Clock clock) {
        this.clock = clock;
    }

    /**
     * Formats an installed model.
     *
     * @param model the model
     * @return the cells of its row
     */
    public List<String> installed(ModelEvent.Installed model) {
        // A remote model takes no space on the server.
        String size = model.remoteModel() == null ? size(model.size()) : "-";
        OffsetDateTime modified = model.modifiedAt();
        return List.of(
                model.name(), id(model.digest()), size, modified == null ? "" : RelativeTime.format(age(modified)));
    }

    /**
     * Formats a loaded model.
     *
     * @param model the model
     * @return the cells of its row
     */
    public List<String> running(ModelEvent.Running model) {
        return List.of(
                model.name(),
                id(model.digest()),
                size(model.size()),
                processor(model.size(), model.sizeVram()),
                Objects.toString(model.contextLength(), ""),
                expiry(model.expiresAt()));
    }

    private Duration age(OffsetDateTime time) {
        return Duration.between(time.toInstant(), clock.instant());
    }

    private String expiry(@Nullable OffsetDateTime expiresAt) {
        if (expiresAt == null) {
            return "";
        }
        Duration age = age(expiresAt);
        return age.isNegative() ? RelativeTime.format(age) : "Stopping...";
    }

    private static String id(@Nullable String digest) {
        return digest == null ? "" : digest.substring(0, Math.min(ID_LENGTH, digest.length()));
    }

    private static String size(@Nullable Long bytes) {
        return bytes == null ? "" : ByteSizes.format(bytes);
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
        long cpuPercent = Math.round((size - vram) * 100.0 / size);
        return cpuPercent + "%/" + (100 - cpuPercent) + "% CPU/GPU";
    }
}
