// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.server.BlobEvent;
import io.github.ollamareactive.server.BlobEvent.AlreadyThere;
import io.github.ollamareactive.server.BlobEvent.Stored;
import io.github.ollamareactive.server.BlobEvent.Uploading;
import io.github.ollamareactive.server.CreateRequest;
import io.github.ollamareactive.server.ProgressEvent;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.ReceivedRequest;
import io.github.ollamareactive.wire.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Hooks;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** Uploads: a file is digested, looked for at the server, and sent; if it changes meanwhile, the server never has the whole. */
@SuppressWarnings("deprecation") // older servers take the fields
final class BlobsTest {
    private static final Duration LIMIT = Duration.ofSeconds(50);
    private static final String EMPTY_DIGEST =
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @TempDir
    Path folder;

    private final OllamaTestServer server = OllamaTestServer.start();
    private final OllamaClient client = OllamaClient.create(server.baseUrl());

    @BeforeEach
    void acceptEveryUpload() {
        server.otherwise(r -> r.path().equals("/api/create")
                ? Answer.ndjson("{\"status\":\"success\"}")
                : Answer.of(r.method().equals("HEAD") ? 404 : 201));
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private static String digest(byte[] bytes) throws Exception {
        return "sha256:"
                + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private List<ReceivedRequest> posts() {
        return server.requests().stream().filter(r -> r.method().equals("POST")).toList();
    }

    @Test
    void aFileIsHashedAndSent() throws Exception {
        byte[] bytes = "x".repeat(300_000).getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("f"), bytes);
        List<BlobEvent> events = client.pushBlob(file).collectList().block(LIMIT);
        assertThat(events.get(events.size() - 1)).isEqualTo(new Stored(digest(bytes)));
        assertThat(events.subList(0, events.size() - 1)).allSatisfy(e -> {
            Uploading uploading = (Uploading) e;
            assertThat(uploading.total()).isEqualTo(300_000);
            assertThat(uploading.sent()).isBetween(1L, 300_000L);
        });
        assertThat(posts().get(0).bodyBytes()).isEqualTo(bytes);
        assertThat(posts().get(0).path()).isEqualTo("/api/blobs/" + digest(bytes));
        assertThat(posts().get(0).header("Content-Length")).hasValue("300000");
        assertThat(posts().get(0).header("Transfer-Encoding")).isEmpty();
        assertThat(posts().get(0).header("Content-Type")).hasValue("application/octet-stream");
    }

    @Test
    void b7ASubscriberThatAsksLateGetsTheEndAndNoProgressOfLongAgo() throws Exception {
        byte[] bytes = "x".repeat(3_000_000).getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("f"), bytes);
        CompletableFuture<Void> stored = new CompletableFuture<>();
        server.otherwise(r -> {
            if (r.method().equals("POST")) {
                stored.complete(null);
            }
            return Answer.of(r.method().equals("HEAD") ? 404 : 201);
        });
        // Asks for one, and for the others when the whole file has arrived.
        List<BlobEvent> events = client.pushBlob(file)
                .concatMap(
                        event -> event instanceof Uploading
                                ? Mono.fromFuture(stored, true).thenReturn(event)
                                : Mono.just(event),
                        0)
                .collectList()
                .block(LIMIT);
        assertThat(events).endsWith(new Stored(digest(bytes)));
        assertThat(events.subList(1, events.size() - 1))
                .as("the latest only, the whole file")
                .allSatisfy(event -> assertThat(((Uploading) event).sent()).isEqualTo(bytes.length))
                .hasSizeLessThanOrEqualTo(1);
    }

    @Test
    void anEmptyFileHasTheWellKnownDigest() throws Exception {
        Path file = Files.createFile(folder.resolve("empty"));
        assertThat(client.pushBlob(file).blockLast(LIMIT)).isEqualTo(new Stored(EMPTY_DIGEST));
        assertThat(posts().get(0).bodyBytes()).isEmpty();
    }

