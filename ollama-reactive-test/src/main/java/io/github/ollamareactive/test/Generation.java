// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.test.internal.generation.GenerationLines;
import io.github.ollamareactive.test.internal.generation.GenerationScript;
import io.github.ollamareactive.test.internal.generation.GenerationStep;
import io.github.ollamareactive.test.internal.generation.ScriptedToken;
import io.github.ollamareactive.test.internal.json.WireJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A scripted generation of a model: thinking, tokens, tool calls and pauses in order, then {@code done} with its metrics.
 * Immutable; every method returns a new generation.
 *
 * <pre>{@code
 * ollama.answer("POST", "/api/chat", Generation.create()
 *         .thinking("The user", " wants", " weather.")
 *         .toolCall("get_weather", Map.of("city", "Paris"))
 *         .answer());
 * }</pre>
 *
 * <p>The {@link #answer()} has the format that the request asks for: that of generate or of chat, depending on the path; one
 * line per token, or a single document for {@code "stream":false}. It names the model that the request names. When the
 * request asks for {@code logprobs}, every token has one.
 */
public final class Generation {

    private static final GenerationScript EMPTY = new GenerationScript(
            List.of(),
            null,
            "stop",
            (line, promptTokens, tokens) ->
                    GenerationMetrics.of(promptTokens, tokens).writeTo(line),
            List.of(1, 2, 3));

    private final GenerationScript script;

    private Generation(GenerationScript script) {
        this.script = script;
    }

    /**
     * An empty generation, of {@code done} only.
     *
     * @return the generation
     */
    public static Generation create() {
        return new Generation(EMPTY);
    }

    /**
     * Adds tokens of the answer.
     *
     * @param tokens the texts, one line each
     * @return the generation
     */
    public Generation tokens(String... tokens) {
        Generation next = this;
        for (String token : tokens) {
            next = next.then(new GenerationStep.Token(ScriptedToken.of(token)));
        }
        return next;
    }

    /**
     * Adds a token with its log probability, which is sent even if the request does not ask for it.
     *
     * @param text the text
     * @param logprob its log probability
     * @return the generation
     */
    public Generation token(String text, double logprob) {
        return token(text, logprob, Map.of());
    }

    /**
     * Adds a token with the log probabilities of itself and of alternatives, which are sent even if the request does not ask
     * for them.
     *
     * @param text the text
     * @param logprob its log probability
     * @param top the {@code top_logprobs} by token; the token itself is added when it is absent
     * @return the generation
     */
    public Generation token(String text, double logprob, Map<String, Double> top) {
        return then(new GenerationStep.Token(new ScriptedToken(requireNonNull(text, "text"), logprob, top)));
    }

    /**
     * Adds thinking.
     *
     * @param texts the texts, one line each
     * @return the generation
     */
    public Generation thinking(String... texts) {
        Generation next = this;
        for (String text : texts) {
            next = next.then(new GenerationStep.Thinking(ScriptedToken.of(text)));
        }
        return next;
    }

    /**
     * Adds a tool call. Chat sends it in a line of its own, generate sends all tool calls in the last line. Its id is
     * {@code call_} and eight characters that depend on its position and name.
     *
     * @param name the function's name
     * @param arguments the arguments, in order, with values that Jackson can write
     * @return the generation
     */
    public Generation toolCall(String name, Map<String, ?> arguments) {
        int position = script.steps().size() + 1;
        String seed = Integer.toString(Math.abs(position * 7919 + name.hashCode()), 36);
        String id = "call_" + "0".repeat(8 - Math.min(8, seed.length())) + seed;
        return toolCall(id, name, WireJson.JSON.writeValueAsString(arguments));
    }

    /**
     * Adds a tool call with its id.
     *
     * @param id the id; left out when empty
     * @param name the function's name
     * @param arguments the arguments, a JSON object
     * @return the generation
     */
    public Generation toolCall(String id, String name, String arguments) {
        WireJson.JSON.readTree(arguments);
        return then(new GenerationStep.ToolCalled(requireNonNull(id, "id"), requireNonNull(name, "name"), arguments));
    }

    /**
     * Adds a pause, which every {@link Pace} keeps. A single document is delayed by all pauses.
     *
     * @param duration how long
     * @return the generation
     */
    public Generation pause(Duration duration) {
        return then(new GenerationStep.Paused(requireNonNull(duration, "duration")));
    }

    /**
     * Ends the stream with an error line and without {@code done}. As the first step, or when the request asks for a single
     * document, it is status 500.
     *
     * @param message the value of {@code error}
     * @return the generation
     */
    public Generation error(String message) {
        return then(new GenerationStep.Failed(requireNonNull(message, "message")));
    }

    /**
     * Sets the {@code done_reason}; without this it is {@code stop}.
     *
     * @param reason such as {@code length}; left out when empty
     * @return the generation
     */
    public Generation doneReason(String reason) {
        return new Generation(script.withDoneReason(requireNonNull(reason, "reason")));
    }

    /**
     * Sets the metrics of the last line; without this they are those of {@link GenerationMetrics#of} for the tokens sent.
     *
     * @param metrics the metrics
     * @return the generation
     */
    public Generation metrics(GenerationMetrics metrics) {
        requireNonNull(metrics, "metrics");
        return new Generation(script.with((line, promptTokens, tokens) -> metrics.writeTo(line)));
    }

    /**
     * Sets the {@code context} in the last line of generate; without this it is 1, 2, 3. A raw request gets none.
     *
     * @param tokens the numbers; none for no context
     * @return the generation
     */
    public Generation context(Integer... tokens) {
        return new Generation(script.withContext(List.of(tokens)));
    }

    /**
     * Sets the model's name; without this it is the one that the request names.
     *
     * @param name the model's name
     * @return the generation
     */
    public Generation model(String name) {
        return new Generation(script.withModel(requireNonNull(name, "name")));
    }

    private Generation then(GenerationStep step) {
        return new Generation(script.with(step));
    }

    /**
     * This generation as an answer.
     *
     * @return the answer, in the format that each request asks for
     */
    public Answer answer() {
        return Answer.planned(request -> GenerationLines.planFor(script, request.route(), request.jsonBody()));
    }
}
