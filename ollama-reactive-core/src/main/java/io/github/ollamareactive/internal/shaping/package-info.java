// SPDX-License-Identifier: Apache-2.0
/** The hand-written operators behind the public ones: shaping, time limits, sharing. No API: anything here may change in any release. */
@NullMarked
package io.github.ollamareactive.internal.shaping;

import org.jspecify.annotations.NullMarked;
