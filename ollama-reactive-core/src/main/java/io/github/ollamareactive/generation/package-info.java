// SPDX-License-Identifier: Apache-2.0
/** Requests and events of the two generating endpoints, {@code /api/generate} and {@code /api/chat}. */
@NullMarked
package io.github.ollamareactive.generation;

import org.jspecify.annotations.NullMarked;
