// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.json;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Whether databind finds what it needs. Platforms may manage annotations that are older than Jackson 3.1 wants, as Spring Boot 3.5 did
 * before 3.5.10; then only binding and schemas of classes fail, and a {@code NoClassDefFoundError} would not say why.
 */
final class DatabindRequirement {
    /** Came with jackson-annotations 2.21. */
    private static final String NEWEST_ANNOTATION = "com.fasterxml.jackson.annotation.JsonSerializeAs";

    private static final @Nullable String PROBLEM = problem();

    private DatabindRequirement() {}

    private static @Nullable String problem() {
        try {
            Class.forName(NEWEST_ANNOTATION, false, DatabindRequirement.class.getClassLoader());
            return null;
        } catch (ClassNotFoundException e) {
            String version = JsonProperty.class.getPackage().getImplementationVersion();
            return "JSON and Java types need com.fasterxml.jackson.core:jackson-annotations 2.21 or newer; here is "
                    + (version == null ? "an older version" : version);
        }
    }

    /** @throws IllegalStateException where the annotations are too old; the message has both versions */
    static void check() {
        if (PROBLEM != null) {
            throw new IllegalStateException(PROBLEM);
        }
    }
}
