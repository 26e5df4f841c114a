// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.readers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.ollamareactive.internal.json.Json;
import io.github.ollamareactive.internal.json.LineParser;
import io.github.ollamareactive.internal.json.MalformedFrame;
import io.github.ollamareactive.internal.ndjson.EventSink;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A parser takes UTF-8, whatever its first line was. */
final class EncodingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE", "UTF-8"})
    void c2NoParserRemembersAnEncoding(String charset) {
        byte[] odd = ("\ufeff{\"done\":false}").getBytes(Charset.forName(charset));
        byte[] good = "{\"message\":{\"content\":\"\u4f60\"}}".getBytes(StandardCharsets.UTF_8);
        // Whatever parser this thread had is gone: the next one meets the odd line first.
        LineParser.acquire();
        assertThatThrownBy(() -> read(odd)).isInstanceOf(MalformedFrame.class);
        read(good);
        if (!charset.equals("UTF-8")) {
            assertThatThrownBy(() -> Json.object(odd, 0, odd.length)).isInstanceOf(MalformedFrame.class);
        }
        Json.object(good, 0, good.length);
        read(good);
    }

    private static void read(byte[] line) {
        new GenerationReader().read(line, 0, line.length, sink(event -> {}));
    }

    private static <T> EventSink<T> sink(Consumer<T> events) {
        return new EventSink<>() {
            @Override
            public void next(T event) {
                events.accept(event);
            }

            @Override
            public void last(T event) {
                events.accept(event);
            }
        };
    }
}
