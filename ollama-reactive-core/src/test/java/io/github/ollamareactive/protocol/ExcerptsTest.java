// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerateRequest;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.server.CreateRequest;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in messages and logs. */
final class ExcerptsTest {
    private static final String EVIL =
            "\u001b[2J\u001b]52;c;aGk=\u0007\u009b31m\u0000\b\u007f\u202eabc\u2066\u2069\ufeff\ud800x\r\ny\tz\u2028w";

    @ParameterizedTest
    @CsvSource(textBlock = """
                    plain,plain
                    '\u00fc\u4e2d\ud83d\ude00','\u00fc\u4e2d\ud83d\ude00'
                    '\u0645\u0631\u200f','\u0645\u0631\u200f'
                    '\ud83d\udc68\u200d\ud83d\udc69','\ud83d\udc68\u200d\ud83d\udc69'
                    """)
    void f10TextStays(String text, String printable) {
        assertThat(Excerpts.printable(text)).isEqualTo(printable);
    }

    @Test
    void f10WhatATerminalObeysIsShown() {
        assertThat(Excerpts.printable(EVIL))
                .isEqualTo("\\u001B[2J\\u001B]52;c;aGk=\\u0007\\u009B31m\\u0000\\u0008\\u007F\\u202Eabc\\u2066\\u2069"
                        + "\\uFEFF\\uD800x y z w");
    }

    @TestFactory
    Stream<DynamicTest> messagesArePrintable() {
        return Stream.of(
                        ExceptionFactory.status(
                                "POST " + EVIL,
                                OllamaException.Status.Kind.BAD_REQUEST,
                                400,
                                EVIL,
                                EVIL,
                                "",
                                EVIL,
                                null,
                                null,
                                null),
                        ExceptionFactory.reported(EVIL),
                        ExceptionFactory.malformed(EVIL, 1, EVIL, null),
                        ExceptionFactory.connection(
                                OllamaException.Connection.Problem.TLS, "http://x", "tls: " + EVIL, null),
                        ExceptionFactory.localFile(EVIL, EVIL, null),
                        ExceptionFactory.incomplete(EVIL, 3))
                .map(e -> DynamicTest.dynamicTest("F10 " + e.getClass().getSimpleName(), () -> {
                    assertThat(e.getMessage()).matches("[ -~]+").contains("\\u001B[2J");
                    assertThat(e.with(Partial.NONE)).hasMessage(e.getMessage());
                }));
    }

    @Test
    void f10AccessorsGiveWhatWasReceived() {
        assertThat(ExceptionFactory.reported(EVIL).serverMessage()).isEqualTo(EVIL);
    }

    @TestFactory
    Stream<DynamicTest> textsOfRequestsAreBounded() {
        String pixels = "QUJD".repeat(2_500_000);
        String text = "\ud83d\ude00".repeat(500_000);
        List<Message> many = IntStream.range(0, 20_000)
                .mapToObj(i -> Message.user("question " + i))
                .toList();
        CreateRequest files = CreateRequest.of("m");
        for (int i = 0; i < 300; i++) {
            files = files.file("shard" + i, Path.of("/models/shard-" + i));
        }
        return Stream.<RequestFields<?>>of(
                        GenerateRequest.of("m", text).with("images", List.of(pixels)),
                        Message.user("look").with("images", Collections.nCopies(5, pixels)),
                        ChatRequest.of("m", Message.user(text).with("images", List.of(pixels))),
                        ChatRequest.of("m", many),
                        ChatRequest.of("m").with("x".repeat(1_000_000), 1),
                        ChatRequest.of("m").with("number", new JsonValue.JsonNumber("1".repeat(1_000_000))),
                        GenerateRequest.of("m", "\u001b\u009b".repeat(100_000)),
                        files)
                .map(request ->
                        DynamicTest.dynamicTest("F8 " + request.getClass().getSimpleName(), () -> {
                            assertThat(request.toString())
                                    .hasSizeLessThan(8_192)
                                    .matches("[^\\p{Cc}]*…\\([0-9]+ more [a-z]+\\)[^\\p{Cc}]*");
                        }));
    }

    @Test
    void f8SizesAreShownAndShortRequestsAreWhole() {
        assertThat(GenerateRequest.of("m", "x".repeat(201)))
                .hasToString(
                        "GenerateRequest{\"model\":\"m\",\"prompt\":\"" + "x".repeat(200) + "\"…(1 more characters)}");
        assertThat(GenerateRequest.of("m", "x".repeat(200))
                        .raw(true)
                        .with("n", 1.5)
                        .with("o", JsonObject.EMPTY))
                .hasToString("GenerateRequest{\"model\":\"m\",\"prompt\":\"" + "x".repeat(200)
                        + "\",\"raw\":true,\"n\":1.5,\"o\":{}}");
        assertThat(GenerateRequest.of("m", "x".repeat(201)).fields().toString()).contains("x".repeat(201));
    }
}
