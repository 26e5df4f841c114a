// SPDX-License-Identifier: Apache-2.0
/** Requests and events of embeddings. */
@NullMarked
package io.github.ollamareactive.embedding;

import org.jspecify.annotations.NullMarked;
