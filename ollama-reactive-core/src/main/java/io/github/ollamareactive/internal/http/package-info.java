// SPDX-License-Identifier: Apache-2.0
/** HTTP: exchanges, time limits, retries, redirects, errors, and blobs. No API: anything here may change in any release. */
@NullMarked
package io.github.ollamareactive.internal.http;

import org.jspecify.annotations.NullMarked;
