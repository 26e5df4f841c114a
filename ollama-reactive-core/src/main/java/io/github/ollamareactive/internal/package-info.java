// SPDX-License-Identifier: Apache-2.0
/**
 * How it is done: HTTP, NDJSON, JSON and errors, each in one place. No API: anything here may change in any release.
 */
@NullMarked
package io.github.ollamareactive.internal;

import org.jspecify.annotations.NullMarked;
