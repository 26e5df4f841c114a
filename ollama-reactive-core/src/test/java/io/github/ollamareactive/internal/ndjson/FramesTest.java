// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.ndjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.internal.json.MalformedFrame;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where frames begin and end, under every cut of the bytes. */
final class FramesTest {
    private static final int CUTS = 60;

    /** The frames of a body; the rest of a document is marked with {@code rest:}. */
    private static List<String> cut(Frames frames, byte[] body, Random random) {
        return cut(frames, body, random, new ArrayList<>());
    }

    private static List<String> cut(Frames frames, byte[] body, Random random, List<String> found) {
        int at = 0;
        while (at < body.length) {
            int length = random == null ? 1 : Math.min(body.length - at, 1 + random.nextInt(12));
            frames.append(Unpooled.wrappedBuffer(body, at, length));
            at += length;
            while (frames.next()) {
                found.add(text(frames));
                frames.consume();
            }
        }
        while (frames.tail()) {
            found.add(text(frames));
            frames.consume();
        }
        return found;
    }

    private static String text(Frames frames) {
        String text = new String(
                frames.bytes, frames.frameStart, frames.frameEnd - frames.frameStart, StandardCharsets.UTF_8);
        return (frames.isRest() ? "rest:" : "") + text;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"models\":[]} | rest:{\"models\":[]}",
                "{\"models\":[{\"a\":1},{\"b\":\"]}\"}]} | {\"a\":1} ; {\"b\":\"]}\"} ; rest:{\"models\":[]}",
                "{\"models\": [ 1 , \"x,]\\\"\" ,null, [2,[3]] ] , \"n\":5} | 1  ; \"x,]\\\"\" ; null ; [2,[3]] ; rest:{\"models\": [] , \"n\":5}",
                "{\"x\":{\"models\":[1]},\"models\":[2]} | 2 ; rest:{\"x\":{\"models\":[1]},\"models\":[]}",
                "{\"x\":\"models\",\"models\":null} | rest:{\"x\":\"models\",\"models\":null}",
                "{\"models\":{\"a\":[1]}} | rest:{\"models\":{\"a\":[1]}}",
                "{\"modelsx\":[1],\"model\":[2]} | rest:{\"modelsx\":[1],\"model\":[2]}",
                "[1,2] | rest:[1,2]",
                "<html> | rest:<html>",
                "{\"models\":[1,{\"a\": | 1 ; rest:{\"models\":[{\"a\":",
                "{\"models\":[\"\u00e4\u4f60\u597d\"]} | \"\u00e4\u4f60\u597d\" ; rest:{\"models\":[]}",
            })
    void elementsOfAList(String body, String expected) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        List<String> frames = List.of(expected.split(" ; "));
        assertThat(cut(new ElementFrames("models", 1000), bytes, null))
                .as("one byte")
                .isEqualTo(frames);
        for (long seed = 0; seed < CUTS; seed++) {
            assertThat(cut(new ElementFrames("models", 1000), bytes, new Random(seed)))
                    .as("seed %d", seed)
                    .isEqualTo(frames);
        }
    }

    @Test
    void aBrokenListIsMalformed() {
        for (String body : List.of("{\"models\":[{\"a\":1}{\"b\":2}]}", "{\"models\":[1}", "{\"models\":[1,]}")) {
            assertThatThrownBy(
                            () -> cut(new ElementFrames("models", 1000), body.getBytes(StandardCharsets.UTF_8), null))
                    .as(body)
                    .isInstanceOf(MalformedFrame.class);
        }
    }

    @Test
    void linesUnderEveryCut() {
        String body = "{\"a\":\"\u00e4\ud83d\ude00\"}\r\n\n \t\n{\"b\":\"x\u2028y\u0085\"}\nlast";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        List<String> expected = List.of("{\"a\":\"\u00e4\ud83d\ude00\"}", "{\"b\":\"x\u2028y\u0085\"}", "last");
        assertThat(cut(new LineFrames(100), bytes, null)).isEqualTo(expected);
        for (long seed = 0; seed < CUTS; seed++) {
            assertThat(cut(new LineFrames(100), bytes, new Random(seed)))
                    .as("seed %d", seed)
                    .isEqualTo(expected);
        }
    }

    @Test
    void aLargeWindowIsGivenBack() {
        LineFrames frames = new LineFrames(1 << 20);
        frames.append(Unpooled.wrappedBuffer(("x".repeat(100_000) + "\n").getBytes(StandardCharsets.UTF_8)));
        assertThat(frames.next()).isTrue();
        assertThat(frames.bytes.length).isGreaterThan(100_000);
        frames.consume();
        frames.giveBack();
        assertThat(frames.bytes.length).isLessThanOrEqualTo(512);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "lines | 123456789 | 123456789",
                "lines | 1234567890 | 1234567890",
                "lines | 12345678901 | too long: 1",
                "lines | 1234567890\\n12345678901\\n | 1234567890 ; too long: 2",
                "lines | 1234567890\\r\\n1234567890\\r\\n | 1234567890 ; 1234567890",
                "lines | 1234567890\\r | 1234567890",
                "lines | \ufeff1234567890\\n | 1234567890",
                "lines | \ufeff12345678901\\r\\n | too long: 1",
                "elements | {\"l\":[1234567890,12345678901]} | 1234567890 ; too long: 0",
                "elements | {\"l\":[\"12345678\",\"123456789\"]} | \"12345678\" ; too long: 0",
                "elements | {\"l\":[[1234567],[12345678],[123456789]]} | [1234567] ; [12345678] ; too long: 0",
                "elements | {\"ab\":1,\"l\":[1]} | too long: 0",
                "elements | {\"l\":[1],\"ab\":1} | 1 ; too long: 0",
            })
    void theLimitIsTheSameUnderEveryCut(String kind, String text, String expected) {
        byte[] body = text.replace("\\r", "\r").replace("\\n", "\n").getBytes(StandardCharsets.UTF_8);
        for (long seed = 0; seed < CUTS; seed++) {
            Frames frames = kind.equals("lines") ? new LineFrames(10) : new ElementFrames("l", 10);
            List<String> found = new ArrayList<>();
            try {
                cut(frames, body, seed == 0 ? null : new Random(seed), found);
            } catch (Frames.FrameTooLong e) {
                assertThat(frames.excerpt(1000)).as("seed %d", seed).isNotBlank();
                found.add("too long: " + frames.line());
            }
            assertThat(found).as("seed %d", seed).containsExactly(expected.split(" ; "));
        }
    }
}
