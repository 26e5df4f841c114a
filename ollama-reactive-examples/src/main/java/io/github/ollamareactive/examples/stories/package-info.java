// SPDX-License-Identifier: Apache-2.0
/** One short program for each thing that one does with a model. What each prints stands in {@code STORIES.md}. */
@NullMarked
package io.github.ollamareactive.examples.stories;

import org.jspecify.annotations.NullMarked;
