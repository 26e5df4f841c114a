// SPDX-License-Identifier: Apache-2.0
/**
 * The client, {@link io.github.ollamareactive.OllamaClient}, with one method for each endpoint, and its configuration.
 */
@NullMarked
package io.github.ollamareactive;

import org.jspecify.annotations.NullMarked;
