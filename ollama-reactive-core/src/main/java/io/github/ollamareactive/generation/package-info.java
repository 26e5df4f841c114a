// SPDX-License-Identifier: Apache-2.0
/** Requests and events of {@code /api/generate} and {@code /api/chat}, and JSON Schemas for their answers and tools. */
@NullMarked
package io.github.ollamareactive.generation;

import org.jspecify.annotations.NullMarked;
