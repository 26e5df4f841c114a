// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.ndjson;

import io.github.ollamareactive.internal.json.Json;
import io.github.ollamareactive.internal.json.MalformedFrame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The elements of one list inside of a document, each as soon as its last byte is there, then the rest of the document
 * with the list empty. So a long list is never in memory as a whole.
 *
 * <p>This only finds where values begin and end; whether they are JSON is for the parser to say. A document that isn't an
 * object, or has no such list, is all rest.
 */
public final class ElementFrames extends Frames {
    private enum Where {
        OUTSIDE,
        NAME_OR_VALUE,
        BEFORE_ELEMENT,
        IN_ELEMENT,
        AFTER_ELEMENT
    }

    private final byte[] list;
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream(256);

    private Where where = Where.OUTSIDE;
    private int scan;
    private int depth;
    private boolean inString;
    private boolean escaped;

    /** At depth 1: whether the next string is a field's name, where it began, and whether it is the list's. */
    private boolean nameNext;

    private int nameLength = -1;
    private boolean nameMatches;
    private boolean listNext;

    /** Whether a comma demands another element. */
    private boolean comma;

    private boolean found;
    private boolean restFound;
    private boolean restRead;

    public ElementFrames(String list, int limit) {
        super(limit);
        this.list = list.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    void moved(int by) {
        scan += by;
        frameStart += by;
        frameEnd += by;
    }

    @Override
    boolean next() {
        if (restFound) {
            return false;
        }
        while (!found && scan < end) {
            step(bytes[scan]);
        }
        if (where == Where.IN_ELEMENT) {
            checkLimit(frameStart, end, end - frameStart);
        }
        return found;
    }

    private void checkLimit(int from, int to, int length) {
        if (length > limit) {
            frameStart = from;
            frameEnd = to;
            throw new FrameTooLong();
        }
    }

    private void step(byte b) {
        switch (where) {
            case OUTSIDE, NAME_OR_VALUE -> outer(b);
            case BEFORE_ELEMENT -> {
                if (b == ']') {
                    if (comma) {
                        frameStart = scan;
                        frameEnd = end;
                        throw new MalformedFrame("no element after ','", null);
                    }
                    leaveList();
                } else if (!Json.isBlank(b)) {
                    comma = false;
                    where = Where.IN_ELEMENT;
                    frameStart = scan;
                    element(b);
                    return;
                }
                pass();
            }
            case IN_ELEMENT -> element(b);
            case AFTER_ELEMENT -> {
                if (b == ']') {
                    leaveList();
                } else if (b == ',') {
                    where = Where.BEFORE_ELEMENT;
                    comma = true;
                } else if (!Json.isBlank(b)) {
                    frameStart = scan;
                    frameEnd = end;
                    throw new MalformedFrame("neither ',' nor ']' after an element", null);
                }
                pass();
            }
        }
    }

    private void leaveList() {
        rest.write(']');
        where = Where.NAME_OR_VALUE;
    }

    /** Drops a byte that nobody needs any more. */
    private void pass() {
        scan++;
        start = scan;
    }

    private void outer(byte b) {
        rest.write(b);
        checkLimit(start, end, rest.size());
        if (inString) {
            string(b);
        } else if (b == '"') {
            inString = true;
            nameLength = nameNext && depth == 1 ? 0 : -1;
            nameMatches = nameLength == 0;
            nameNext = false;
        } else if (b == '{' || b == '[') {
            if (b == '[' && depth == 1 && listNext) {
                where = Where.BEFORE_ELEMENT;
                listNext = false;
                pass();
                return;
            }
            depth++;
            nameNext = depth == 1 && b == '{';
            listNext = false;
        } else if (b == '}' || b == ']') {
            depth--;
        } else if (b == ',') {
            nameNext = depth == 1;
            listNext = false;
        } else if (b == ':') {
            listNext = depth == 1 && nameMatches;
        }
        pass();
    }

    private void string(byte b) {
        if (!escaped && b == '"') {
            inString = false;
            nameMatches = nameMatches && nameLength == list.length;
            return;
        }
        if (nameLength >= 0) {
            nameMatches = nameMatches && nameLength < list.length && list[nameLength] == b;
            nameLength++;
        }
        escaped = !escaped && b == '\\';
    }

    /** Depth counts from 1 inside of the document, so an element that is no container ends where depth is still 1. */
    private void element(byte b) {
        if (inString) {
            if (!escaped && b == '"') {
                inString = false;
            }
            escaped = !escaped && b == '\\';
            scan++;
            if (!inString && depth == 1) {
                elementEnds(scan);
            }
            return;
        }
        switch (b) {
            case '"' -> inString = true;
            case '{', '[' -> depth++;
            case '}' -> depth--;
            case ']' -> {
                if (depth == 1) {
                    elementEnds(scan);
                    return;
                }
                depth--;
            }
            case ',' -> {
                if (depth == 1) {
                    elementEnds(scan);
                    return;
                }
            }
            default -> {}
        }
        scan++;
        if (depth == 1 && (b == '}' || b == ']')) {
            elementEnds(scan);
        } else if (depth < 1) {
            frameEnd = end;
            throw new MalformedFrame("brackets don't match", null);
        }
    }

    private void elementEnds(int at) {
        checkLimit(frameStart, at, at - frameStart);
        frameEnd = at;
        found = true;
        where = Where.AFTER_ELEMENT;
    }

    @Override
    boolean tail() {
        if (found) {
            return true;
        }
        if (restRead || (rest.size() == 0 && start == end)) {
            return false;
        }
        if (!restFound) {
            // The window is free for it: whatever is unread is an unfinished element, which belongs to the cut rest.
            rest.write(bytes, start, end - start);
            bytes = rest.toByteArray();
            start = 0;
            end = bytes.length;
            frameStart = 0;
            frameEnd = end;
            restFound = true;
        }
        return !isBlank(frameStart, frameEnd);
    }

    @Override
    boolean isRest() {
        return restFound;
    }

    @Override
    void consume() {
        if (restFound) {
            restRead = true;
            start = end;
        } else {
            found = false;
            start = frameEnd;
            scan = frameEnd;
        }
    }

    @Override
    long line() {
        return 0;
    }
}
