// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.server;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.ModelOptions;
import io.github.ollamareactive.protocol.RequestFields;

/** Asks for all about a model: {@code POST /api/show}. */
public final class ShowRequest extends RequestFields<ShowRequest> {
    private ShowRequest(JsonObject fields) {
        super(fields);
    }

    /**
     * Asks for all about a model.
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
     * Whether long lists are included, such as the vocabulary: the answer may have tens of megabytes ({@code verbose}).
     *
     * @param verbose true for everything
     * @return a new request
     */
    public ShowRequest verbose(boolean verbose) {
        return with("verbose", verbose);
    }

    /**
     * A system text that is shown in place of the model's own ({@code system}).
     *
     * @param system the text
     * @return a new request
     */
    public ShowRequest system(String system) {
        return with("system", system);
    }

    /**
     * Options that are shown in the model file ({@code options}).
     *
     * @param options the options
     * @return a new request
     */
    public ShowRequest options(ModelOptions options) {
        return with("options", options);
    }
}
