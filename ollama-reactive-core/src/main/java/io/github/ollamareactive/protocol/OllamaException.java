// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The error of a failed call. Each permitted type stands for one cause of failure, so that a caller can decide how to
 * react:
 *
 * <ul>
 *   <li>{@link Status}: the server refused the request.
 *   <li>{@link Stream}: the answer began and was not completed.
 *   <li>{@link Protocol}: the server sent something that is not an answer.
 *   <li>{@link Connection}: the connection could not be made, or broke.
 *   <li>{@link Timeout}: a time limit was exceeded.
 *   <li>{@link LocalFile}: a file that was to be uploaded could not be read, or changed during the upload.
 * </ul>
 *
 * <p>Every error carries in {@link #partial()} what had arrived before it. A message is never null and never contains a
 * credential or a control character; the accessors, such as {@link Status#serverMessage()}, give texts as they were received. {@link ExceptionFactory} creates the errors and words their messages.
 *
 * <p>All types are in this one file, so that it is the complete list of what a call can fail with.
 */
public abstract sealed class OllamaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Partial partial;

    private OllamaException(String message, @Nullable Throwable cause, Partial partial) {
        super(Excerpts.printable(message), cause);
        this.partial = partial;
    }

    /** {@return what went wrong, for people to read} */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** {@return the part of the answer that had arrived before the failure; {@link Partial#NONE} when there is none} */
    public Partial partial() {
        // Null only after deserialisation: the answer is not serialised with its error.
        return partial == null ? Partial.NONE : partial;
    }

    /**
     * Copies this error with another partial answer, for operators that know more of what had arrived.
     *
     * @param partial what had arrived
     * @return the copy, with this error's message, cause, stack trace and suppressed errors
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

    /** The server answered with a status code other than success. */
    public static final class Status extends OllamaException {
        private static final long serialVersionUID = 1L;

        /** What a refusal means to the caller. */
        public enum Kind {
            /** The model is not installed: pull it, or correct its name. */
            MODEL_NOT_FOUND,
            /** Any other 404: a wrong base URL, or an endpoint that this server does not have. */
            NOT_FOUND,
            /** The model or the server does not support what the request asks for. */
            UNSUPPORTED,
            /** Not signed in, or a wrong key; {@link Status#signinUrl()} may help. */
            UNAUTHORIZED,
            /** The server does not allow it: the cloud is switched off, or the host or origin is not accepted. */
            FORBIDDEN,
            /** Any other 4xx: the request is wrong. */
            BAD_REQUEST,
            /** 402: the account has to pay first. Not repeated. */
            PAYMENT_REQUIRED,
            /** 413: the request is larger than the endpoint takes. */
            TOO_LARGE,
            /** 429: too many requests. */
            RATE_LIMITED,
            /**
             * 429 with the words "usage limit": what the account's plan allows in a time is spent, see {@link Status#quotaWindow()}. Not
             * repeated: no wait of a client's length helps.
             */
            QUOTA_EXCEEDED,
            /** The model repeated a piece over and over, and the server stopped it (since 0.34.1). Not repeated. */
            REPEAT_LIMIT,
            /** 503: the server is busy. */
            OVERLOADED,
            /** Any other 5xx. */
            SERVER_ERROR,
            /** 3xx that was not followed. */
            REDIRECT
        }

        /** See {@link #kind()}. */
        private final Kind kind;
        /** See {@link #status()}. */
        private final int status;
        /** See {@link #reasonPhrase()}. */
        private final String reasonPhrase;
        /** See {@link #serverMessage()}. */
        private final String serverMessage;
        /** See {@link #rawBody()}. */
        private final String rawBody;
        /** See {@link #signinUrl()}. */
        private final @Nullable String signinUrl;
        /** See {@link #location()}. */
        private final @Nullable String location;
        /** See {@link #retryAfter()}. */
        private final @Nullable Duration retryAfter;

        Status(
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
                    getMessage(),
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

        /** {@return what the refusal means} */
        public Kind kind() {
            return kind;
        }

        /** {@return the status code, 300 or above} */
        public int status() {
            return status;
        }

        /** {@return the reason phrase of the status line, possibly empty} */
        public String reasonPhrase() {
            return reasonPhrase;
        }

        /**
         * {@return the server's own words: the text in {@code error}, else the body, else the reason phrase; those of a spent quota name
         * the account, which {@link #getMessage} leaves out}
         */
        public String serverMessage() {
            return serverMessage;
        }

        /**
         * The time that a spent quota is for.
         *
         * @return the server's word before "usage limit", such as {@code session}, {@code hourly} or {@code weekly}; null for other errors and
         *     other words
         */
        public @Nullable String quotaWindow() {
            return kind == Kind.QUOTA_EXCEEDED ? ExceptionFactory.quotaWindow(serverMessage) : null;
        }

        /** {@return the body as it was received, up to the configured limit; possibly empty} */
        public String rawBody() {
            return rawBody;
        }

        /** {@return the URL to sign in at ({@code signin_url} of a 401), or null} */
        public @Nullable String signinUrl() {
            return signinUrl;
        }

        /** {@return the URL that a redirect names ({@code Location}), or null} */
        public @Nullable String location() {
            return location;
        }

        /** {@return how long the server asks to wait (either form of {@code Retry-After}), or null} */
        public @Nullable Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The answer began, with status 200, then failed or ended before it was complete. */
    public static final class Stream extends OllamaException {
        private static final long serialVersionUID = 1L;

        /** Why the answer failed. */
        public enum Reason {
            /** The body ended before the answer was complete. */
            INCOMPLETE,
            /** The server reported an error; {@link Stream#serverMessage()} has its words. */
            REPORTED,
            /** The model repeated a piece over and over, and the server stopped it (since 0.34.1). */
            REPEAT_LIMIT
        }

        /** See {@link #serverMessage()}. */
        private final @Nullable String serverMessage;
        /** See {@link #fragmentBytes()}. */
        private final int fragmentBytes;

        Stream(String message, Partial partial, @Nullable String serverMessage, int fragmentBytes) {
            super(message, null, partial);
            this.serverMessage = serverMessage;
            this.fragmentBytes = fragmentBytes;
        }

        @Override
        Stream copy(Partial partial) {
            return new Stream(getMessage(), partial, serverMessage, fragmentBytes);
        }

        /** {@return why the answer failed} */
        public Reason reason() {
            if (serverMessage == null) {
                return Reason.INCOMPLETE;
            }
            return ExceptionFactory.isRepeatLimit(serverMessage) ? Reason.REPEAT_LIMIT : Reason.REPORTED;
        }

        /** {@return the server's own words in the error line; null when the answer ended without one} */
        public @Nullable String serverMessage() {
            return serverMessage;
        }

        /**
         * {@return how many bytes of an unfinished last line had arrived; 0 when the answer ended between two lines}
         */
        public int fragmentBytes() {
            return fragmentBytes;
        }
    }

    /** The server sent something that is not an answer: text that is not JSON, has the wrong shape, or is too long. */
    public static final class Protocol extends OllamaException {
        private static final long serialVersionUID = 1L;

        /** See {@link #line()}. */
        private final long line;
        /** See {@link #excerpt()}. */
        private final String excerpt;

        Protocol(String message, @Nullable Throwable cause, Partial partial, long line, String excerpt) {
            super(message, cause, partial);
            this.line = line;
            this.excerpt = excerpt;
        }

        @Override
        Protocol copy(Partial partial) {
            return new Protocol(getMessage(), getCause(), partial, line, excerpt);
        }

        /** {@return the number of the malformed line, from 1, blank lines counted; 0 for a single document} */
        public long line() {
            return line;
        }

        /** {@return the beginning of the malformed text, up to the configured limit; possibly empty} */
        public String excerpt() {
            return excerpt;
        }
    }

    /** The connection could not be made, or broke. */
    public static final class Connection extends OllamaException {
        private static final long serialVersionUID = 1L;

        /** What happened to the connection. */
        public enum Problem {
            /** Nothing listens at that address. */
            REFUSED,
            /** The host name has no address. */
            UNKNOWN_HOST,
            /** The TLS handshake failed. */
            TLS,
            /** The other side reset the connection. */
            RESET,
            /**
             * The connection was closed before the end of the answer: the server died, or a proxy reached its limit.
             */
            CUT,
            /** Anything else; see the cause. */
            OTHER
        }

        /** See {@link #problem()}. */
        private final Problem problem;
        /** See {@link #baseUrl()}. */
        private final String baseUrl;

        Connection(String message, @Nullable Throwable cause, Partial partial, Problem problem, String baseUrl) {
            super(message, cause, partial);
            this.problem = problem;
            this.baseUrl = baseUrl;
        }

        @Override
        Connection copy(Partial partial) {
            return new Connection(getMessage(), getCause(), partial, problem, baseUrl);
        }

        /** {@return what happened} */
        public Problem problem() {
            return problem;
        }

        /** {@return the server's base URL, without credentials} */
        public String baseUrl() {
            return baseUrl;
        }
    }

    /** A time limit was exceeded. */
    public static final class Timeout extends OllamaException {
        private static final long serialVersionUID = 1L;

        /** What the limit applied to. */
        public enum Phase {
            /** Making the connection. */
            CONNECT,
            /**
             * The first bytes of the answer; queueing, loading the model and reading the prompt belong to this phase.
             */
            FIRST_EVENT,
            /** The time between two parts of an answer that has begun. */
            IDLE,
            /** The whole exchange. */
            TOTAL
        }

        /** See {@link #phase()}. */
        private final Phase phase;
        /** See {@link #limit()}. */
        private final Duration limit;

        Timeout(String message, @Nullable Throwable cause, Partial partial, Phase phase, Duration limit) {
            super(message, cause, partial);
            this.phase = phase;
            this.limit = limit;
        }

        @Override
        Timeout copy(Partial partial) {
            return new Timeout(getMessage(), getCause(), partial, phase, limit);
        }

        /** {@return the phase that took too long} */
        public Phase phase() {
            return phase;
        }

        /** {@return the limit that was exceeded} */
        public Duration limit() {
            return limit;
        }
    }

    /**
     * A file that was to be uploaded could not be read, or changed during the upload. The server has stored nothing.
     */
    public static final class LocalFile extends OllamaException {
        private static final long serialVersionUID = 1L;

        /** See {@link #file()}. */
        private final String file;

        LocalFile(String message, @Nullable Throwable cause, Partial partial, String file) {
            super(message, cause, partial);
            this.file = file;
        }

        @Override
        LocalFile copy(Partial partial) {
            return new LocalFile(getMessage(), getCause(), partial, file);
        }

        /** {@return the path of the file} */
        public String file() {
            return file;
        }
    }
}
