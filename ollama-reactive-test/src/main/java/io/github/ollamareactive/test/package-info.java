// SPDX-License-Identifier: Apache-2.0
/**
 * An Ollama server for unit tests: {@link io.github.ollamareactive.test.OllamaTestServer} listens on loopback and gives
 * answers that a test scripts or that were recorded from a real server.
 */
@NullMarked
package io.github.ollamareactive.test;

import org.jspecify.annotations.NullMarked;
