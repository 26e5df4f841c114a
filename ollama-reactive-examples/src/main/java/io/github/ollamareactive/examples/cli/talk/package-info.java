// SPDX-License-Identifier: Apache-2.0
/** The conversation of {@code chat} without a prompt; only one class knows JLine. */
@NullMarked
package io.github.ollamareactive.examples.cli.talk;

import org.jspecify.annotations.NullMarked;
