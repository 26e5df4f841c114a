// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

/**
 * How an answer is shown.
 *
 * @param by how it is cut
 * @param colours whether colours and the like may be used
 * @param stats whether the numbers are told at the end
 */
public record AnswerStyle(TextUnit by, boolean colours, boolean stats) {}
