// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the server of a parameter, so that a test can have several. Equal names mean the same server. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface ServerName {

    /**
     * The name.
     *
     * @return any text; a parameter without a name has the empty one
     */
    String value();
}
