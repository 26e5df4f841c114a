// SPDX-License-Identifier: Apache-2.0
/** Requests and events of {@code /api/embed} and {@code /api/embeddings}. */
@NullMarked
package io.github.ollamareactive.embedding;

import org.jspecify.annotations.NullMarked;
