// SPDX-License-Identifier: Apache-2.0
/** The commands that run a model or load it for that: generate, chat, embed, load, stop. */
@NullMarked
package io.github.ollamareactive.examples.cli.inference;

import org.jspecify.annotations.NullMarked;
