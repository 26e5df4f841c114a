// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a call can fail with, ordered by what the caller can do about it.
 *
 * <p>Six kinds, sealed: {@link Status} (the server refused), {@link Stream} (the answer broke off), {@link Protocol} (the
 * bytes make no sense), {@link Connection} (the way to the server), {@link Timeout}, and {@link LocalFile} (a file that was to
 * be uploaded). Each carries in
 * {@link #partial()} what had arrived until then. A message is never null and never holds a credential.
 */
public abstract sealed class OllamaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Partial partial;

    private OllamaException(String message, @Nullable Throwable cause, Partial partial) {
        super(message, cause);
        this.partial = partial;
    }

    /**
     * What had arrived before the failure.
     *
     * @return the partial answer, {@link Partial#NONE} when there is none
     */
    public Partial partial() {
        // Null after deserialisation only: an answer isn't serialised with its error.
        return partial == null ? Partial.NONE : partial;
    }

    /**
     * The same error with another partial answer, for operators that know more of what had arrived.
     *
     * @param partial what had arrived
     * @return a copy, stack trace and suppressed errors kept
     */
    public final OllamaException with(Partial partial) {
        OllamaException copy = copy(partial);
        copy.setStackTrace(getStackTrace());
        for (Throwable suppressed : getSuppressed()) {
            copy.addSuppressed(suppressed);
        }
        return copy;
    }

    abstract OllamaException copy(Partial partial);

    /** The server answered with a status that is no success. */
    public static final class Status extends OllamaException {
        private static final long serialVersionUID = 1L;

        /** What a refusal means to the caller. */
        public enum Kind {
            /** The model isn't installed: pull it, or mend its name. */
            MODEL_NOT_FOUND,
            /** A 404 about anything else: a wrong base URL or an endpoint that this server doesn't have. */
            NOT_FOUND,
            /** The model or the server can't do what was asked for. */
            UNSUPPORTED,
            /** Not signed in, or a wrong key; {@link Status#signinUrl()} may help. */
            UNAUTHORIZED,
            /** Refused: cloud switched off, or a host or origin that the server doesn't accept. */
            FORBIDDEN,
            /** Any other 4xx: the request is wrong. */
            BAD_REQUEST,
            /** 429: too many requests. */
            RATE_LIMITED,
            /** 503: the server is busy. */
            OVERLOADED,
            /** Any other 5xx. */
            SERVER_ERROR,
            /** 3xx, not followed. */
            REDIRECT
        }

        /** As {@link #kind()} gives it. */
        private final Kind kind;
        /** As {@link #status()} gives it. */
        private final int status;
        /** As {@link #reasonPhrase()} gives it. */
        private final String reasonPhrase;
        /** As {@link #serverMessage()} gives it. */
        private final String serverMessage;
        /** As {@link #rawBody()} gives it. */
        private final String rawBody;
        /** As {@link #signinUrl()} gives it. */
        private final @Nullable String signinUrl;
        /** As {@link #location()} gives it. */
        private final @Nullable String location;
        /** As {@link #retryAfter()} gives it. */
        private final @Nullable Duration retryAfter;

        /**
         * Describes a refusal.
         *
         * @param request what was sent where, as {@code POST http://127.0.0.1:11434/api/chat}
         * @param kind what it means
         * @param status the status code
         * @param reasonPhrase the status line's words
         * @param serverMessage the server's own words
         * @param rawBody the body as it came, capped
         * @param signinUrl where to sign in, if the server said
         * @param location where a redirect points to
         * @param retryAfter how long the server asks to wait
         */
        public Status(
                String request,
                Kind kind,
                int status,
                String reasonPhrase,
                String serverMessage,
                String rawBody,
                @Nullable String signinUrl,
                @Nullable String location,
                @Nullable Duration retryAfter) {
            this(
                    status + " " + reasonPhrase + ": " + serverMessage + " (" + request + ")",
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

        private Status(
                String message,
                Partial partial,
                Kind kind,
                int status,
                String reasonPhrase,
                String serverMessage,
                String rawBody,
                @Nullable String signinUrl,
                @Nullable String location,
                @Nullable Duration retryAfter) {
            super(message, null, partial);
            this.kind = kind;
            this.status = status;
            this.reasonPhrase = reasonPhrase;
            this.serverMessage = serverMessage;
            this.rawBody = rawBody;
            this.signinUrl = signinUrl;
            this.location = location;
            this.retryAfter = retryAfter;
        }

        @Override
        Status copy(Partial partial) {
            return new Status(
                    String.valueOf(getMessage()),
                    partial,
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
         * What the refusal means.
         *
         * @return its kind
         */
        public Kind kind() {
            return kind;
        }

        /**
         * The status code.
         *
         * @return 300 or above
         */
        public int status() {
            return status;
        }

        /**
         * The words of the status line.
         *
         * @return the phrase, possibly empty
         */
        public String reasonPhrase() {
            return reasonPhrase;
        }

        /**
         * The server's own words: the text in {@code error}, else the body, else the reason phrase.
         *
         * @return the words
         */
        public String serverMessage() {
            return serverMessage;
        }

        /**
         * The body as it came, capped at the configured length.
         *
         * @return the body's text, possibly empty
         */
        public String rawBody() {
            return rawBody;
        }

        /**
         * Where to sign in ({@code signin_url} of a 401).
         *
         * @return the URL, or null
         */
        public @Nullable String signinUrl() {
            return signinUrl;
        }

        /**
         * Where a redirect points to ({@code Location}).
         *
         * @return the URL, or null
         */
        public @Nullable String location() {
            return location;
        }

        /**
         * How long the server asks to wait ({@code Retry-After}, of either form).
         *
         * @return the time, or null
         */
        public @Nullable Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The answer was on its way, with status 200, and then failed or stopped short of its end. */
    public static final class Stream extends OllamaException {
        private static final long serialVersionUID = 1L;

        /** As {@link #serverMessage()} gives it. */
        private final @Nullable String serverMessage;
        /** As {@link #fragmentBytes()} gives it. */
        private final int fragmentBytes;

        private Stream(String message, Partial partial, @Nullable String serverMessage, int fragmentBytes) {
            super(message, null, partial);
            this.serverMessage = serverMessage;
            this.fragmentBytes = fragmentBytes;
        }

        /**
         * The server reported an error inside of its answer.
         *
         * @param serverMessage its words
         * @return the error
         */
        public static Stream reported(String serverMessage) {
            return new Stream("the server broke off with an error: " + serverMessage, Partial.NONE, serverMessage, 0);
        }

        /**
         * The body ended although the answer wasn't complete.
         *
         * @param missing what was missing, as {@code "done"}
         * @param fragmentBytes how many bytes of a cut line were left over; 0 when the body ended after a whole line
         * @return the error
         */
        public static Stream incomplete(String missing, int fragmentBytes) {
            return new Stream(
                    "the answer ended without " + missing
                            + (fragmentBytes == 0 ? "" : ", its last part cut after " + fragmentBytes + " bytes"),
                    Partial.NONE,
                    null,
                    fragmentBytes);
        }

        @Override
        Stream copy(Partial partial) {
            return new Stream(String.valueOf(getMessage()), partial, serverMessage, fragmentBytes);
        }

        /**
         * The words of the error line.
         *
         * @return the server's words; null when the answer just ended
         */
        public @Nullable String serverMessage() {
            return serverMessage;
        }

        /**
         * How many bytes of an unfinished last line had come.
         *
         * @return the number of bytes, 0 when the answer ended between two lines
         */
        public int fragmentBytes() {
            return fragmentBytes;
        }
    }

    /** The server sent what is no answer: a line that is no JSON, of the wrong shape, or too long. */
    public static final class Protocol extends OllamaException {
        private static final long serialVersionUID = 1L;

        /** As {@link #line()} gives it. */
        private final long line;
        /** As {@link #excerpt()} gives it. */
        private final String excerpt;

        /**
         * Describes a malformed answer.
         *
         * @param problem what is wrong
         * @param line the line's number from 1; 0 for an answer that isn't made of lines
         * @param excerpt the beginning of the malformed text, shortened
         * @param cause what the JSON reader said, or null
         */
        public Protocol(String problem, long line, String excerpt, @Nullable Throwable cause) {
            this(
                    problem + (line == 0 ? "" : " in line " + line) + (excerpt.isEmpty() ? "" : ": " + excerpt),
                    cause,
                    Partial.NONE,
                    line,
                    excerpt);
        }

        private Protocol(String message, @Nullable Throwable cause, Partial partial, long line, String excerpt) {
            super(message, cause, partial);
            this.line = line;
            this.excerpt = excerpt;
        }

        @Override
        Protocol copy(Partial partial) {
            return new Protocol(String.valueOf(getMessage()), getCause(), partial, line, excerpt);
        }

        /**
         * Which line was malformed or too long.
         *
         * @return its number from 1, blank lines counted; 0 for a single document
         */
        public long line() {
            return line;
        }

        /**
         * The beginning of what was malformed.
         *
         * @return at most 200 characters
         */
        public String excerpt() {
            return excerpt;
        }
    }

    /** The connection couldn't be made, or broke. */
    public static final class Connection extends OllamaException {
        private static final long serialVersionUID = 1L;

        /** What happened to the connection. */
        public enum Problem {
            /** Nobody listens at that address. */
            REFUSED,
            /** The host's name has no address. */
            UNKNOWN_HOST,
            /** The encrypted connection couldn't be made. */
            TLS,
            /** The other side reset the connection. */
            RESET,
            /** The connection was closed before the answer's end: a server that died, or a proxy's limit. */
            CUT,
            /** Anything else; see the cause. */
            OTHER
        }

        /** As {@link #problem()} gives it. */
        private final Problem problem;
        /** As {@link #baseUrl()} gives it. */
        private final String baseUrl;

        /**
         * Describes a failed connection.
         *
         * @param problem what happened
         * @param baseUrl the server's base URL, without credentials
         * @param message what to tell people
         * @param cause what the network said
         */
        public Connection(Problem problem, String baseUrl, String message, @Nullable Throwable cause) {
            this(problem, baseUrl, message, cause, Partial.NONE);
        }

        private Connection(
                Problem problem, String baseUrl, String message, @Nullable Throwable cause, Partial partial) {
            super(message, cause, partial);
            this.problem = problem;
            this.baseUrl = baseUrl;
        }

        @Override
        Connection copy(Partial partial) {
            return new Connection(problem, baseUrl, String.valueOf(getMessage()), getCause(), partial);
        }

        /**
         * What happened.
         *
         * @return the problem
         */
        public Problem problem() {
            return problem;
        }

        /**
         * Where the server was looked for.
         *
         * @return the base URL, without credentials
         */
        public String baseUrl() {
            return baseUrl;
        }
    }

    /** Nothing came for too long. */
    public static final class Timeout extends OllamaException {
        private static final long serialVersionUID = 1L;

        /** What was waited for. */
        public enum Phase {
            /** The connection. */
            CONNECT,
            /** The answer's first bytes: queueing, loading the model and reading the prompt happen here. */
            FIRST_EVENT,
            /** More of an answer that had begun. */
            IDLE,
            /** The end of the answer. */
            TOTAL
        }

        /** As {@link #phase()} gives it. */
        private final Phase phase;
        /** As {@link #limit()} gives it. */
        private final Duration limit;

        /**
         * Describes a time limit that was passed.
         *
         * @param phase what was waited for
         * @param limit how long
         * @param request what was sent where
         * @param cause what the network said, or null
         */
        public Timeout(Phase phase, Duration limit, String request, @Nullable Throwable cause) {
            this(phase, limit, message(phase, limit, request), cause, Partial.NONE);
        }

        private Timeout(Phase phase, Duration limit, String message, @Nullable Throwable cause, Partial partial) {
            super(message, cause, partial);
            this.phase = phase;
            this.limit = limit;
        }

        private static String message(Phase phase, Duration limit, String request) {
            String what = switch (phase) {
                case CONNECT -> "no connection";
                case FIRST_EVENT -> "no answer";
                case IDLE -> "the answer stood still";
                case TOTAL -> "the answer didn't end";
            };
            return what + " for " + limit.toMillis() / 1000.0 + " s (" + request + ")";
        }

        @Override
        Timeout copy(Partial partial) {
            return new Timeout(phase, limit, String.valueOf(getMessage()), getCause(), partial);
        }

        /**
         * What was waited for.
         *
         * @return the phase
         */
        public Phase phase() {
            return phase;
        }

        /**
         * How long it was waited for.
         *
         * @return the limit
         */
        public Duration limit() {
            return limit;
        }
    }

    /** A file that was to be uploaded can't be read, or changed while it was sent. Nothing was stored on the server. */
    public static final class LocalFile extends OllamaException {
        private static final long serialVersionUID = 1L;

        /** As {@link #file()} gives it. */
        private final String file;

        /**
         * Describes the trouble with a file.
         *
         * @param file its path
         * @param problem what is wrong with it
         * @param cause what the file system said, or null
         */
        public LocalFile(String file, String problem, @Nullable Throwable cause) {
            this(file, file + ": " + problem, cause, Partial.NONE);
        }

        private LocalFile(String file, String message, @Nullable Throwable cause, Partial partial) {
            super(message, cause, partial);
            this.file = file;
        }

        @Override
        LocalFile copy(Partial partial) {
            return new LocalFile(file, String.valueOf(getMessage()), getCause(), partial);
        }

        /**
         * Which file.
         *
         * @return its path
         */
        public String file() {
            return file;
        }
    }
}
