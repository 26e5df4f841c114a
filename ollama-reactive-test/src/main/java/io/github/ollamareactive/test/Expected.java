// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request that a test expects: method, path, parts of the JSON body. Immutable; every method gives another expectation.
 *
 * <pre>{@code
 * ollama.expect(
 *         Expected.chat().model("llama3.2").lastUserMessage("Why is the sky blue?").field("/options/seed", 42),
 *         Answer.tokens("Because", " of", " Rayleigh."));
 * }</pre>
 *
 * <p>What is not named may be anything. Numbers are compared by value, objects whatever the order of their keys.
 */
public final class Expected {

    private static final int ANY = -1;

    private final Route asked;
    private final List<RequestCondition> parts;
    private final int times;
    private final boolean optional;

    private Expected(Route asked, List<RequestCondition> parts, int times, boolean optional) {
        this.asked = asked;
        this.parts = List.copyOf(parts);
        this.times = times;
        this.optional = optional;
    }

    /**
     * A request of a method and a path.
     *
     * @param method such as {@code POST}
     * @param path the path; without a query it stands for every query
     * @return the expectation
     */
    public static Expected request(String method, String path) {
        Route asked = new Route(requireNonNull(method, "method"), requireNonNull(path, "path"));
        return new Expected(asked, List.of(), ANY, false);
    }

    /**
     * A chat: {@code POST /api/chat}.
     *
     * @return the expectation
     */
    public static Expected chat() {
        return request("POST", "/api/chat");
    }

    /**
     * A completion: {@code POST /api/generate}.
     *
     * @return the expectation
     */
    public static Expected generate() {
        return request("POST", "/api/generate");
    }

    /**
     * An embedding: {@code POST /api/embed}.
     *
     * @return the expectation
     */
    public static Expected embed() {
        return request("POST", "/api/embed");
    }

    /**
     * A pull: {@code POST /api/pull}.
     *
     * @return the expectation
     */
    public static Expected pull() {
        return request("POST", "/api/pull");
    }

    /**
     * The model.
     *
     * @param name as sent
     * @return the expectation
     */
    public Expected model(String name) {
        return field("/model", name);
    }

    /**
     * The prompt of a completion.
     *
     * @param prompt the whole text
     * @return the expectation
     */
    public Expected prompt(String prompt) {
        return field("/prompt", prompt);
    }

    /**
     * What the user said last.
     *
     * @param content the whole text
     * @return the expectation
     */
    public Expected lastUserMessage(String content) {
        return and(RequestCondition.equal(
                "last user message", RequestCondition.lastUserMessage(), requireNonNull(content, "content")));
    }

    /**
     * A field of the body.
     *
     * @param name the field's name, or where it is, as a JSON pointer: {@code /options/seed}, {@code /messages/0/role}
     * @param value its value: text, number, boolean, a list or a map
     * @return the expectation
     */
    public Expected field(String name, Object value) {
        String pointer = RequestCondition.pointer(requireNonNull(name, "name"));
        return and(RequestCondition.equal(
                pointer.substring(1), RequestCondition.at(pointer), requireNonNull(value, "value")));
    }

    /**
     * A field that must not be there, or be null.
     *
     * @param name the field's name or JSON pointer
     * @return the expectation
     */
    public Expected without(String name) {
        String pointer = RequestCondition.pointer(requireNonNull(name, "name"));
        return and(RequestCondition.absent(pointer.substring(1), RequestCondition.at(pointer)));
    }

    /**
     * A part of the body: every field that this document names must be there and have its value, others may be there too.
     *
     * @param json a JSON document
     * @return the expectation
     */
    public Expected body(String json) {
        JsonNode part = WireJson.JSON.readTree(json);
        return and(RequestCondition.containing(part));
    }

    /**
     * A header.
     *
     * @param name its name, in any case
     * @param value its value
     * @return the expectation
     */
    public Expected header(String name, String value) {
        return and(RequestCondition.header(requireNonNull(name, "name"), requireNonNull(value, "value")));
    }

    /**
     * Anything else.
     *
     * @param words what is asked for, for the failure's text
     * @param test whether a request is so; called on the server's event loop
     * @return the expectation
     */
    public Expected that(String words, Predicate<ReceivedRequest> test) {
        return and(RequestCondition.of(requireNonNull(words, "words"), requireNonNull(test, "test")));
    }

    /**
     * How often: exactly so often. Further requests are looked for among the other expectations and answers. Without this an
     * expectation stands for any number of requests, but for at least as many as it has answers.
     *
     * @param count the number of requests
     * @return the expectation
     */
    public Expected times(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count must be positive, but is " + count);
        }
        return new Expected(asked, parts, count, optional);
    }

    /**
     * It may stay unused.
     *
     * @return the expectation
     */
    public Expected optional() {
        return new Expected(asked, parts, times, true);
    }

    private Expected and(RequestCondition part) {
        List<RequestCondition> more = new ArrayList<>(parts);
        more.add(part);
        return new Expected(asked, more, times, optional);
    }

    boolean exhaustedBy(int given) {
        return times != ANY && given >= times;
    }

    boolean satisfiedBy(int given, int answers) {
        return optional || (times == ANY ? given >= answers : given == times);
    }

    String wanted(int answers) {
        int least = times == ANY ? answers : times;
        return times == ANY && least == 1 ? "never came" : (times == ANY ? "wanted at least " : "wanted ") + least;
    }

    boolean isMethodAndPathOf(ReceivedRequest request) {
        Route by = Route.by(request);
        return asked.equals(by) || asked.equals(by.withoutQuery());
    }

    /** What a request of this method and path has otherwise than expected; nothing when it is the expected one. */
    List<String> differences(ReceivedRequest request) {
        JsonNode body = WireJson.bodyOf(request);
        List<String> differences = new ArrayList<>();
        for (RequestCondition part : parts) {
            @Nullable String difference = part.difference(request, body);
            if (difference != null) {
                differences.add(difference);
            }
        }
        return differences;
    }

    /** In words, as it is told when it fails. */
    @Override
    public String toString() {
        StringJoiner words = new StringJoiner(", ", asked + " with ", "").setEmptyValue(asked.toString());
        parts.forEach(part -> words.add(part.words()));
        return words.toString();
    }
}
