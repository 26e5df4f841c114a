// SPDX-License-Identifier: Apache-2.0
/** Requests and events about the server, its models and their files. */
@NullMarked
package io.github.ollamareactive.server;

import org.jspecify.annotations.NullMarked;
