// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import java.time.Duration;

/**
 * A retry that is about to start.
 *
 * @param number the number of the retry, from 1
 * @param delay how long the client waits before it; zero when a pooled connection turned out to be closed
 * @param error the error that caused it
 */
public record RetryAttempt(int number, Duration delay, OllamaException error) {}
