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

@Command(name = "blob", description = "Upload a file for the creation of models, and print its digest.")
public final class BlobCommand extends ServerCommand<BlobEvent> {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..1",
            description = "The file. It is not sent if the server already has it.")
    private @Nullable Path file;

    @Option(
            names = "--check",
            paramLabel = "DIGEST",
            description = "Upload nothing. Print whether the server has this blob: found or missing.")
    private @Nullable String digestToCheck;

    public BlobCommand(Environment environment) {
        super(environment);
    }

    @Override
    protected Function<ServerConnection, Flux<BlobEvent>> prepareCall() {
        String digest = digestToCheck;
        if (digest != null && file == null) {
            // The server validates digests; this only ensures a valid request path.
            if (!digest.matches("[0-9A-Za-z:-]+")) {
                throw new UsageException("'" + digest + "' is not a digest; expected sha256: and 64 hex digits");
            }
            return server -> server.client().blobExists(digest);
        } else if (digest != null || file == null) {
            throw new UsageException("blob needs either a FILE or --check DIGEST");
        }
        Path readableFile = ModelFiles.requireReadable("blob", file);
        return server -> server.client().pushBlob(readableFile);
    }

    @Override
    protected View<BlobEvent> view(ServerConnection server) {
        return new BlobView(out, environment.err(), file);
    }
}
