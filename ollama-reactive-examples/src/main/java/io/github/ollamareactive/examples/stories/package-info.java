// SPDX-License-Identifier: Apache-2.0
/** Short programs, each of which shows one use of the client. {@code STORIES.md} shows the output of each. */
@NullMarked
package io.github.ollamareactive.examples.stories;

import org.jspecify.annotations.NullMarked;
