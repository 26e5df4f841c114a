// SPDX-License-Identifier: Apache-2.0
/**
 * What the stateful server reads from requests, as strictly as Ollama: fields, names, digests, durations, options, schemas.
 */
@NullMarked
package io.github.ollamareactive.test.internal.models;

import org.jspecify.annotations.NullMarked;
