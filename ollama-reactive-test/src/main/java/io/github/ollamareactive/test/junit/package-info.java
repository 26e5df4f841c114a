// SPDX-License-Identifier: Apache-2.0
/** The test server as a parameter of JUnit tests. Needs JUnit 5.12 or later, which the kit does not bring. */
@NullMarked
package io.github.ollamareactive.test.junit;

import org.jspecify.annotations.NullMarked;
