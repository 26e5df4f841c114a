// SPDX-License-Identifier: Apache-2.0
/** Text alone: graphemes, words, sentences, paragraphs, fences. Knows neither Reactor nor Ollama. No API: anything here may change in any release. */
@NullMarked
package io.github.ollamareactive.internal.text;

import org.jspecify.annotations.NullMarked;
