// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Tells the model what a record, an enum, a sealed interface or a record's component means: the {@code description} in
 * what {@link JsonSchema#of(Class)} makes of it. A component's own description goes before that of its type.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface Description {
    /**
     * The text.
     *
     * @return what the model reads
     */
    String value();
}
