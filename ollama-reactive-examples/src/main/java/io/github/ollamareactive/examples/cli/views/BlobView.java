// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.examples.cli.output.TextColumns;
import io.github.ollamareactive.server.BlobEvent;
import io.github.ollamareactive.server.ProgressEvent;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** Prints the upload of a blob: on a terminal a progress bar, then the digest; or whether the server has the blob. */
public final class BlobView implements View<BlobEvent> {
    private final Output out;
    private final Output err;
    private final @Nullable Path file;

    /**
     * Creates a view of one blob.
     *
     * @param out standard output, for the digest
     * @param err standard error, for everything else
     * @param file the file to upload; null if the call only checks whether a blob exists
     */
    public BlobView(Output out, Output err, @Nullable Path file) {
        this.out = out;
        this.err = err;
        this.file = file;
    }

    @Override
    public void show(Flux<BlobEvent> events) {
        AtomicReference<@Nullable BlobEvent> last = new AtomicReference<>();
        if (file != null && out.isTerminal()) {
            // Computing the digest of a large file takes long, and no events report its progress.
            out.print(TextColumns.truncate("hashing " + file.getFileName(), out.columns() - 1));
        }
        new ProgressView(out)
                .show(events.doOnNext(last::set)
                        .ofType(BlobEvent.Uploading.class)
                        .filter(uploading -> out.isTerminal())
                        .map(this::toLayer));
        printResult(last.get());
    }

    private ProgressEvent toLayer(BlobEvent.Uploading uploading) {
        String name = file == null ? "" : String.valueOf(file.getFileName());
        return new ProgressEvent.Layer("uploading " + name, uploading.digest(), uploading.total(), uploading.sent());
    }

    private void printResult(@Nullable BlobEvent event) {
        if (event instanceof BlobEvent.Found) {
            out.printLine("found");
        } else if (event instanceof BlobEvent.Missing) {
            out.printLine("missing");
        } else if (event != null) {
            if (event instanceof BlobEvent.AlreadyThere) {
                err.printLine("The server already has this file.");
            }
            out.printLine(event.digest());
        }
    }
}
