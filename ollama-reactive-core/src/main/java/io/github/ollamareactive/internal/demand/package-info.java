// SPDX-License-Identifier: Apache-2.0
/** The drain loop that every hand-written operator of the library stands on. No API: anything here may change in any release. */
@NullMarked
package io.github.ollamareactive.internal.demand;

import org.jspecify.annotations.NullMarked;
