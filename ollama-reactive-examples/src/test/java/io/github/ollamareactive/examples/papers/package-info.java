// SPDX-License-Identifier: Apache-2.0
/** What the pages show is compiled and run. */
@NullMarked
package io.github.ollamareactive.examples.papers;

import org.jspecify.annotations.NullMarked;
