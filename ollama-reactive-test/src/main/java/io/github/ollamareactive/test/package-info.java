// SPDX-License-Identifier: Apache-2.0
/**
 * An Ollama that fits into a unit test: {@link io.github.ollamareactive.test.OllamaTestServer} answers on loopback with
 * what a test scripts or with recordings of a real server.
 */
@NullMarked
package io.github.ollamareactive.test;

import org.jspecify.annotations.NullMarked;
