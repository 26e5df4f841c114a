// SPDX-License-Identifier: Apache-2.0
/** What all other packages use: the base of requests, JSON values, the event marker, and the errors of calls. */
@NullMarked
package io.github.ollamareactive.protocol;

import org.jspecify.annotations.NullMarked;
