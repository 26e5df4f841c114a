// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

import io.github.ollamareactive.test.internal.json.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The models that are installed and those that are loaded. */
final class ModelStore {

    private static final Duration DEFAULT_KEEP_ALIVE = Duration.ofMinutes(5);

    private final Map<String, Installed> installed = new LinkedHashMap<>();
    private final Map<String, Loaded> loaded = new LinkedHashMap<>();
    private InstantSource clock = InstantSource.system();

    record Installed(Model model, Instant modifiedAt) {}

    /** A loaded model does not change when its name is deleted or created again. */
    record Loaded(Model model, int contextLength, Duration keepAlive, Instant expiresAt) {}

    /** Changes the clock. Installed models get its current time. */
    void clock(InstantSource newClock) {
        clock = newClock;
        installed.replaceAll((key, old) -> new Installed(old.model(), clock.instant()));
    }

    Instant now() {
        return clock.instant();
    }

    void put(ModelName name, Model model) {
        // Removed first, so that the model becomes the last in the map's order.
        installed.remove(name.key());
        installed.put(name.key(), new Installed(model.named(name.display()), clock.instant()));
    }

    boolean remove(ModelName name) {
        return installed.remove(name.key()) != null;
    }

    @Nullable
    Installed find(ModelName name) {
        return installed.get(name.key());
    }

    /** The installed models, the newest first; of the same instant the one that was put last. */
    List<Installed> installed() {
        List<Installed> all = new ArrayList<>(installed.values());
        Collections.reverse(all);
        all.sort(Comparator.comparing(Installed::modifiedAt).reversed());
        return all;
    }

    /**
     * Loads a model, or unloads it when it is to be kept for no time.
     *
     * @param keepAlive null for the previous value, which is five minutes at first
     */
    void load(Model model, int contextLength, @Nullable Duration keepAlive) {
        expire();
        String weights = model.data().weights();
        Loaded previous = loaded.get(weights);
        Duration keep = keepAlive != null ? keepAlive : previous == null ? DEFAULT_KEEP_ALIVE : previous.keepAlive();
        Instant expires = clock.instant().plus(keep);
        if (keep.isZero()) {
            unload(model);
        } else {
            // Models with the same weights share a runner, which keeps the name that it was loaded by.
            Model named = previous == null ? model : previous.model();
            loaded.put(weights, new Loaded(named, contextLength, keep, expires));
        }
    }

    void unload(Model model) {
        loaded.remove(model.data().weights());
    }

    private void expire() {
        Instant now = clock.instant();
        loaded.values().removeIf(model -> !model.expiresAt().isAfter(now));
    }

    /** The loaded models, the one that expires last first. */
    List<Loaded> loaded() {
        expire();
        return loaded.values().stream()
                .sorted(Comparator.comparing(Loaded::expiresAt).reversed())
                .toList();
    }
}
