// SPDX-License-Identifier: Apache-2.0
/** The command line program: the table of its commands. */
@NullMarked
package io.github.ollamareactive.examples.cli;

import org.jspecify.annotations.NullMarked;
