// SPDX-License-Identifier: Apache-2.0
/**
 * A small stateful Ollama: {@link io.github.ollamareactive.test.models.LocalModels} answers all requests that a test does
 * not script, with models that can be pulled, called, copied and deleted.
 */
@NullMarked
package io.github.ollamareactive.test.models;

import org.jspecify.annotations.NullMarked;
