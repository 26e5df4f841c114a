// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

/**
 * Marks every event that a call of the client emits.
 *
 * <p>Events come in families, one sealed interface each, and a call emits events of one family only. Their records may
 * gain components in a minor release: match on types, and take components by name rather than by position.
 */
public interface OllamaEvent {}
