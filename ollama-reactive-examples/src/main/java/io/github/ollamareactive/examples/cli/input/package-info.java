// SPDX-License-Identifier: Apache-2.0
/** What users write on the command line, read into the client's values. */
@NullMarked
package io.github.ollamareactive.examples.cli.input;

import org.jspecify.annotations.NullMarked;
