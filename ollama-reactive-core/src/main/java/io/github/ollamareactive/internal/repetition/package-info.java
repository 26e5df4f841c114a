// SPDX-License-Identifier: Apache-2.0
/** Texts that go round in a loop. Knows neither Reactor nor Ollama. No API: anything here may change in any release. */
@NullMarked
package io.github.ollamareactive.internal.repetition;

import org.jspecify.annotations.NullMarked;
