// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model says, in order: thinking, tokens, tool calls, pauses, then {@code done} with its numbers. Immutable.
 *
 * <pre>{@code
 * ollama.answer("POST", "/api/chat", Generation.create()
 *         .thinking("The user", " wants", " weather.")
 *         .toolCall("get_weather", Map.of("city", "Paris"))
 *         .answer());
 * }</pre>
 *
 * <p>The {@link #answer()} has the shape that the request asks for: that of chat, or of generate where the path says so; a
 * line for each text, or with {@code "stream":false} one document. The model is named as the request names it. Where the
 * request asks for {@code logprobs}, every token has one.
 */
public final class Generation {

    private final List<GenerationStep> steps;
    private final @Nullable String model;
    private final String doneReason;
    private final @Nullable GenerationMetrics stats;
    private final List<Integer> context;

    private Generation(
            List<GenerationStep> steps,
            @Nullable String model,
            String doneReason,
            @Nullable GenerationMetrics stats,
            List<Integer> context) {
        this.steps = List.copyOf(steps);
        this.model = model;
        this.doneReason = doneReason;
        this.stats = stats;
        this.context = List.copyOf(context);
    }

    /**
     * Nothing but {@code done}.
     *
     * @return the generation
     */
    public static Generation create() {
        return new Generation(List.of(), null, "stop", null, List.of(1, 2, 3));
    }

    /**
     * More of the answer.
     *
     * @param tokens the texts, a line each
     * @return the generation
     */
    public Generation tokens(String... tokens) {
        Generation next = this;
        for (String token : tokens) {
            next = next.and(new GenerationStep.Token(ScriptedToken.of(token)));
        }
        return next;
    }

    /**
     * One token with its log probability, which is sent whether the request asks for it or not.
     *
     * @param text the text
     * @param logprob its log probability
     * @return the generation
     */
    public Generation token(String text, double logprob) {
        return token(text, logprob, Map.of());
    }

    /**
     * One token with its log probability and those of others in its place, which are sent whether the request asks for them
     * or not.
     *
     * @param text the text
     * @param logprob its log probability
     * @param top the {@code top_logprobs} by token; the text's own is added where it is not among them
     * @return the generation
     */
    public Generation token(String text, double logprob, Map<String, Double> top) {
        return and(new GenerationStep.Token(new ScriptedToken(requireNonNull(text, "text"), logprob, top)));
    }

    /**
     * More of the thinking.
     *
     * @param texts the texts, a line each
     * @return the generation
     */
    public Generation thinking(String... texts) {
        Generation next = this;
        for (String text : texts) {
            next = next.and(new GenerationStep.Thinking(ScriptedToken.of(text)));
        }
        return next;
    }

    /**
     * A tool call: a line of its own in a chat; generate has all of them in the last line. Its id is {@code call_} and eight
     * characters made from its place and name.
     *
     * @param name the function's name
     * @param arguments the arguments, in order; whatever Jackson writes as JSON
     * @return the generation
     */
    public Generation toolCall(String name, Map<String, ?> arguments) {
        String seed = Integer.toString(Math.abs((steps.size() + 1) * 7919 + name.hashCode()), 36);
        String id = "call_" + "0".repeat(8 - Math.min(8, seed.length())) + seed;
        return toolCall(id, name, WireJson.JSON.writeValueAsString(arguments));
    }

    /**
     * A tool call with its id.
     *
     * @param id the id; none when empty
     * @param name the function's name
     * @param arguments the arguments, a JSON object
     * @return the generation
     */
    public Generation toolCall(String id, String name, String arguments) {
        WireJson.JSON.readTree(arguments);
        return and(new GenerationStep.ToolCalled(requireNonNull(id, "id"), requireNonNull(name, "name"), arguments));
    }

    /**
     * Nothing comes for a while. Kept at any {@link Pace}; a single document comes so much later.
     *
     * @param duration how long
     * @return the generation
     */
    public Generation pause(Duration duration) {
        return and(new GenerationStep.Paused(requireNonNull(duration, "duration")));
    }

    /**
     * The model fails here: an error line ends the stream, without {@code done}. As the first thing, and where a single
     * document was asked for, it is status 500.
     *
     * @param words the words of {@code error}
     * @return the generation
     */
    public Generation error(String words) {
        return and(new GenerationStep.Failed(requireNonNull(words, "words")));
    }

    /**
     * Another {@code done_reason} than {@code stop}.
     *
     * @param reason such as {@code length}
     * @return the generation
     */
    public Generation doneReason(String reason) {
        return new Generation(steps, model, requireNonNull(reason, "reason"), stats, context);
    }

    /**
     * The numbers of the last line. Without them they are those of {@link GenerationMetrics#of}, counted from the texts.
     *
     * @param numbers the numbers
     * @return the generation
     */
    public Generation metrics(GenerationMetrics numbers) {
        return new Generation(steps, model, doneReason, requireNonNull(numbers, "numbers"), context);
    }

    /**
     * The {@code context} of generate's last line; 1, 2, 3 when not given. A raw request gets none.
     *
     * @param tokens the numbers; none for no context
     * @return the generation
     */
    public Generation context(Integer... tokens) {
        return new Generation(steps, model, doneReason, stats, List.of(tokens));
    }

    /**
     * Another model than the request names.
     *
     * @param name the model's name
     * @return the generation
     */
    public Generation model(String name) {
        return new Generation(steps, requireNonNull(name, "name"), doneReason, stats, context);
    }

    private Generation and(GenerationStep step) {
        List<GenerationStep> more = new ArrayList<>(steps);
        more.add(step);
        return new Generation(more, model, doneReason, stats, context);
    }

    /**
     * This as an answer.
     *
     * @return the answer, in the shape that each request asks for
     */
    public Answer answer() {
        return Answer.to(request -> GenerationLines.of(this, request).answer());
    }

    List<GenerationStep> steps() {
        return steps;
    }

    @Nullable
    String model() {
        return model;
    }

    String doneReason() {
        return doneReason;
    }

    @Nullable
    GenerationMetrics metrics() {
        return stats;
    }

    List<Integer> context() {
        return context;
    }
}
