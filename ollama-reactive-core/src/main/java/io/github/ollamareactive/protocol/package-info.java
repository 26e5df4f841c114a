// SPDX-License-Identifier: Apache-2.0
/**
 * What everybody may know: the base of requests, our JSON value type, the event marker and the whole error contract.
 */
@NullMarked
package io.github.ollamareactive.protocol;

import org.jspecify.annotations.NullMarked;
