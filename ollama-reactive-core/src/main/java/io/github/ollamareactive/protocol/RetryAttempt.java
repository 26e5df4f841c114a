// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import java.time.Duration;

/**
 * A call is about to be sent again.
 *
 * @param number which repetition it is, from 1
 * @param delay how long it waits first; zero for a stale connection
 * @param error why
 */
public record RetryAttempt(int number, Duration delay, OllamaException error) {}
