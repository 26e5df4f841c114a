// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.protocol;

import io.github.ollamareactive.protocol.JsonValue.JsonObject;

/**
 * The options of a model ({@code options}). For an option that is not set, the model and the server choose. The server
 * silently ignores names that it doesn't know. Set options without a wither by {@link #with}.
 *
 * <p>{@link #numCtx}, {@link #numBatch}, {@link #numGpu}, {@link #mainGpu}, {@link #useMmap}, {@link #numThread} and
 * {@link #draftNumPredict} are loading options: a request that changes one of them makes the server load the model
 * again.
 */
public final class ModelOptions extends RequestFields<ModelOptions> {
    private static final ModelOptions NONE = new ModelOptions(JsonObject.EMPTY);

    private ModelOptions(JsonObject fields) {
        super(fields);
    }

    /** {@return options with none set} */
    public static ModelOptions create() {
        return NONE;
    }

    @Override
    protected ModelOptions copy(JsonObject fields) {
        return new ModelOptions(fields);
    }

    /**
     * The context window in tokens; a loading option. Server's default: depends on the GPU's memory. Wire name
     * {@code num_ctx}.
     *
     * @param numCtx the value
     * @return new options
     */
    public ModelOptions numCtx(int numCtx) {
        return with("num_ctx", numCtx);
    }

    /**
     * The batch size of prompt evaluation; a loading option. Server's default: 512, which it may adjust. Wire name
     * {@code num_batch}.
     *
     * @param numBatch the value
     * @return new options
     */
    public ModelOptions numBatch(int numBatch) {
        return with("num_batch", numBatch);
    }

    /**
     * The number of layers on the GPU; a loading option. Server's default: -1, automatic; 0 is CPU only. Wire name
     * {@code num_gpu}.
     *
     * @param numGpu the value
     * @return new options
     */
    public ModelOptions numGpu(int numGpu) {
        return with("num_gpu", numGpu);
    }

    /**
     * The GPU for small tensors; a loading option. Wire name {@code main_gpu}.
     *
     * @param mainGpu the value
     * @return new options
     */
    public ModelOptions mainGpu(int mainGpu) {
        return with("main_gpu", mainGpu);
    }

    /**
     * Whether weights are memory-mapped; a loading option. Server's default: automatic. Wire name {@code use_mmap}.
     *
     * @param useMmap the value
     * @return new options
     */
    public ModelOptions useMmap(boolean useMmap) {
        return with("use_mmap", useMmap);
    }

    /**
     * The number of CPU threads; a loading option. Server's default: 0, automatic. Wire name {@code num_thread}.
     *
     * @param numThread the value
     * @return new options
     */
    public ModelOptions numThread(int numThread) {
        return with("num_thread", numThread);
    }

    /**
     * The number of tokens that speculative decoding drafts; a loading option. Server's default: 4 with a draft model,
     * else 0. Wire name {@code draft_num_predict}.
     *
     * @param draftNumPredict the value
     * @return new options
     */
    public ModelOptions draftNumPredict(int draftNumPredict) {
        return with("draft_num_predict", draftNumPredict);
    }

    /**
     * How many tokens of the prompt are kept when the context shifts. Server's default: 4; negative keeps all. Wire
     * name {@code num_keep}.
     *
     * @param numKeep the value
     * @return new options
     */
    public ModelOptions numKeep(int numKeep) {
        return with("num_keep", numKeep);
    }

    /**
     * The maximum number of tokens to generate. Server's default: -1, until the model stops, at most ten times the
     * context window. Wire name {@code num_predict}.
     *
     * @param numPredict the value
     * @return new options
     */
    public ModelOptions numPredict(int numPredict) {
        return with("num_predict", numPredict);
    }

    /**
     * The sampling temperature: the higher, the more random. Server's default: 0.8. Wire name {@code temperature}.
     *
     * @param temperature the value
     * @return new options
     */
    public ModelOptions temperature(double temperature) {
        return with("temperature", temperature);
    }

    /**
     * The number of most likely tokens to sample from. Server's default: 40. Wire name {@code top_k}.
     *
     * @param topK the value
     * @return new options
     */
    public ModelOptions topK(int topK) {
        return with("top_k", topK);
    }

    /**
     * The cumulative probability of the tokens to sample from. Server's default: 0.9. Wire name {@code top_p}.
     *
     * @param topP the value
     * @return new options
     */
    public ModelOptions topP(double topP) {
        return with("top_p", topP);
    }

    /**
     * The minimum probability of a token, relative to the most likely one's. Server's default: 0. Wire name
     * {@code min_p}.
     *
     * @param minP the value
     * @return new options
     */
    public ModelOptions minP(double minP) {
        return with("min_p", minP);
    }

    /**
     * The parameter of locally typical sampling. Server's default: 1. Wire name {@code typical_p}.
     *
     * @param typicalP the value
     * @return new options
     * @deprecated servers 0.34.1 to 0.34.4 refuse it, later ones warn of it in their log
     */
    @Deprecated
    @SuppressWarnings("InlineMeSuggester") // to be left out, not to be written otherwise
    public ModelOptions typicalP(double typicalP) {
        return with("typical_p", typicalP);
    }

    /**
     * How many previous tokens the repetition penalty considers. Server's default: 64. Wire name {@code repeat_last_n}.
     *
     * @param repeatLastN the value
     * @return new options
     */
    public ModelOptions repeatLastN(int repeatLastN) {
        return with("repeat_last_n", repeatLastN);
    }

    /**
     * The penalty for repeated tokens. Server's default: 1 (off); 1.1 before 0.32.10. Wire name {@code repeat_penalty}.
     *
     * @param repeatPenalty the value
     * @return new options
     */
    public ModelOptions repeatPenalty(double repeatPenalty) {
        return with("repeat_penalty", repeatPenalty);
    }

    /**
     * The penalty for tokens that have already occurred. Server's default: 0. Wire name {@code presence_penalty}.
     *
     * @param presencePenalty the value
     * @return new options
     */
    public ModelOptions presencePenalty(double presencePenalty) {
        return with("presence_penalty", presencePenalty);
    }

    /**
     * The penalty for tokens in proportion to how often they have occurred. Server's default: 0. Wire name
     * {@code frequency_penalty}.
     *
     * @param frequencyPenalty the value
     * @return new options
     */
    public ModelOptions frequencyPenalty(double frequencyPenalty) {
        return with("frequency_penalty", frequencyPenalty);
    }

    /**
     * The random seed: the same request with the same seed gets the same answer. Server's default: -1, random. Wire
     * name {@code seed}.
     *
     * @param seed the value
     * @return new options
     */
    public ModelOptions seed(long seed) {
        return with("seed", seed);
    }

    /**
     * Texts that end the answer ({@code stop}). Always sent as a list: the server refuses a single text.
     *
     * @param stop the texts
     * @return new options
     */
    public ModelOptions stop(String... stop) {
        return with("stop", Arguments.all("stop", stop));
    }
}
