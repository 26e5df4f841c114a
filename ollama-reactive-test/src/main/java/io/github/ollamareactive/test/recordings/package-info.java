// SPDX-License-Identifier: Apache-2.0
/**
 * Recorded exchanges with a real server: {@link io.github.ollamareactive.test.recordings.Recording} reads them,
 * {@link io.github.ollamareactive.test.recordings.RecordingProxy} makes them.
 */
@NullMarked
package io.github.ollamareactive.test.recordings;

import org.jspecify.annotations.NullMarked;
