// SPDX-License-Identifier: Apache-2.0
/** Tests that the README is complete; the examples module runs what it shows. */
@NullMarked
package io.github.ollamareactive.test.readme;

import org.jspecify.annotations.NullMarked;
