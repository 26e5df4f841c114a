// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.github.ollamareactive.test.internal.server;

import org.jspecify.annotations.NullMarked;
