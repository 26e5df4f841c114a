// SPDX-License-Identifier: Apache-2.0
/** Parses what users write on the command line into the values of the client. */
@NullMarked
package io.github.ollamareactive.examples.cli.input;

import org.jspecify.annotations.NullMarked;
