// SPDX-License-Identifier: Apache-2.0
/** What languages know about their words and sentences, by the JDK and by ICU4J. No API: anything here may change in any release. */
@NullMarked
package io.github.ollamareactive.internal.language;

import org.jspecify.annotations.NullMarked;
