// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.shaping;

import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.generation.GenerationEvent.Image;
import io.github.ollamareactive.generation.GenerationEvent.Thinking;
import io.github.ollamareactive.generation.GenerationEvent.Token;
import io.github.ollamareactive.generation.GenerationEvent.ToolCalled;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The events of a shared generation, of which the oldest may be let go. A chain, so that a reader is a place in it. */
final class EventLog {
    /** An event and the way to the next; the chain begins with one that was let go, or with none. */
    static final class Node {
        final @Nullable GenerationEvent event;
        final long bytes;

        @Nullable
        Node next;

        Node(@Nullable GenerationEvent event, long bytes) {
            this.event = event;
            this.bytes = bytes;
        }
    }

    private Node before = new Node(null, 0);
    private Node last = before;
    private long gone;
    private long bytes;

    void add(GenerationEvent event) {
        Node node = new Node(event, bytes(event));
        last.next = node;
        last = node;
        bytes += node.bytes;
    }

    /** The place before the first event that is held. */
    Node before() {
        return before;
    }

    /** How many events were let go. */
    long gone() {
        return gone;
    }

    long bytes() {
        return bytes;
    }

    /** Lets events go that all have had, until there is room. */
    void letGo(long had, long maxBytes) {
        Node first = before.next;
        while (gone < had && bytes >= maxBytes && first != null) {
            gone++;
            bytes -= first.bytes;
            before = first;
            first = before.next;
        }
    }

    /** Hands over the events that nobody has had, and holds none any more. */
    void discard(long had, Consumer<? super GenerationEvent> discarded) {
        for (Node node = before.next; node != null; node = node.next) {
            if (++gone > had && node.event != null) {
                discarded.accept(node.event);
            }
        }
        before = last;
        bytes = 0;
    }

    private static long bytes(GenerationEvent event) {
        long size = 64;
        if (event instanceof Token token) {
            size += 2L * token.text().length() + 256L * token.logprobs().size();
        } else if (event instanceof Thinking thinking) {
            size += 2L * thinking.text().length() + 256L * thinking.logprobs().size();
        } else if (event instanceof ToolCalled called) {
            size += 4L * called.call().arguments().toString().length();
        } else if (event instanceof Image image) {
            size += image.bytes().remaining();
        } else if (event instanceof Done done && done.context() != null) {
            size += 20L * done.context().size();
        }
        return size;
    }
}
