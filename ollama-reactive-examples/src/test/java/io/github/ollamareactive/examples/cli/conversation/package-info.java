// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.github.ollamareactive.examples.cli.conversation;

import org.jspecify.annotations.NullMarked;
