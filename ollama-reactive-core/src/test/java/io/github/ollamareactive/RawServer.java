// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** A server of bare sockets: a test decides every byte that it sends, and when. */
final class RawServer implements AutoCloseable {
    /** A request, and the connection it came over. */
    record Request(Peer peer, int number, String method, String path, String body) {
        /** The value of a text field of the body. */
        String field(String name) {
            return body.replaceAll("(?s).*\"" + name + "\":\"([^\"]*)\".*", "$1");
        }
    }

    /** Answers requests. */
    interface Script {
        void answer(Request request) throws IOException;
    }

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *([0-9]+)");

    private final ServerSocket listening;
    private final Script script;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, RawServer::daemon);
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();
    private final Set<Peer> open = ConcurrentHashMap.newKeySet();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Sinks.Many<Integer> gone = Sinks.many().replay().all();
    private volatile boolean readsBodies = true;

    RawServer(Script script) {
        this.script = script;
        try {
            listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept).start();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "raw-server");
        thread.setDaemon(true);
        return thread;
    }

    /** A server that looks at heads alone. */
    RawServer leavingBodiesUnread() {
        readsBodies = false;
        return this;
    }

    /** A whole answer. */
    static String ok(String json) {
        return answer("200 OK", json);
    }

    static String answer(String status, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    String baseUrl() {
        return "http://127.0.0.1:" + port();
    }

    int port() {
        return listening.getLocalPort();
    }

    int accepted() {
        return accepted.get();
    }

    int mostOpen() {
        return mostOpen.get();
    }

    List<Request> requests() {
        return requests;
    }

    /** The numbers of the connections that the client closed, in that order. */
    Flux<Integer> gone() {
        return gone.asFlux();
    }

    private void accept() {
        try {
            while (true) {
                Peer peer = new Peer(listening.accept(), accepted.getAndIncrement());
                open.add(peer);
                mostOpen.accumulateAndGet(open.size(), Math::max);
                daemon(peer::serve).start();
            }
        } catch (SocketException e) {
            // Closed.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        timer.shutdownNow();
        open.forEach(Peer::disconnect);
    }

    /** One connection. */
    final class Peer {
        private final Socket socket;
        private final int number;

        Peer(Socket socket, int number) {
            this.socket = socket;
            this.number = number;
        }

        int number() {
            return number;
        }

        void write(String text) {
            write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void write(byte[] bytes) {
            try {
                socket.getOutputStream().write(bytes);
            } catch (IOException e) {
                // The client went away.
            }
        }

        void later(Duration delay, String text) {
            timer.schedule(() -> write(text), delay.toMillis(), TimeUnit.MILLISECONDS);
        }

        void disconnect() {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void serve() {
            try (socket) {
                InputStream in = socket.getInputStream();
                for (int i = 0; ; i++) {
                    String head = head(in);
                    if (head == null) {
                        break;
                    }
                    String[] words = head.split("[ \r\n]", 3);
                    Matcher length = LENGTH.matcher(head);
                    int bytes = readsBodies && length.find() ? Integer.parseInt(length.group(1)) : 0;
                    byte[] body = in.readNBytes(bytes);
                    Request request =
                            new Request(this, i, words[0], words[1], new String(body, StandardCharsets.UTF_8));
                    requests.add(request);
                    script.answer(request);
                }
            } catch (IOException e) {
                // The client went away.
            } finally {
                open.remove(this);
                gone.emitNext(number, Sinks.EmitFailureHandler.busyLooping(Duration.ofSeconds(5)));
            }
        }

        private static String head(InputStream in) throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int b = in.read();
                if (b < 0) {
                    return null;
                }
                head.write(b);
            }
            return head.toString(StandardCharsets.ISO_8859_1);
        }
    }
}