    @Test
    void aBlobThatIsThereIsNotSent() throws Exception {
        server.otherwise(r -> Answer.of(200));
        Path file = Files.writeString(folder.resolve("f"), "hello");
        StepVerifier.create(client.pushBlob(file))
                .expectNext(new AlreadyThere(digest("hello".getBytes(StandardCharsets.UTF_8))))
                .expectComplete()
                .verify(LIMIT);
        assertThat(server.requests()).extracting(ReceivedRequest::method).containsExactly("HEAD");
    }

    @Test
    void aBlobThatIsStoredMeanwhileIsAlreadyThere() throws Exception {
        server.otherwise(r -> Answer.of(r.method().equals("HEAD") ? 404 : 200));
        Path file = Files.writeString(folder.resolve("f"), "hello");
        assertThat(client.pushBlob(file).blockLast(LIMIT)).isInstanceOf(AlreadyThere.class);
    }

    @Test
    void aMissingFileIsALocalFileError() {
        Path none = folder.resolve("none");
        StepVerifier.create(client.pushBlob(none))
                .expectErrorSatisfies(e -> {
                    assertThat(e).isInstanceOf(OllamaException.LocalFile.class).hasMessageContaining("no such file");
                    assertThat(((OllamaException.LocalFile) e).file()).isEqualTo(none.toString());
                })
                .verify(LIMIT);
        StepVerifier.create(client.pushBlob(folder))
                .expectErrorSatisfies(e -> assertThat(e).isInstanceOf(OllamaException.LocalFile.class))
                .verify(LIMIT);
        assertThat(server.requests()).isEmpty();
    }

