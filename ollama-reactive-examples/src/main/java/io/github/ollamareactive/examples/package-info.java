// SPDX-License-Identifier: Apache-2.0
/** The command line program and the stories. */
@NullMarked
package io.github.ollamareactive.examples;

import org.jspecify.annotations.NullMarked;
