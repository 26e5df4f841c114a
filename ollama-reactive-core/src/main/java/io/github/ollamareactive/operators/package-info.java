// SPDX-License-Identifier: Apache-2.0
/**
 * What turns events into what an application shows or stores: static functions for {@code transform} and {@code as}, each
 * keeping the subscriber's demand.
 */
@NullMarked
package io.github.ollamareactive.operators;

import org.jspecify.annotations.NullMarked;
