// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

/**
 * How to print an answer.
 *
 * @param unit the unit of text to print at once
 * @param colours whether the output may contain colours and other text attributes
 * @param stats whether to print statistics after the answer
 */
public record AnswerStyle(TextUnit unit, boolean colours, boolean stats) {}
