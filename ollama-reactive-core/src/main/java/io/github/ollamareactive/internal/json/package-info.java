// SPDX-License-Identifier: Apache-2.0
/** JSON and Jackson: parsers, values, binding, times. No API: anything here may change in any release. */
@NullMarked
package io.github.ollamareactive.internal.json;

import org.jspecify.annotations.NullMarked;
