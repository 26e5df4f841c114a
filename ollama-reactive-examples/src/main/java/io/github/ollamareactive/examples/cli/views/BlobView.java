// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.views;

import io.github.ollamareactive.examples.cli.output.Output;
import io.github.ollamareactive.server.BlobEvent;
import io.github.ollamareactive.server.ProgressEvent;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** A blob: on a terminal a bar while it is sent; then its digest, or whether the server has it. */
public final class BlobView implements View<BlobEvent> {
    private final Output out;
    private final Output err;
    private final @Nullable Path file;

    /**
     * Shows one blob.
     *
     * @param out where its digest goes
     * @param err where all else goes
     * @param file the file that is sent; null when the server is only asked
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
            // A large file takes long to read, and there is nothing to tell of that.
            out.print("hashing " + file.getFileName());
        }
        new ProgressView(out)
                .show(events.doOnNext(last::set)
                        .ofType(BlobEvent.Uploading.class)
                        .filter(uploading -> out.isTerminal())
                        .map(this::layer));
        end(last.get());
    }

    private ProgressEvent layer(BlobEvent.Uploading uploading) {
        String name = file == null ? "" : String.valueOf(file.getFileName());
        return new ProgressEvent.Layer("uploading " + name, uploading.digest(), uploading.total(), uploading.sent());
    }

    private void end(@Nullable BlobEvent event) {
        if (event instanceof BlobEvent.Found) {
            out.line("found");
        } else if (event instanceof BlobEvent.Missing) {
            out.line("missing");
        } else if (event != null) {
            if (event instanceof BlobEvent.AlreadyThere) {
                err.line("The server has it already.");
            }
            out.line(event.digest());
        }
    }
}
