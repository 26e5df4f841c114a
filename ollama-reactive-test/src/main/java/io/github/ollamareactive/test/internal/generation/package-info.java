// SPDX-License-Identifier: Apache-2.0
/** Writes a scripted generation as the chat and the generate endpoint do. */
@NullMarked
package io.github.ollamareactive.test.internal.generation;

import org.jspecify.annotations.NullMarked;
