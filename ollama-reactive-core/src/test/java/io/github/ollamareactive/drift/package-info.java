// SPDX-License-Identifier: Apache-2.0
/** Finds fields of a newer server that the library doesn't know yet. */
@NullMarked
package io.github.ollamareactive.drift;

import org.jspecify.annotations.NullMarked;
