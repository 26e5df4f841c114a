// SPDX-License-Identifier: Apache-2.0
/** The program's commands: a small class each, all of one shape. */
@NullMarked
package io.github.ollamareactive.examples.cli;

import org.jspecify.annotations.NullMarked;
