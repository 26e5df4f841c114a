// SPDX-License-Identifier: Apache-2.0
/** What the program writes, for people and, with {@code --events}, for programs. */
@NullMarked
package io.github.ollamareactive.examples.cli.output;

import org.jspecify.annotations.NullMarked;
