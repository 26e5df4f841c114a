// SPDX-License-Identifier: Apache-2.0
/** Tests of recordings and of the proxy that makes them. */
@NullMarked
package io.github.ollamareactive.test.recordings;

import org.jspecify.annotations.NullMarked;
