// SPDX-License-Identifier: Apache-2.0
/**
 * Exchanges as they stand on the wire: the tables in {@code src/test/resources/wire}, their reader {@link
 * io.github.ollamareactive.wire.WireTable}, the cases that don't fit into a table, and the recordings of a real server.
 */
package io.github.ollamareactive.wire;
