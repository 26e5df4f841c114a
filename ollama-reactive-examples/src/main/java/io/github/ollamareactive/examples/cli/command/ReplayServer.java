// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.command;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.Pace;
import io.github.ollamareactive.test.recordings.Recording;

/** A server in this process that answers every request with one recording. */
final class ReplayServer implements AutoCloseable {
    private final OllamaTestServer server;

    private ReplayServer(OllamaTestServer server) {
        this.server = server;
    }

    static ReplayServer start(String recordingName, Pace pace) {
        Recording recording = Recording.bundled(recordingName);
        OllamaTestServer server = OllamaTestServer.start();
        server.answer(recording.method(), recording.path(), Answer.of(recording).pace(pace));
        return new ReplayServer(server);
    }

    String baseUrl() {
        return server.baseUrl();
    }

    @Override
    public void close() {
        server.close();
    }
}
