// SPDX-License-Identifier: Apache-2.0
/** JSON as Ollama reads and writes it, and how the kit compares documents. */
@NullMarked
package io.github.ollamareactive.test.internal.json;

import org.jspecify.annotations.NullMarked;
