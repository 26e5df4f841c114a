// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.internal.http.Bytes;
import io.github.ollamareactive.test.recordings.Recording;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An HTTP client on a plain socket, which sees every chunk and how the connection ends. */
public final class RawClient implements AutoCloseable {

    public static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final StringBuilder moreHeaders = new StringBuilder();

    /** The response to a POST request that a server answers with this answer. */
    public static Response post(Answer answer, String path, String body) throws IOException {
        try (OllamaTestServer server = OllamaTestServer.start().answer("POST", path, answer);
                RawClient client = new RawClient(server)) {
            return client.send("POST", path, body).receive();
        }
    }

    public RawClient(OllamaTestServer server) throws IOException {
        this(server, 0);
    }

    public RawClient(int port) throws IOException {
        this(port, 0);
    }

    /** With a receive buffer of this size, 0 for the default. */
    public RawClient(OllamaTestServer server, int receiveBuffer) throws IOException {
        this(server.port(), receiveBuffer);
    }

    private RawClient(int port, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    public record Head(int status, String reason, Map<String, String> headers) {
        public boolean chunked() {
            return "chunked".equals(headers.get("Transfer-Encoding"));
        }

        public long length() {
            return Long.parseLong(headers.getOrDefault("Content-Length", "0"));
        }
    }

    /** A response. The pieces are the chunks of a chunked body, or one piece; truncated when the connection ended before. */
    public record Response(Head head, List<Bytes> pieces, boolean truncated) {
        public Bytes body() {
            return Bytes.join(pieces);
        }
    }

    /** Adds a header to all following requests. */
    public RawClient header(String name, String value) {
        moreHeaders.append(name).append(": ").append(value).append("\r\n");
        return this;
    }

    public RawClient send(String method, String path, byte[] body) throws IOException {
        String head = method + " " + path + " HTTP/1.1\r\nHost: test\r\nX-Asked: Yes\r\n" + moreHeaders
                + (body.length > 0 ? "Content-Length: " + body.length + "\r\n" : "") + "\r\n";
        socket.getOutputStream().write(head.getBytes(ISO_8859_1));
        socket.getOutputStream().write(body);
        return this;
    }

    public RawClient send(String method, String path, String body) throws IOException {
        return send(method, path, body.getBytes(UTF_8));
    }

    public RawClient get(String path) throws IOException {
        return send("GET", path, "");
    }

    public RawClient send(Recording recording) throws IOException {
        String body = recording.requestBody();
        return send(recording.method(), recording.path(), body == null ? "" : body);
    }

    public Response receive(boolean bodyless) throws IOException {
        Head head = readHead();
        List<Bytes> pieces = new ArrayList<>();
        if (bodyless) {
            return new Response(head, pieces, false);
        }
        if (!head.chunked()) {
            byte[] body = in.readNBytes((int) head.length());
            return new Response(head, List.of(Bytes.of(body)), body.length < head.length());
        }
        try {
            for (Bytes chunk = readChunk(); chunk.size() > 0; chunk = readChunk()) {
                pieces.add(chunk);
            }
            return new Response(head, pieces, false);
        } catch (EOFException e) {
            return new Response(head, pieces, true);
        }
    }

    public Response receive() throws IOException {
        return receive(false);
    }

    public Head readHead() throws IOException {
        String[] status = readLine().split(" ", 3);
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return new Head(Integer.parseInt(status[1]), status[2], headers);
    }

    public int readChunkSize() throws IOException {
        return Integer.parseInt(readLine(), 16);
    }

    /** The payload of the next chunk; empty for the terminator. */
    public Bytes readChunk() throws IOException {
        int size = readChunkSize();
        byte[] chunk = readExactly(size);
        if (!readLine().isEmpty()) {
            throw new IOException("a chunk of " + size + " bytes is not followed by CRLF");
        }
        return Bytes.of(chunk);
    }

    public byte[] readExactly(int size) throws IOException {
        byte[] bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException();
        }
        return bytes;
    }

    /** The next byte; -1 when the connection was closed. */
    public int read() throws IOException {
        return in.read();
    }

    /** Reads fail with a SocketTimeoutException after this time. */
    public RawClient readTimeout(int millis) throws IOException {
        socket.setSoTimeout(millis);
        return this;
    }

    private String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    /** Closes the connection in the middle of a test. */
    public void disconnect() throws IOException {
        socket.close();
    }

    @Override
    public void close() throws IOException {
        disconnect();
    }
}
