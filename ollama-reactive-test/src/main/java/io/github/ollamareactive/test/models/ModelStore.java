// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.models;

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

/** The models that are installed, and those of them that are loaded. */
final class ModelStore {

    private static final Duration KEEP_ALIVE = Duration.ofMinutes(5);

    private final Map<String, Installed> installed = new LinkedHashMap<>();
    private final Map<String, Loaded> loaded = new LinkedHashMap<>();
    private InstantSource clock = InstantSource.system();

    record Installed(Model model, Instant modifiedAt) {}

    /** What was loaded stays what it was when its name is deleted or made anew. */
    record Loaded(Model model, int contextLength, Duration keepAlive, Instant expiresAt) {}

    /** What is there already is dated anew: it must not come from another time. */
    void clock(InstantSource other) {
        clock = other;
        installed.replaceAll((key, one) -> new Installed(one.model(), clock.instant()));
    }

    Instant now() {
        return clock.instant();
    }

    void put(ModelName name, Model model) {
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

    /** The newest first; of the same moment the last one put there. */
    List<Installed> all() {
        List<Installed> all = new ArrayList<>(installed.values());
        Collections.reverse(all);
        all.sort(Comparator.comparing(Installed::modifiedAt).reversed());
        return all;
    }

    void load(Model model, int contextLength, @Nullable Duration keepAlive) {
        Loaded before = running(model);
        Duration keep = keepAlive != null ? keepAlive : before == null ? KEEP_ALIVE : before.keepAlive();
        Instant expires = clock.instant().plus(keep);
        if (keep.isZero()) {
            unload(model);
        } else {
            // The same weights have one runner, which keeps the name that it was first loaded by.
            Model named = before == null ? model : before.model();
            loaded.put(model.weights(), new Loaded(named, contextLength, keep, expires));
        }
    }

    void unload(Model model) {
        loaded.remove(model.weights());
    }

    private @Nullable Loaded running(Model model) {
        expire();
        return loaded.get(model.weights());
    }

    private void expire() {
        Instant now = clock.instant();
        loaded.values().removeIf(one -> !one.expiresAt().isAfter(now));
    }

    /** Those that stay longest first. */
    List<Loaded> running() {
        expire();
        return loaded.values().stream()
                .sorted(Comparator.comparing(Loaded::expiresAt).reversed())
                .toList();
    }
}
