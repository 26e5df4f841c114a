// SPDX-License-Identifier: Apache-2.0
/** Bytes to frames, and frames to events with exact demand. No API: anything here may change in any release. */
@NullMarked
package io.github.ollamareactive.internal.ndjson;

import org.jspecify.annotations.NullMarked;
