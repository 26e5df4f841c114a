// SPDX-License-Identifier: Apache-2.0
/** The README's example, and tests that the README is complete. */
@NullMarked
package io.github.ollamareactive.test.readme;

import org.jspecify.annotations.NullMarked;
