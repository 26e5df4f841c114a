// SPDX-License-Identifier: Apache-2.0
/** Displays the events of a call to people: answers, progress, tables. */
@NullMarked
package io.github.ollamareactive.examples.cli.views;

import org.jspecify.annotations.NullMarked;
