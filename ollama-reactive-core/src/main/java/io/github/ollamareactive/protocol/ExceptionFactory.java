// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import io.github.ollamareactive.protocol.OllamaException.Connection;
import io.github.ollamareactive.protocol.OllamaException.LocalFile;
import io.github.ollamareactive.protocol.OllamaException.Protocol;
import io.github.ollamareactive.protocol.OllamaException.Status;
import io.github.ollamareactive.protocol.OllamaException.Stream;
import io.github.ollamareactive.protocol.OllamaException.Timeout;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Creates every {@link OllamaException} and words its message. The errors have no partial answer yet:
 * {@link OllamaException#with} adds it.
 */
public final class ExceptionFactory {
    // The words aren't promised by the server: they were seen in reports of servers and of the cloud up to October
    // 2026.
    private static final Pattern QUOTA = Pattern.compile(
            "(?i)(?:\\b(session|[\\w-]*(?:hour|day|dai|week|month|year)[\\w-]*)\\s+)?\\busage limits?\\b");
    private static final Pattern ACCOUNT = Pattern.compile("(?i)\\byou \\([^)]*\\)");

    private ExceptionFactory() {}

    /**
     * The server answered with a status code other than success.
     *
     * @param request method and URL, as {@code POST http://127.0.0.1:11434/api/chat}
     * @param kind what the refusal means
     * @param status the status code
     * @param reasonPhrase the reason phrase of the status line
     * @param serverMessage the server's own words
     * @param remark what else there is to say, to follow them; possibly empty
     * @param rawBody the body as it was received, up to the configured limit
     * @param signinUrl the URL to sign in at, or null
     * @param location the URL that a redirect names, or null
     * @param retryAfter how long the server asks to wait, or null
     * @return the error
     */
    public static Status status(
            String request,
            Status.Kind kind,
            int status,
            String reasonPhrase,
            String serverMessage,
            String remark,
            String rawBody,
            @Nullable String signinUrl,
            @Nullable String location,
            @Nullable Duration retryAfter) {
        String words = serverMessage.equals(reasonPhrase) ? "" : ": " + shown(withoutAccount(serverMessage));
        String message = (status + " " + shown(reasonPhrase)).strip() + words + remark + " (" + request + ")";
        return new Status(
                message,
                Partial.NONE,
                kind,
                status,
                reasonPhrase,
                serverMessage,
                rawBody,
                signinUrl,
                location,
                retryAfter);
    }

    /**
     * The server reported an error within its answer.
     *
     * @param serverMessage the server's own words
     * @return the error
     */
    public static Stream reported(String serverMessage) {
        return new Stream(
                "the server broke off with an error: " + withoutAccount(serverMessage), Partial.NONE, serverMessage, 0);
    }

    /**
     * The body ended before the answer was complete.
     *
     * @param missing what is missing, as {@code "done"}
     * @param fragmentBytes how many bytes of an unfinished line had arrived; 0 when the body ended after a whole line
     * @return the error
     */
    public static Stream incomplete(String missing, int fragmentBytes) {
        String message = "the answer ended without " + missing
                + (fragmentBytes == 0 ? "" : ", its last part cut after " + fragmentBytes + " bytes");
        return new Stream(message, Partial.NONE, null, fragmentBytes);
    }

    /**
     * The server sent something that is not an answer.
     *
     * @param problem what is wrong
     * @param line the number of the line, from 1; 0 for an answer that is not made of lines
     * @param excerpt the beginning of the malformed text, shortened
     * @param cause the error of the JSON parser, or null
     * @return the error
     */
    public static Protocol malformed(String problem, long line, String excerpt, @Nullable Throwable cause) {
        String message =
                problem + (line == 0 ? "" : " in line " + line) + (excerpt.isEmpty() ? "" : ": " + shown(excerpt));
        return new Protocol(message, cause, Partial.NONE, line, excerpt);
    }

    /**
     * The connection could not be made, or broke.
     *
     * @param problem what happened
     * @param baseUrl the server's base URL, without credentials
     * @param message the whole message
     * @param cause the error of the network, or null
     * @return the error
     */
    public static Connection connection(
            Connection.Problem problem, String baseUrl, String message, @Nullable Throwable cause) {
        return new Connection(message, cause, Partial.NONE, problem, baseUrl);
    }

    /**
     * A time limit was exceeded.
     *
     * @param phase what the limit applied to
     * @param limit the limit; zero when it is not known
     * @param request method and URL
     * @param cause the error of the network, or null
     * @return the error
     */
    public static Timeout timeout(Timeout.Phase phase, Duration limit, String request, @Nullable Throwable cause) {
        String what = switch (phase) {
            case CONNECT -> "no connection";
            case FIRST_EVENT -> "no answer";
            case IDLE -> "the answer stood still";
            case TOTAL -> "the answer didn't end";
        };
        String message =
                what + (limit.isZero() ? "" : " for " + limit.toMillis() / 1000.0 + " s") + " (" + request + ")";
        return new Timeout(message, cause, Partial.NONE, phase, limit);
    }

    /**
     * A file that was to be uploaded could not be read, or changed during the upload.
     *
     * @param file the path of the file
     * @param problem what is wrong with it
     * @param cause the error of the file system, or null
     * @return the error
     */
    public static LocalFile localFile(String file, String problem, @Nullable Throwable cause) {
        return new LocalFile(file + ": " + problem, cause, Partial.NONE, file);
    }

    /** Text of the server as a message shows it: on one line, and nothing of what is no text. */
    private static String shown(String text) {
        String line = text.replaceAll("[\\r\\n\\t]+", " ");
        return line.chars().anyMatch(Character::isISOControl) ? "binary data" : line;
    }

    /**
     * Whether the words are those of a spent quota.
     *
     * @param words the server's words
     * @return true if they name a usage limit
     */
    public static boolean isQuota(String words) {
        return QUOTA.matcher(words).find();
    }

    /**
     * The time that a spent quota is for.
     *
     * @param words the server's words
     * @return the word before "usage limit" in lower case if it is a time; else null
     */
    static @Nullable String quotaWindow(String words) {
        Matcher quota = QUOTA.matcher(words);
        String window = quota.find() ? quota.group(1) : null;
        return window == null ? null : window.toLowerCase(Locale.ROOT);
    }

    /**
     * Whether the words say that the model repeated itself.
     *
     * @param words the server's words
     * @return true if they are the repeat guard's
     */
    public static boolean isRepeatLimit(String words) {
        return words.contains("token repeat limit");
    }

    /** The words without the name of the account, which has no place in a log. */
    static String withoutAccount(String words) {
        return isQuota(words) ? ACCOUNT.matcher(words).replaceAll("you") : words;
    }
}
