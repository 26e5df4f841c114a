// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.generation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The {@code description} that {@link JsonSchema#of(Class)} writes for a record, a record component, an enum or a
 * sealed interface, for the model to read. A component's description takes precedence over that of its type.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface Description {
    /** {@return the text} */
    String value();
}
