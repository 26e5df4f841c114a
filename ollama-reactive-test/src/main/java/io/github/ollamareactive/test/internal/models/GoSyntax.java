// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.internal.models;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayDeque;
import java.util.Deque;

/** Says what is wrong with a text that is not JSON, in the words of Go's decoder, which stops at the first wrong byte. */
final class GoSyntax {

    private static final byte END = 0;

    private final byte[] text;
    private int at;

    private GoSyntax(String text) {
        this.text = text.getBytes(UTF_8);
    }

    /** Why the text does not begin with a JSON value. */
    static String problem(String text) {
        try {
            new GoSyntax(text).value();
            return "exceeded max depth";
        } catch (Wrong wrong) {
            return wrong.words;
        }
    }

    private static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String words;

        Wrong(String words) {
            super(words, null, false, false);
            this.words = words;
        }
    }

    /** One value, with all that it contains. */
    private void value() {
        Deque<Character> open = new ArrayDeque<>();
        do {
            if (begin(open)) {
                continue;
            }
            while (!open.isEmpty() && end(open)) {
                open.pop();
            }
        } while (!open.isEmpty());
    }

    /** Reads what a value begins with. True when it is a container that has something inside. */
    private boolean begin(Deque<Character> open) {
        char c = (char) next(true);
        switch (c) {
            case '{' -> {
                if (peek() == '}') {
                    at++;
                    return false;
                }
                open.push('}');
                key();
                return true;
            }
            case '[' -> {
                if (peek() == ']') {
                    at++;
                    return false;
                }
                open.push(']');
                return true;
            }
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> {
                if (c != '-' && !isDigit(c)) {
                    throw wrong("looking for beginning of value");
                }
                number(c);
            }
        }
        return false;
    }

    /** Reads what follows a value in a container. True when that is its end. */
    private boolean end(Deque<Character> open) {
        char close = open.element();
        char c = (char) next(true);
        if (c == close) {
            return true;
        }
        if (c != ',') {
            throw wrong(close == '}' ? "after object key:value pair" : "after array element");
        }
        if (close == '}') {
            key();
        }
        return false;
    }

    private void key() {
        if (next(true) != '"') {
            throw wrong("looking for beginning of object key string");
        }
        string();
        if (next(true) != ':') {
            throw wrong("after object key");
        }
    }

    private void string() {
        for (byte c = next(false); c != '"'; c = next(false)) {
            if (c == '\\') {
                escape();
            } else if (c >= 0 && c < ' ') {
                throw wrong("in string literal");
            }
        }
    }

    private void escape() {
        byte c = next(false);
        if (c == 'u') {
            for (int i = 0; i < 4; i++) {
                if (Character.digit(next(false), 16) < 0) {
                    throw wrong("in \\u hexadecimal character escape");
                }
            }
        } else if ("\"\\/bfnrt".indexOf(c) < 0) {
            throw wrong("in string escape code");
        }
    }

    private void literal(String name) {
        for (char expected : name.substring(1).toCharArray()) {
            if (next(false) != expected) {
                throw wrong("in literal " + name + " (expecting '" + expected + "')");
            }
        }
    }

    private void number(char first) {
        char digit = first == '-' ? (char) next(false) : first;
        if (!isDigit(digit)) {
            throw wrong("in numeric literal");
        }
        if (digit != '0') {
            digits();
        }
        if (at < text.length && text[at] == '.') {
            at++;
            digit("after decimal point in numeric literal");
        }
        if (at < text.length && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            if (at < text.length && (text[at] == '+' || text[at] == '-')) {
                at++;
            }
            digit("in exponent of numeric literal");
        }
    }

    private void digit(String where) {
        if (!isDigit((char) next(false))) {
            throw wrong(where);
        }
        digits();
    }

    private void digits() {
        while (at < text.length && isDigit((char) text[at])) {
            at++;
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private byte next(boolean behindBlanks) {
        if (behindBlanks) {
            peek();
        }
        if (at == text.length) {
            throw new Wrong("unexpected EOF");
        }
        return text[at++];
    }

    /** The next byte that is no blank, which is not read. */
    private byte peek() {
        while (at < text.length && " \t\r\n".indexOf(text[at]) >= 0) {
            at++;
        }
        return at < text.length ? text[at] : END;
    }

    /** The byte just read is wrong. */
    private Wrong wrong(String where) {
        return new Wrong("invalid character " + quoted((char) (text[at - 1] & 0xff)) + ' ' + where);
    }

    private static String quoted(char c) {
        return switch (c) {
            case '\'' -> "'\\''";
            case '\\' -> "'\\\\'";
            case '\t' -> "'\\t'";
            case '\n' -> "'\\n'";
            case '\r' -> "'\\r'";
            case 0x07 -> "'\\a'";
            case 0x0b -> "'\\v'";
            case '\b' -> "'\\b'";
            case '\f' -> "'\\f'";
            default -> {
                boolean shown = c >= ' ' && c != 0x7f && !(c >= 0x80 && c <= 0xa0) && c != 0xad;
                yield '\'' + (shown ? String.valueOf(c) : (c < 0x80 ? "\\x%02x" : "\\u%04x").formatted((int) c)) + '\'';
            }
        };
    }
}
