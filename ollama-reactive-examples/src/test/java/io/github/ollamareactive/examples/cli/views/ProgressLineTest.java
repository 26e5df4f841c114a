// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.examples.cli.output.TextColumns;
import io.github.ollamareactive.operators.Progress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressLineTest {
    private static Progress progress(String status) {
        return new Progress(status, 42_000_000_000L, 815_000_000_000L, 1.2e9, Duration.ofSeconds(9_915), false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pulling a5fd3b62230a",
                "uploading 空は青い色に見えるのです-とても長い名前-😀😀😀😀😀😀.gguf",
                "uploading one.file.with.a.long.name.that.never.ends.and.goes.on.and.on.for.ever.safetensors",
                "two\nlines\tand\rmore",
                ""
            })
    void i6AnyWidthFrom20Fits(String status) {
        for (int columns = 19; columns <= 220; columns++) {
            assertThat(TextColumns.width(ProgressLine.of(progress(status), columns)))
                    .isLessThanOrEqualTo(columns);
            assertThat(TextColumns.width(ProgressLine.of(new Progress(status, 0, null, null, null, false), columns)))
                    .isLessThanOrEqualTo(columns);
            assertThat(ProgressLine.of(progress(status), columns))
                    .contains("   5%")
                    .doesNotContain("\n", "\r", "\t");
        }
    }

    @Test
    void i6WhatDoesNotFitIsOmitted() {
        Progress progress = progress("pulling a5fd3b62230a");
        assertThat(ProgressLine.of(progress, 19)).isEqualTo("pulling a5fd3…   5%");
        assertThat(ProgressLine.of(progress, 39)).isEqualTo("pulling a5fd3b62230a   5% 42 GB/815 GB");
        assertThat(ProgressLine.of(progress, 50)).isEqualTo("pulling a5fd3b62230a   5% ░░░░░░░░░░░ 42 GB/815 GB");
        assertThat(ProgressLine.of(progress, 120))
                .isEqualTo("pulling a5fd3b62230a   5% █░░░░░░░░░░░░░░░░░░░ 42 GB/815 GB  1.2 GB/s  2h45m16s left");
    }
}
