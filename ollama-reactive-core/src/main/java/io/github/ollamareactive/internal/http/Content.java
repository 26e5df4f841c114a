// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.http;

import io.github.ollamareactive.internal.json.Json;
import io.github.ollamareactive.protocol.JsonValue;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Supplier;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;

/**
 * The body of a request.
 *
 * @param type its media type
 * @param length its length in bytes
 * @param bytes gives the bytes, once for each time it is sent
 * @param repeatable whether it can be sent again
 */
record Content(String type, long length, Supplier<Publisher<ByteBuf>> bytes, boolean repeatable) {

    static Content json(JsonValue document) {
        byte[] bytes = Json.bytes(document);
        return new Content(
                "application/json", bytes.length, () -> Mono.fromSupplier(() -> Unpooled.wrappedBuffer(bytes)), true);
    }
}
