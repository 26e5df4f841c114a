// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import static io.github.ollamareactive.protocol.Arguments.required;
import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.ModelOptions;
import io.github.ollamareactive.protocol.RequestFields;

/** A request for the description of a model ({@code POST /api/show}). */
public final class ShowRequest extends RequestFields<ShowRequest> {
    private ShowRequest(JsonObject fields) {
        super(fields);
    }

    /**
     * Creates a request.
     *
     * @param model the model's name
     * @return the request
     * @throws IllegalArgumentException when the name is empty
     */
    public static ShowRequest of(String model) {
        return new ShowRequest(JsonObject.EMPTY.with("model", required("model", model)));
    }

    @Override
    protected ShowRequest copy(JsonObject fields) {
        return new ShowRequest(fields);
    }

    /**
     * Whether long lists, such as the vocabulary, are included ({@code verbose}). The answer may then have tens of
     * megabytes.
     *
     * @param verbose true to include them
     * @return a new request
     */
    public ShowRequest verbose(boolean verbose) {
        return with("verbose", verbose);
    }

    /**
     * A system message to show in place of the model's own ({@code system}).
     *
     * @param system the text
     * @return a new request
     */
    public ShowRequest system(String system) {
        return with("system", requireNonNull(system, "system"));
    }

    /**
     * Options to show in the Modelfile ({@code options}).
     *
     * @param options the options
     * @return a new request
     */
    public ShowRequest options(ModelOptions options) {
        return with("options", requireNonNull(options, "options"));
    }

    /**
     * Whether all variants under the name are described, an event each ({@code all_manifests}); since server 0.40.0, ignored before. The
     * server refuses it together with {@link #runner}.
     *
     * @param allManifests true for all variants
     * @return a new request
     */
    public ShowRequest allManifests(boolean allManifests) {
        return with("all_manifests", allManifests);
    }

    /**
     * Which of the model's variants is meant, where several are installed under one name ({@code runner}); since server 0.40.0, ignored
     * before. Server's default: the first that the machine can run.
     *
     * @param runner {@code mlx}, {@code ggml} or {@code llamacpp}
     * @return a new request
     * @throws IllegalArgumentException when it is empty
     */
    public ShowRequest runner(String runner) {
        return with("runner", required("runner", runner));
    }
}
