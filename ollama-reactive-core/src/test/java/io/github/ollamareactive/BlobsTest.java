// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Blobs: hashed, looked for, sent as fast as the connection takes them, and never as something else. */
final class BlobsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String EMPTY = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @TempDir
    Path folder;

    private final OllamaTestServer server = OllamaTestServer.start();
    private final OllamaClient client = OllamaClient.create(server.baseUrl());

    @BeforeEach
    void storeWhatComes() {
        server.otherwise(r -> Answer.of(r.method().equals("HEAD") ? 404 : 201));
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
        assertThat(client.pushBlob(file).blockLast(LIMIT)).isEqualTo(new Stored(EMPTY));
        assertThat(posts().get(0).bodyBytes()).isEmpty();
    }

    @Test
    void whatIsThereCostsALook() throws Exception {
        server.otherwise(r -> Answer.of(200));
        Path file = Files.writeString(folder.resolve("f"), "hello");
        StepVerifier.create(client.pushBlob(file))
                .expectNext(new AlreadyThere(digest("hello".getBytes(StandardCharsets.UTF_8))))
                .expectComplete()
                .verify(LIMIT);
        assertThat(server.requests()).extracting(ReceivedRequest::method).containsExactly("HEAD");
    }

    @Test
    void whatIsStoredMeanwhileIsAlreadyThere() throws Exception {
        server.otherwise(r -> Answer.of(r.method().equals("HEAD") ? 404 : 200));
        Path file = Files.writeString(folder.resolve("f"), "hello");
        assertThat(client.pushBlob(file).blockLast(LIMIT)).isInstanceOf(AlreadyThere.class);
    }

    @Test
    void aFileThatIsNotThereIsSaidSo() {
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

    /** The look before the upload is the moment between the two readings. */
    private void changedMeanwhile(byte[] other) throws Exception {
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
        changedMeanwhile(other);
    }

    @Test
    void aFileThatShrinksIsNeverSentToItsEnd() throws Exception {
        changedMeanwhile(new byte[100]);
    }

    @Test
    void aFileThatGrowsIsNeverSentToItsEnd() throws Exception {
        changedMeanwhile(new byte[500_001]);
    }

    @Test
    void bytesOfAKnownDigestAreAskedForAsTheyAreSent() throws Exception {
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
    void whatIsNoDigestIsRefusedBeforeAnythingIsSent() {
        for (String digest : List.of("", "a b", "sha256:../x")) {
            assertThatThrownBy(() -> client.blobExists(digest))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("digest");
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void bytesThatAreNotAsManyAsPromisedAreAnError() {
        for (long promised : new long[] {3, 30}) {
            StepVerifier.create(client.pushBlob(
                                    "sha256:aa",
                                    promised,
                                    Flux.just(
                                            ByteBuffer.wrap("ab".getBytes(StandardCharsets.UTF_8)),
                                            ByteBuffer.wrap("cGET /evil HTTP/1.1".getBytes(StandardCharsets.UTF_8))))
                            .ignoreElements())
                    .expectErrorSatisfies(e -> assertThat(e)
                            .isInstanceOf(OllamaException.LocalFile.class)
                            .hasMessageContaining(" " + promised))
                    .verify(LIMIT);
        }
        assertThat(server.requests()).noneMatch(r -> r.path().contains("evil"));
        assertThatThrownBy(() -> client.pushBlob("sha256:aa", -1, Flux.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFileThatVanishesIsSaidSo() throws Exception {
        Path file = Files.writeString(folder.resolve("f"), "hello");
        server.otherwise(r -> {
            assertThat(file.toFile().delete()).isTrue();
            return Answer.of(404);
        });
        StepVerifier.create(client.pushBlob(file).ignoreElements())
                .expectErrorSatisfies(e -> assertThat(e).isInstanceOf(OllamaException.LocalFile.class))
                .verify(LIMIT);
    }

    @Test
    void aSlowUploadIsNoLateAnswer() {
        Flux<ByteBuffer> slow = Flux.interval(Duration.ofMillis(150)).take(6).map(i -> ByteBuffer.wrap(new byte[1]));
        Object last = client.with(c -> c.firstEventTimeout(Duration.ofMillis(400)))
                .pushBlob("sha256:aa", 6, slow)
                .blockLast(LIMIT);
        assertThat(last).isEqualTo(new Stored("sha256:aa"));
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
                .isEqualTo("{\"model\":\"mine\",\"files\":{\"model.gguf\":\"" + digest
                        + "\"},\"adapters\":{\"lora.gguf\":\"" + digest
                        + "\"},\"draft_files\":{\"draft.gguf\":\"sha256:known\"},\"system\":\"s\"}");
    }
}
