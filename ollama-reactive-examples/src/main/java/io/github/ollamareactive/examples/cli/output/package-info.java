// SPDX-License-Identifier: Apache-2.0
/**
 * Writes to standard output and standard error: lines, JSON for {@code --events}, error messages, and the formats of
 * single values.
 */
@NullMarked
package io.github.ollamareactive.examples.cli.output;

import org.jspecify.annotations.NullMarked;
