// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A server that answers one call when a test says so, and has no timers of its own: time may be virtual. */
final class ScriptedSocket implements AutoCloseable {
    private final ServerSocket server;
    private Socket connection;

    ScriptedSocket(InetAddress address) throws IOException {
        server = new ServerSocket(0, 1, address);
        server.setSoTimeout(20_000);
    }

    static ScriptedSocket local() throws IOException {
        return new ScriptedSocket(InetAddress.getByName("127.0.0.1"));
    }

    int port() {
        return server.getLocalPort();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + port();
    }

    /** Waits for a request and gives its head. */
    String request() throws IOException {
        connection = server.accept();
        connection.setSoTimeout(20_000);
        BufferedReader in = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
        StringBuilder head = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            head.append(line).append('\n');
        }
        return head.toString();
    }

    void send(String text) {
        try {
            connection.getOutputStream().write(text.getBytes(UTF_8));
            connection.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        if (connection != null) {
            connection.close();
        }
    }
}
