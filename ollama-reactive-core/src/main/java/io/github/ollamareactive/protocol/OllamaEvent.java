// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

/**
 * An event that a call of the client emits.
 *
 * <p>Each family of events is a sealed interface, and a call emits events of one family. Event records may gain
 * components in a minor release: match on types, and read components by name rather than by position.
 */
public interface OllamaEvent {}
