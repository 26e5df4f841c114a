// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.server;

import io.github.ollamareactive.OllamaClientConfig;
import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.input.UsageException;
import io.github.ollamareactive.test.recordings.RecordingProxy;
import io.github.ollamareactive.test.recordings.Redaction;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** A proxy that records: prints the name of each recording to standard output, and its line to standard error. */
final class UpstreamRecorder {
    static final String UPSTREAM = "The server to record, in the format of OLLAMA_HOST. Default: OLLAMA_HOST and"
            + " OLLAMA_PORT, else http://127.0.0.1:11434.";

    private UpstreamRecorder() {}

    static AutoCloseable start(Environment environment, String host, int port, @Nullable String upstream, Path folder) {
        String upstreamUrl = upstreamUrl(environment, upstream);
        RecordingProxy proxy;
        try {
            proxy = RecordingProxy.start(host, port, upstreamUrl, folder, Redaction.standard());
        } catch (UncheckedIOException e) {
            throw new UsageException("can't record in " + folder + ": " + e.getMessage());
        }
        environment
                .err()
                .printLine("Recording exchanges from " + proxy.baseUrl() + " to " + upstreamUrl + " in " + folder
                        + "; press Ctrl-C to stop.");
        Disposable subscription = proxy.recordings().subscribe(recording -> {
            environment.err().printLine(RequestLog.line(recording));
            environment.out().printLine(recording.name());
        });
        return () -> {
            proxy.close();
            subscription.dispose();
        };
    }

    /** A proxy in front of the server, which only this program asks. */
    static RecordingProxy proxy(Environment environment, @Nullable String upstream, Path folder) {
        try {
            return RecordingProxy.start(upstreamUrl(environment, upstream), folder);
        } catch (UncheckedIOException e) {
            throw new UsageException("can't record in " + folder + ": " + e.getMessage());
        }
    }

    private static String upstreamUrl(Environment environment, @Nullable String upstream) {
        try {
            OllamaClientConfig config = OllamaClientConfig.fromEnvironment(environment.variables());
            return (upstream == null ? config : config.baseUrl(upstream)).baseUrl();
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
