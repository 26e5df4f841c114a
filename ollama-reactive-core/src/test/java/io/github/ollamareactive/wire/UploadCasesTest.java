// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static io.github.ollamareactive.wire.AnswerLines.errorLine;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Status.Kind;
import io.github.ollamareactive.server.BlobEvent;
import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Chunking;
import io.github.ollamareactive.test.OllamaTestServer;
import io.github.ollamareactive.test.ReceivedRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

/** The exchanges of an upload. */
final class UploadCasesTest {
    private static final byte[] ABC = "ABC".getBytes(StandardCharsets.US_ASCII);
    private static final String DIGEST = "sha256:b5d4045c3f466fa91fe2cc6abe79232a1a57cdf104f7a26e716e0a1e2789df78";
    private static final String EMPTY_DIGEST =
            "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @TempDir
    Path folder;

    private final OllamaTestServer server = OllamaTestServer.start();

    @AfterEach
    void stop() {
        server.close();
    }

    private static String path(String digest) {
        return "/api/blobs/" + digest;
    }

    private static Flux<?> pushed(OllamaClient client, int length, ByteBuffer content) {
        return client.pushBlob(DIGEST, length, Flux.just(content))
                .ignoreElements()
                .flux();
    }

    /** Uploads to a server that lacks the blob, and checks both requests. */
    private List<Object> eventsOfUpload(
            int status, Function<OllamaClient, Flux<?>> call, String digest, byte[] content) {
        int before = server.requests().size();
        server.otherwise(request -> Answer.of(request.method().equals("HEAD") ? 404 : status));
        CallResult result = CallResult.of(server, call);
        assertThat(result.error()).isNull();
        List<ReceivedRequest> requests =
                server.requests().subList(before, server.requests().size());
        assertThat(requests)
                .extracting(request -> request.method() + " " + request.path())
                .containsExactly("HEAD " + path(digest), "POST " + path(digest));
        ReceivedRequest upload = requests.get(1);
        assertThat(upload.bodyBytes()).isEqualTo(content);
        assertThat(upload.header("Content-Type")).hasValue("application/octet-stream");
        assertThat(upload.header("Content-Length")).hasValue(String.valueOf(content.length));
        return result.events();
    }

    @Test
    @DisplayName("W19 an upload: a file, an empty file, bytes of a known digest")
    void anUploadLooksForTheBlobThenSendsIt() throws Exception {
        Path file = Files.write(folder.resolve("abc"), ABC);
        Path empty = Files.createFile(folder.resolve("empty"));
        Flux<ByteBuffer> pieces = Flux.just(ByteBuffer.wrap(ABC, 0, 1), ByteBuffer.wrap(ABC, 1, 2));
        assertThat(eventsOfUpload(201, client -> client.pushBlob(file), DIGEST, ABC))
                .containsExactly(new BlobEvent.Uploading(DIGEST, 3, 3), new BlobEvent.Stored(DIGEST));
        assertThat(eventsOfUpload(201, client -> client.pushBlob(empty), EMPTY_DIGEST, new byte[0]))
                .containsExactly(new BlobEvent.Stored(EMPTY_DIGEST));
        assertThat(eventsOfUpload(201, client -> client.pushBlob(DIGEST, 3, pieces), DIGEST, ABC))
                .endsWith(new BlobEvent.Stored(DIGEST));
    }

    @Test
    @DisplayName("W20 an upload of a blob that came meanwhile")
    void anUploadThatIsAnsweredBy200FoundTheBlobThere() throws Exception {
        Path file = Files.write(folder.resolve("abc"), ABC);
        assertThat(eventsOfUpload(200, client -> client.pushBlob(file), DIGEST, ABC))
                .endsWith(new BlobEvent.AlreadyThere(DIGEST));
    }

    @Test
    @DisplayName("W21 whether a blob is there")
    void aBlobIsFoundOrMissing() {
        server.answer("HEAD", path(DIGEST), Answer.of(200), Answer.of(404));
        CallResult.of(server, client -> client.blobExists(DIGEST)).assertCompleted(new BlobEvent.Found(DIGEST));
        CallResult.of(server, client -> client.blobExists(DIGEST)).assertCompleted(new BlobEvent.Missing(DIGEST));
        assertThat(server.requests()).extracting(ReceivedRequest::method).containsExactly("HEAD", "HEAD");
    }

    @ParameterizedTest(name = "W22 an upload under a wrong digest, {0}")
    @EveryCut
    void aWrongDigestIsRefusedInTheServersWords(Chunking cuts) {
        String words = "digest mismatch, expected \"" + DIGEST + "\"";
        server.answer("HEAD", path(DIGEST), Answer.of(404));
        server.answer("POST", path(DIGEST), Answer.json(400, errorLine(words)).chunking(cuts));
        CallResult.of(server, client -> pushed(client, 2, ByteBuffer.wrap(ABC, 0, 2)))
                .assertRefused(400, Kind.BAD_REQUEST, words);
    }

    @ParameterizedTest(name = "W22 an upload of 3 bytes that announces {0}")
    @ValueSource(ints = {2, 4})
    void aWrongLengthFailsBeforeTheServerHasTheWhole(int announced) {
        server.otherwise(request -> Answer.of(request.method().equals("HEAD") ? 404 : 201));
        CallResult result = CallResult.of(server, client -> pushed(client, announced, ByteBuffer.wrap(ABC)));
        assertThat(result.assertFailed(OllamaException.LocalFile.class)).hasMessageContaining("than " + announced);
        assertThat(server.requests()).extracting(ReceivedRequest::method).containsExactly("HEAD");
    }
}
