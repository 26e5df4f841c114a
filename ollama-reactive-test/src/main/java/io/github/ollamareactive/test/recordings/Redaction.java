// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.recordings;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.test.internal.http.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@link RecordingProxy} does not write to recordings. It looks at names and forms, not at meaning: read recordings
 * before you publish them.
 *
 * <ul>
 *   <li>Headers whose name contains auth, cookie, token, key, secret, password, passwd, credential, session, signature, bearer
 *       or jwt are left out.
 *   <li>In the request's path, in other headers ({@code Referer}, {@code Location}) and in bodies, asterisks replace the values
 *       of query parameters and, in bodies, of JSON texts named like a credential ({@code api_key}, {@code access_token},
 *       {@code client_secret}, {@code password}, {@code authorization} …; also key, sig, signature, session, auth and code in
 *       queries); user and password in URLs; and what stands behind {@code Bearer} or {@code Basic}.
 * </ul>
 *
 * <p>There are as many asterisks as bytes, so lengths and chunks stay as they were. The {@code token} of a log probability
 * stays. Compressed bodies, credentials in other encodings, and JSON values that are no texts are not recognised.
 */
public final class Redaction {

    private static final Pattern HEADER_WORDS =
            Pattern.compile("auth|cookie|token|key|secret|password|passwd|credential|session|signature|bearer|jwt");
    private static final Pattern NAMES = Pattern.compile(
            "(.*(apikey|accesskey|secretkey|privatekey|subscriptionkey|token|secret|password|passwd|passphrase|jwt))"
                    + "|pwd|(x|proxy)?authorization|bearer|credentials?|cookie|sessionid|clientassertion");
    private static final Pattern QUERY_NAMES = Pattern.compile("key|sig|.*signature|session|auth|code|credentials?");

    private static final Pattern QUERY = Pattern.compile("[?&;]([\\w.%\\[\\]-]{1,64})=([^&#;\\s\"'<>\\\\]+)");
    private static final Pattern USER_INFO = Pattern.compile("://([^/?#\\s\"'<>@\\\\]{1,512})@");
    private static final Pattern SCHEME =
            Pattern.compile("(?i)\\b(?:bearer|basic) +((?=[^\\s]{0,512}\\d)[\\w.~+/=-]{8,})");
    private static final Pattern JSON_TEXT = Pattern.compile("\"([\\w.-]{1,64})\\\\*\"\\s*:\\s*(\\\\*)\"");
    private static final Pattern LOG_PROBABILITY = Pattern.compile("\\s*,\\s*\\\\*\"logprob\\\\*\"");

    private final Predicate<String> moreNames;
    private final List<Pattern> moreTexts;

    private Redaction(Predicate<String> moreNames, List<Pattern> moreTexts) {
        this.moreNames = moreNames;
        this.moreTexts = List.copyOf(moreTexts);
    }

    /**
     * The redaction described above.
     *
     * @return the redaction
     */
    public static Redaction standard() {
        return new Redaction(name -> false, List.of());
    }

    /**
     * Redacts also what has one of these names: headers, query parameters, texts in JSON.
     *
     * @param names tells of a name, in lower case, whether it is that of a credential
     * @return the redaction
     */
    public Redaction andNames(Predicate<String> names) {
        return new Redaction(moreNames.or(requireNonNull(names, "names")), moreTexts);
    }

    /**
     * Redacts also what this expression matches, in the path, headers and bodies.
     *
     * @param text the expression; only ASCII can be matched. If it has groups, the first group is redacted
     * @return the redaction
     */
    public Redaction andTexts(Pattern text) {
        List<Pattern> all = new ArrayList<>(moreTexts);
        all.add(requireNonNull(text, "text"));
        return new Redaction(moreNames, all);
    }

    Map<String, List<String>> headers(Map<String, List<String>> headers) {
        Map<String, List<String>> kept = new LinkedHashMap<>();
        headers.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (!HEADER_WORDS.matcher(lower).find() && !moreNames.test(lower)) {
                kept.put(name, values.stream().map(this::text).toList());
            }
        });
        return kept;
    }

    String text(String text) {
        return body(Bytes.of(text)).text();
    }

    List<RecordedChunk> chunks(List<RecordedChunk> chunks) {
        byte[] all = body(Bytes.join(chunks.stream().map(RecordedChunk::content).toList()))
                .array();
        List<RecordedChunk> redacted = new ArrayList<>();
        int from = 0;
        for (RecordedChunk chunk : chunks) {
            int to = from + chunk.content().size();
            redacted.add(new RecordedChunk(chunk.at(), Bytes.of(Arrays.copyOfRange(all, from, to))));
            from = to;
        }
        return redacted;
    }

    /** One character for each byte, so that positions in the text are those in the body. */
    Bytes body(Bytes body) {
        StringBuilder text = new StringBuilder(new String(body.array(), ISO_8859_1));
        maskJson(text);
        for (Matcher query = QUERY.matcher(text.toString()); query.find(); ) {
            if (isCredential(query.group(1), true)) {
                mask(text, query.start(2), query.end(2));
            }
        }
        List<Pattern> patterns = new ArrayList<>(List.of(USER_INFO, SCHEME));
        patterns.addAll(moreTexts);
        for (Pattern pattern : patterns) {
            for (Matcher found = pattern.matcher(text.toString()); found.find(); ) {
                int group = found.groupCount() == 0 || found.start(1) < 0 ? 0 : 1;
                mask(text, found.start(group), found.end(group));
            }
        }
        return Bytes.of(text.toString().getBytes(ISO_8859_1));
    }

    private void maskJson(StringBuilder text) {
        Matcher field = JSON_TEXT.matcher(text.toString());
        while (field.find()) {
            if (isCredential(field.group(1), false)) {
                int end = endOfText(text, field.end(), field.group(2).length());
                if (!LOG_PROBABILITY
                        .matcher(text)
                        .region(Math.min(end + 1, text.length()), text.length())
                        .lookingAt()) {
                    int last = end;
                    while (last > field.end() && text.charAt(last - 1) == '\\') {
                        last--;
                    }
                    mask(text, field.end(), last);
                }
            }
        }
    }

    /** The index of the quotation mark that ends a text; JSON within JSON has backslashes before its quotation marks. */
    private static int endOfText(StringBuilder text, int from, int backslashes) {
        int before = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && (backslashes == 0 ? before % 2 == 0 : before <= backslashes)) {
                return i;
            }
            before = c == '\\' ? before + 1 : 0;
        }
        return text.length();
    }

    private boolean isCredential(String name, boolean inQuery) {
        String lower = name.toLowerCase(Locale.ROOT);
        String letters = lower.replaceAll("%[0-9a-f]{2}|[^a-z0-9]", "");
        return NAMES.matcher(letters).matches()
                || (inQuery && QUERY_NAMES.matcher(letters).matches())
                || moreNames.test(lower);
    }

    private static void mask(StringBuilder text, int from, int to) {
        for (int i = from; i < to; i++) {
            text.setCharAt(i, '*');
        }
    }
}