    /** The request that looks for the blob comes between the two times that the file is read: then it changes. */
    private void assertAFileThatBecomesThisIsNotSent(byte[] other) throws Exception {
        Path file = Files.write(folder.resolve("f"), new byte[500_000]);
        server.otherwise(r -> {
            if (r.method().equals("HEAD")) {
                write(file, other);
                return Answer.of(404);
            }
            return Answer.of(201);
        });
        StepVerifier.create(client.pushBlob(file).ignoreElements())
                .expectErrorSatisfies(e -> assertThat(e)
                        .isInstanceOf(OllamaException.LocalFile.class)
                        .hasMessageContaining("changed"))
                .verify(LIMIT);
        assertThat(posts()).isEmpty();
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aFileThatChangesIsNeverSentToItsEnd() throws Exception {
        byte[] other = new byte[500_000];
        other[250_000] = 1;
        assertAFileThatBecomesThisIsNotSent(other);
    }

    @Test
    void aFileThatShrinksIsNeverSentToItsEnd() throws Exception {
        assertAFileThatBecomesThisIsNotSent(new byte[100]);
    }

    @Test
    void aFileThatGrowsIsNeverSentToItsEnd() throws Exception {
        assertAFileThatBecomesThisIsNotSent(new byte[500_001]);
    }

    @Test
    void contentOfAKnownDigestIsRequestedAsItIsSent() throws Exception {
        AtomicLong asked = new AtomicLong();
        int pieces = 2_000;
        byte[] piece = new byte[1024];
        server.otherwise(r -> Answer.of(r.method().equals("HEAD") ? 404 : 201));
        Flux<ByteBuffer> content =
                Flux.range(0, pieces).doOnNext(i -> asked.incrementAndGet()).map(i -> ByteBuffer.wrap(piece));
        StepVerifier.create(client.pushBlob("sha256:aa", pieces * 1024L, content), 1)
                .expectNextMatches(Uploading.class::isInstance)
                .thenRequest(Long.MAX_VALUE)
                .thenConsumeWhile(Uploading.class::isInstance)
                .expectNext(new Stored("sha256:aa"))
                .expectComplete()
                .verify(LIMIT);
        assertThat(posts().get(0).bodyBytes()).hasSize(pieces * 1024);
        assertThat(asked).hasValue(pieces);
    }

    @Test
    void anInvalidDigestIsRefusedBeforeAnythingIsSent() {
        for (String digest : List.of("", "a b", "sha256:../x")) {
            assertThatThrownBy(() -> client.blobExists(digest))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("digest");
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void contentOfAnotherLengthThanAnnouncedIsAnError() {
        for (long announced : new long[] {3, 30}) {
            StepVerifier.create(client.pushBlob(
                                    "sha256:aa",
                                    announced,
                                    Flux.just(
                                            ByteBuffer.wrap("ab".getBytes(StandardCharsets.UTF_8)),
                                            ByteBuffer.wrap("cGET /evil HTTP/1.1".getBytes(StandardCharsets.UTF_8))))
                            .ignoreElements())
                    .expectErrorSatisfies(e -> assertThat(e)
                            .isInstanceOf(OllamaException.LocalFile.class)
                            .hasMessageContaining(" " + announced))
                    .verify(LIMIT);
        }
        assertThat(server.requests()).noneMatch(r -> r.path().contains("evil"));
        assertThatThrownBy(() -> client.pushBlob("sha256:aa", -1, Flux.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void mkfifo(Path pipe) throws Exception {
        try {
            assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0, "mkfifo");
        } catch (IOException e) {
            assumeTrue(false, "no mkfifo");
        }
    }

    private void refusedUnopened(Path file, String why) {
        StepVerifier.create(client.pushBlob(file))
                .expectErrorSatisfies(e -> assertThat(e)
                        .isInstanceOf(OllamaException.LocalFile.class)
                        .hasMessageContaining(why))
                .verify(LIMIT);
        StepVerifier.create(client.create(CreateRequest.of("m").file("f", file)))
                .expectErrorSatisfies(e -> assertThat(e).isInstanceOf(OllamaException.LocalFile.class))
                .verify(LIMIT);
    }

    @Test
    void b3WhatIsNoRegularFileIsRefusedBeforeItIsOpened() throws Exception {
        Path pipe = folder.resolve("pipe");
        mkfifo(pipe);
        Path link = Files.createSymbolicLink(folder.resolve("link"), pipe);
        refusedUnopened(pipe, "pipe");
        refusedUnopened(link, "pipe");
        refusedUnopened(folder, "folder");
        refusedUnopened(Path.of("/"), "folder");
        for (String device : List.of("/dev/null", "/dev/zero")) {
            if (Files.exists(Path.of(device))) {
                refusedUnopened(Path.of(device), "device");
            }
        }
        Path socket = folder.resolve("socket");
        try (ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.bind(UnixDomainSocketAddress.of(socket));
            refusedUnopened(socket, "socket");
        }
        assertThatThrownBy(() -> Message.user("x").image(pipe))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("pipe");
        Path real = Files.writeString(folder.resolve("real"), "hello");
        assertThat(client.pushBlob(Files.createSymbolicLink(folder.resolve("good"), real))
                        .blockLast(LIMIT))
                .as("a link to a file is a file, and uploads go on")
                .isInstanceOf(Stored.class);
        assertThat(server.requests()).hasSize(2);
    }

    /** As many pipes as there are threads of the application, opened by the application itself: uploads go on beside them. */
    @Test
    void b3FilesAreReadByThreadsOfTheLibrary() throws Exception {
        Path file = Files.writeString(folder.resolve("f"), "hello");
        CountDownLatch free = new CountDownLatch(1);
        int threads = Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE;
        Disposable.Composite busy = Disposables.composite();
        for (int i = 0; i < threads; i++) {
            busy.add(Schedulers.boundedElastic().schedule(() -> {
                try {
                    free.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        try {
            assertThat(client.pushBlob(file).blockLast(LIMIT)).isInstanceOf(Stored.class);
        } finally {
            free.countDown();
            busy.dispose();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("ollama-reactive-files"))
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(8)
                .allMatch(Thread::isDaemon);
    }

    @Test
    void b4ADisposedUploadIsSilent() throws Exception {
        Path file = Files.write(folder.resolve("large"), new byte[1 << 20]);
        Queue<Throwable> dropped = new ConcurrentLinkedQueue<>();
        Hooks.onErrorDropped(dropped::add);
        Random random = new Random(4);
        try {
            for (int i = 0; i < 200; i++) {
                Flux<?> upload = i % 2 == 0
                        ? client.pushBlob(file)
                        : client.create(CreateRequest.of("m").file("f", file));
                Disposable subscription = upload.subscribe(event -> {}, dropped::add);
                LockSupport.parkNanos(random.nextInt(20_000_000));
                subscription.dispose();
            }
            StepVerifier.create(client.pushBlob(file).take(Duration.ofMillis(1)).then())
                    .expectComplete()
                    .verify(LIMIT);
            assertThat(client.pushBlob(file).blockLast(LIMIT))
                    .as("the threads are free")
                    .isInstanceOf(Stored.class);
            assertThat(dropped).isEmpty();
        } finally {
            Hooks.resetOnErrorDropped();
        }
        Path open = Path.of("/proc/self/fd");
        if (Files.isDirectory(open)) {
            try (Stream<Path> files = Files.list(open)) {
                assertThat(files.map(BlobsTest::target)).doesNotContain(file.toString());
            }
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return "closed meanwhile";
        }
    }

    @Test
    void b7ASlowReaderGetsTheLatestProgressAndTheEndAtOnce() {
        int pieces = 500;
        CompletableFuture<Void> sent = new CompletableFuture<>();
        Flux<ByteBuffer> content =
                Flux.range(0, pieces).map(i -> ByteBuffer.wrap(new byte[1024])).doOnComplete(() -> sent.complete(null));
        server.otherwise(r -> Answer.of(r.method().equals("HEAD") ? 404 : 201));
        Mono<Void> stored = server.exchanges()
                .filter(e -> e.request().method().equals("POST"))
                .next()
                .then();
        CompletableFuture<Void> answered = stored.toFuture();
        StepVerifier.create(client.pushBlob("sha256:aa", pieces * 1024L, content), 1)
                .expectNextMatches(Uploading.class::isInstance)
                .then(() -> sent.orTimeout(20, TimeUnit.SECONDS).join())
                .thenRequest(Long.MAX_VALUE)
                // The latest, and the one of the last piece, where the answer doesn't come before them.
                .thenConsumeWhile(
                        Uploading.class::isInstance,
                        event -> assertThat(((Uploading) event).sent()).isGreaterThan(1024L * (pieces - 5)))
                .expectNext(new Stored("sha256:aa"))
                .expectComplete()
                .verify(LIMIT);
        assertThat(answered).succeedsWithin(LIMIT);
    }

    @Test
    void f4NoTextMakesTheClientReadAFile() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        String uri = secret.toUri().toString();
        CreateRequest request = CreateRequest.of("m");
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> request.file("f", uri),
                () -> request.adapter("f", uri),
                () -> request.draftFile("f", uri),
                () -> request.file("f", secret.toString()),
                () -> request.file("f", "FILE:///etc/hostname"),
                () -> request.file("f", "sha256:../x"),
                () -> request.file("f", ""),
                () -> request.with("files", Map.of("f", uri)),
                () -> request.with("adapters", Map.of("f", uri)),
                () -> request.with("draft_files", JsonObject.EMPTY.with("f", uri)),
                () -> request.with("files", Map.of("f", Map.of("g", uri))))) {
            assertThatThrownBy(call)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("digest");
        }
        server.answer("POST", "/api/create", Answer.ndjson("{\"status\":\"success\"}"));
        client.create(request.from(uri).system(uri).with("files", uri).with("path", uri))
                .blockLast(LIMIT);
        assertThat(server.requests()).extracting(ReceivedRequest::path).containsExactly("/api/create");
    }

    @Test
    void f4LocalFilesStandBesideTheDocument() {
        Path file = folder.resolve("f");
        CreateRequest local = CreateRequest.of("m").file("f", file).system("s");
        assertThat(local.fields()).hasToString("{\"model\":\"m\",\"system\":\"s\"}");
        assertThat(local.localFiles()).isEqualTo(Map.of("files", Map.of("f", file)));
        assertThat(local)
                .isEqualTo(CreateRequest.of("m").file("f", file).system("s"))
                .hasSameHashCodeAs(CreateRequest.of("m").file("f", file).system("s"))
                .isNotEqualTo(CreateRequest.of("m").system("s"))
                .isNotEqualTo(CreateRequest.of("m").adapter("f", file).system("s"))
                .isNotEqualTo(CreateRequest.of("m").file("f", folder).system("s"));
        assertThat(local.toString()).contains(file.toString()).contains("\"files\"");
        assertThat(local.file("f", "sha256:a").localFiles())
                .as("the latest counts")
                .isEmpty();
        assertThat(CreateRequest.of("m").file("f", "sha256:a").file("f", file).fields())
                .hasToString("{\"model\":\"m\"}");
        assertThat(local.with("files", null)).isEqualTo(CreateRequest.of("m").system("s"));
        assertThat(local.with("adapters", null)).isEqualTo(local);
        assertThat(local.with("files", Map.of("g", "sha256:b")).localFiles()).isEmpty();
        assertThat(CreateRequest.of("m")
                        .file("f", Path.of("relative"))
                        .localFiles()
                        .get("files")
                        .get("f"))
                .isAbsolute();
    }

    @Test
    void aFileThatVanishesIsALocalFileError() throws Exception {
        Path file = Files.writeString(folder.resolve("f"), "hello");
        server.otherwise(r -> {
            assertThat(file.toFile().delete()).isTrue();
            return Answer.of(404);
        });
        StepVerifier.create(client.pushBlob(file).ignoreElements())
                .expectErrorSatisfies(e -> assertThat(e).isInstanceOf(OllamaException.LocalFile.class))
                .verify(LIMIT);
    }

    /** Time passes only between two pieces, and less than the limit each time. */
    @Test
    void aSlowUploadDoesNotCountAsWaitingForTheAnswer() {
        try (VirtualTime time = VirtualTime.stopped()) {
            Flux<ByteBuffer> slow = Flux.range(0, 6).map(i -> {
                time.pass(Duration.ofMillis(150));
                return ByteBuffer.wrap(new byte[1]);
            });
            Object last = client.with(config -> config.firstEventTimeout(Duration.ofMillis(400)))
                    .pushBlob("sha256:aa", 6, slow)
                    .blockLast(LIMIT);
            assertThat(last).isEqualTo(new Stored("sha256:aa"));
        }
    }

    @Test
    void aCreationUploadsItsFilesFirst() throws Exception {
        byte[] weights = "weights".getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("model.gguf"), weights);
        server.answer(
                "POST", "/api/create", Answer.ndjson("{\"status\":\"parsing GGUF\"}", "{\"status\":\"success\"}"));
        CreateRequest request = CreateRequest.of("mine")
                .file("model.gguf", file)
                .adapter("lora.gguf", file)
                .draftFile("draft.gguf", "sha256:known")
                .system("s");
        List<ProgressEvent> events = client.create(request).collectList().block(LIMIT);
        assertThat(events).contains(new ProgressEvent.Status("uploaded model.gguf"));
        assertThat(events.get(events.size() - 1)).isEqualTo(new ProgressEvent.Success());
        assertThat(posts()).hasSize(2);
        String digest = digest(weights);
        assertThat(posts().get(0).path()).isEqualTo("/api/blobs/" + digest);
        assertThat(posts().get(1).body())
                .isEqualTo("{\"model\":\"mine\",\"draft_files\":{\"draft.gguf\":\"sha256:known\"},\"system\":\"s\","
                        + "\"files\":{\"model.gguf\":\"" + digest + "\"},\"adapters\":{\"lora.gguf\":\"" + digest
                        + "\"}}");
    }
}
