// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.examples.cli.models;

import io.github.ollamareactive.examples.cli.command.Environment;
import io.github.ollamareactive.examples.cli.command.ServerCommand;
import io.github.ollamareactive.examples.cli.command.ServerConnection;
import io.github.ollamareactive.examples.cli.input.ModelFiles;
import io.github.ollamareactive.examples.cli.input.UsageException;
import io.github.ollamareactive.examples.cli.views.BlobView;
import io.github.ollamareactive.examples.cli.views.View;
import io.github.ollamareactive.server.BlobEvent;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import reactor.core.publisher.Flux;

@Command(name = "blob", description = "Upload a file for models to be made of, and print its digest.")
public final class BlobCommand extends ServerCommand<BlobEvent> {
    @Parameters(paramLabel = "FILE", arity = "0..1", description = "The file. What the server has isn't sent again.")
    private @Nullable Path file;

    @Option(
            names = "--check",
            paramLabel = "DIGEST",
            description = "Upload nothing, but tell whether the server has this: found or missing.")
    private @Nullable String check;

    public BlobCommand(Environment surroundings) {
        super(surroundings);
    }

    @Override
    protected Function<ServerConnection, Flux<BlobEvent>> prepare() {
        String digest = check;
        if (digest != null && file == null) {
            // Which digests are good is the server's to say, but this has to fit into the request's path.
            if (!digest.matches("[0-9A-Za-z:-]+")) {
                throw new UsageException("'" + digest + "' is no digest, as sha256: and 64 hex digits");
            }
            return server -> server.client().blobExists(digest);
        } else if (digest != null || file == null) {
            throw new UsageException("blob needs a FILE or --check DIGEST, one of them");
        }
        Path readable = ModelFiles.readable("blob", file);
        return server -> server.client().pushBlob(readable);
    }

    @Override
    protected View<BlobEvent> view(ServerConnection server) {
        return new BlobView(out, surroundings.err(), file);
    }

    /** No recording has the blob that is asked for. */
    @Override
    protected @Nullable String recording() {
        return null;
    }
}
