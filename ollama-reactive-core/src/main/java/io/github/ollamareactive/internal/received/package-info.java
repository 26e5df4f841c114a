// SPDX-License-Identifier: Apache-2.0
/** What has come of one answer, and how fast, for the error that may end it. No API: anything here may change in any release. */
@NullMarked
package io.github.ollamareactive.internal.received;

import org.jspecify.annotations.NullMarked;
