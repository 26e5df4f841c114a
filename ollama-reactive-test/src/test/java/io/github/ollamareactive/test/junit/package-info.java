// SPDX-License-Identifier: Apache-2.0
/** Tests of the JUnit extension. */
@NullMarked
package io.github.ollamareactive.test.junit;

import org.jspecify.annotations.NullMarked;
