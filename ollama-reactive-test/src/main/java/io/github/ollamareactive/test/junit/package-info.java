// SPDX-License-Identifier: Apache-2.0
/** The test server as a parameter of JUnit tests. JUnit, 5.12 or later, is the user's to bring. */
@NullMarked
package io.github.ollamareactive.test.junit;

import org.jspecify.annotations.NullMarked;
