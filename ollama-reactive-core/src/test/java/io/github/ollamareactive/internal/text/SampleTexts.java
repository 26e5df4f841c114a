// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.internal.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Texts of many scripts, and the pieces that a stream may bring them in. */
public final class SampleTexts {
    /** Eight scripts and emoji; each entry a few clusters that belong together. */
    public static final List<List<String>> SCRIPTS = List.of(
            List.of(
                    "hello",
                    "Dr.",
                    "e.g.",
                    "I",
                    "naïve",
                    "e\u0301te\u0301",
                    "x\u0323\u0307",
                    "it's",
                    "well-known",
                    "3.14",
                    "v2"),
            List.of("привет", "Москва", "т.", "и\u0306", "Ёлка", "ул."),
            List.of("γειά", "Σου", "κόσμε", "π.χ.", "α\u0301\u0308"),
            List.of("مرحبا", "بِسْمِ", "اللّٰه", "د.", "\u0600١٢", "لا\u200Dه"),
            List.of("שָׁלוֹם", "עולם", "ב\u05BC\u05B8"),
            List.of("नमस्ते", "क्षत्रिय", "हिन्दी", "क्\u200Dष", "र्\u200Cक", "ज्ञ"),
            List.of("สวัสดี", "ครับ", "น้ำ", "กำ", "เป็น"),
            List.of("我爱", "北京", "天安门", "東京", "ひらがな", "カタカナ", "が\u3099", "〇", "ー", "ｶﾞ"),
            List.of("안녕", "\u1112\u1161\u11AB", "세계", "\u1100\u1100\u1161", "각\u11A8"),
            List.of(
                    "👨\u200D👩\u200D👧\u200D👦",
                    "🇩🇪",
                    "🇫🇷🇮🇹",
                    "👍🏽",
                    "1\uFE0F\u20E3",
                    "❤\uFE0F\u200D🔥",
                    "🏴\uDB40\uDC67\uDB40\uDC62\uDB40\uDC7F",
                    "🏳\uFE0F\u200D🌈",
                    "🙂",
                    "©\uFE0F"));

    private static final List<String> BETWEEN = List.of(
            " ", " ", " ", " ", "", "", ". ", "! ", "? ", "... ", "… ", ", ", "。", "，", "। ", "؟ ", "\n", "\n\n",
            "\r\n", "  ", ".", "“", "”", "(", ") ", "\n```\n", "\n- ", "\n1. ", "\u00A0", "\u200B", "-", ";");

    private SampleTexts() {}

    /** Words of one script, or of all mixed, with what may stand between them. */
    public static String random(Random random, int script, int words) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            List<String> of = SCRIPTS.get(script < SCRIPTS.size() ? script : random.nextInt(SCRIPTS.size()));
            text.append(of.get(random.nextInt(of.size()))).append(BETWEEN.get(random.nextInt(BETWEEN.size())));
        }
        return text.toString();
    }

    public static List<String> characters(String text) {
        return text.chars().mapToObj(c -> String.valueOf((char) c)).toList();
    }

    /** Pieces of 1 to {@code most} UTF-16 units, surrogates torn apart too. */
    public static List<String> pieces(String text, Random random, int most) {
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < text.length(); ) {
            int end = Math.min(text.length(), i + 1 + random.nextInt(most));
            pieces.add(text.substring(i, end));
            i = end;
        }
        return pieces;
    }
}
