// SPDX-License-Identifier: Apache-2.0
/** Requests and events of decisions: typed questions about a state, typed answers with probabilities. */
@NullMarked
package io.github.ollamareactive.decision;

import org.jspecify.annotations.NullMarked;
