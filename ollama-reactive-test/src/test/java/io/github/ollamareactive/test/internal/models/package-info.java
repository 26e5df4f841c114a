// SPDX-License-Identifier: Apache-2.0
/** Tests of what the stateful server reads from requests. */
@NullMarked
package io.github.ollamareactive.test.internal.models;

import org.jspecify.annotations.NullMarked;
