// SPDX-License-Identifier: Apache-2.0
/**
 * The front door: {@link io.github.ollamareactive.OllamaClient}, one method for each endpoint, and its configuration.
 */
@NullMarked
package io.github.ollamareactive;

import org.jspecify.annotations.NullMarked;
