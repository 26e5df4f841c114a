// SPDX-License-Identifier: Apache-2.0
/** Lines and documents to events: every response field's name stands here once. No API: anything here may change in any release. */
@NullMarked
package io.github.ollamareactive.internal.readers;

import org.jspecify.annotations.NullMarked;
