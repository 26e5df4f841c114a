// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.github.ollamareactive.test.internal.json;

import org.jspecify.annotations.NullMarked;
