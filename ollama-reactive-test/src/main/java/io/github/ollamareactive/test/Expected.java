// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.test.internal.http.Route;
import io.github.ollamareactive.test.internal.json.JsonPaths;
import io.github.ollamareactive.test.internal.json.KeepAliveTimes;
import io.github.ollamareactive.test.internal.json.ModelName;
import io.github.ollamareactive.test.internal.json.WireJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A request that a test expects: method, path and conditions on headers and JSON body. Immutable; every method returns a new
 * expectation.
 *
 * <pre>{@code
 * ollama.expect(
 *         Expected.chat().model("llama3.2").lastUserMessage("Why is the sky blue?").field("/options/seed", 42),
 *         Answer.tokens("Because", " of", " Rayleigh."));
 * }</pre>
 *
 * <p>All that is not mentioned may have any value. Numbers are compared by value, objects without regard to the order of
 * their keys.
 */
// Longer than 300 lines because it is the complete list of conditions. RequestCondition tests them.
public final class Expected {

    private static final int ANY_NUMBER = -1;

    private final Route route;
    private final List<RequestCondition> conditions;
    private final int times;
    private final boolean optional;

    private Expected(Route route, List<RequestCondition> conditions, int times, boolean optional) {
        this.route = route;
        this.conditions = List.copyOf(conditions);
        this.times = times;
        this.optional = optional;
    }

    /**
     * A request with a method and a path.
     *
     * @param method such as {@code POST}
     * @param path the path; without a query it matches every query
     * @return the expectation
     */
    public static Expected request(String method, String path) {
        return new Expected(new Route(method, path), List.of(), ANY_NUMBER, false);
    }

    /**
     * A chat request: {@code POST /api/chat}.
     *
     * @return the expectation
     */
    public static Expected chat() {
        return request("POST", "/api/chat");
    }

    /**
     * A generate request: {@code POST /api/generate}.
     *
     * @return the expectation
     */
    public static Expected generate() {
        return request("POST", "/api/generate");
    }

    /**
     * An embed request: {@code POST /api/embed}.
     *
     * @return the expectation
     */
    public static Expected embed() {
        return request("POST", "/api/embed");
    }

    /**
     * A pull request: {@code POST /api/pull}.
     *
     * @return the expectation
     */
    public static Expected pull() {
        return request("POST", "/api/pull");
    }

    /**
     * Requires a model. {@code m} and {@code m:latest} are the same, and {@code name} is the old name of the field
     * {@code model}.
     *
     * @param name the name, with or without its tag
     * @return the expectation
     */
    public Expected model(String name) {
        JsonNode expected = WireJson.JSON.valueToTree(requireNonNull(name, "name"));
        return and(RequestCondition.equivalent("model", JsonPaths::model, ModelName::canonical, expected));
    }

    /**
     * Requires a text in the prompt of a generate request.
     *
     * @param part the text
     * @return the expectation
     */
    public Expected promptContains(String part) {
        return fieldContains("/prompt", part);
    }

    /**
     * Requires a text in the content of the last user message.
     *
     * @param part the text
     * @return the expectation
     */
    public Expected lastUserMessageContains(String part) {
        return and(contains("last user message", JsonPaths::lastUserMessage, part));
    }

    /**
     * Requires the system message: the content of the last message with this role, or {@code system} of a generate request.
     *
     * @param content the whole text
     * @return the expectation
     */
    public Expected systemMessage(String content) {
        requireNonNull(content, "content");
        return and(RequestCondition.equal("system message", JsonPaths::systemMessage, content));
    }

    /**
     * Requires a text in the system message; see {@link #systemMessage}.
     *
     * @param part the text
     * @return the expectation
     */
    public Expected systemMessageContains(String part) {
        return and(contains("system message", JsonPaths::systemMessage, part));
    }

    /**
     * Requires a text in a field that is a text.
     *
     * @param name the name of a top-level field, or a JSON pointer
     * @param part the text
     * @return the expectation
     */
    public Expected fieldContains(String name, String part) {
        String pointer = JsonPaths.pointer(requireNonNull(name, "name"));
        return and(contains(pointer.substring(1), body -> body.at(pointer), part));
    }

    private static RequestCondition contains(String name, UnaryOperator<JsonNode> value, String part) {
        requireNonNull(part, "part");
        return RequestCondition.text(name, value, "contains \"" + part + '"', text -> text.contains(part));
    }

    /**
     * Requires that a regular expression is found in a field that is a text. {@code ^} and {@code $} tie it to the ends.
     *
     * @param name the name of a top-level field, or a JSON pointer: {@code /messages/0/content}
     * @param regex the regular expression, as {@link Pattern} has it
     * @return the expectation
     */
    public Expected fieldMatches(String name, String regex) {
        String pointer = JsonPaths.pointer(requireNonNull(name, "name"));
        return and(matches(pointer.substring(1), body -> body.at(pointer), regex));
    }

    /**
     * Requires that a regular expression is found in the content of the last user message.
     *
     * @param regex the regular expression, as {@link Pattern} has it
     * @return the expectation
     */
    public Expected lastUserMessageMatches(String regex) {
        return and(matches("last user message", JsonPaths::lastUserMessage, regex));
    }

    private static RequestCondition matches(String name, UnaryOperator<JsonNode> value, String regex) {
        Pattern pattern = Pattern.compile(requireNonNull(regex, "regex"));
        return RequestCondition.text(
                name,
                value,
                "matches /" + regex + "/",
                text -> pattern.matcher(text).find());
    }

    /**
     * Requires a tool that the model may call.
     *
     * @param name the name of its function
     * @return the expectation
     */
    public Expected tool(String name) {
        requireNonNull(name, "name");
        return and(RequestCondition.present(
                "tool " + name,
                body -> JsonPaths.toolNames(body).contains(name),
                body -> "the tools are " + JsonPaths.toolNames(body)));
    }

    /**
     * Requires a picture: in any message, or in {@code images} of a generate request.
     *
     * @return the expectation
     */
    public Expected picture() {
        return and(RequestCondition.present("picture", body -> JsonPaths.pictures(body) > 0, body -> "there is none"));
    }

    /**
     * Requires how long the model stays loaded, however {@code keep_alive} spells it: {@code "5m"}, {@code "300s"} or 300.
     *
     * @param duration the time; any negative one stands for ever
     * @return the expectation
     */
    public Expected keepAlive(Duration duration) {
        JsonNode expected = KeepAliveTimes.canonical(requireNonNull(duration, "duration"));
        return and(RequestCondition.equivalent(
                "keep_alive", body -> body.path("keep_alive"), KeepAliveTimes::canonical, expected));
    }

    /**
     * Requires the prompt of a generate request.
     *
     * @param prompt the whole text
     * @return the expectation
     */
    public Expected prompt(String prompt) {
        return field("/prompt", prompt);
    }

    /**
     * Requires the content of the last user message.
     *
     * @param content the whole text
     * @return the expectation
     */
    public Expected lastUserMessage(String content) {
        requireNonNull(content, "content");
        return and(RequestCondition.equal("last user message", JsonPaths::lastUserMessage, content));
    }

    /**
     * Requires a field of the body.
     *
     * @param name the name of a top-level field, or a JSON pointer: {@code /options/seed}, {@code /messages/0/role}
     * @param value its value: text, number, boolean, a list or a map
     * @return the expectation
     */
    public Expected field(String name, Object value) {
        String pointer = JsonPaths.pointer(requireNonNull(name, "name"));
        requireNonNull(value, "value");
        return and(RequestCondition.equal(pointer.substring(1), body -> body.at(pointer), value));
    }

    /**
     * Requires that a field is absent or null.
     *
     * @param name the name of a top-level field, or a JSON pointer
     * @return the expectation
     */
    public Expected without(String name) {
        String pointer = JsonPaths.pointer(requireNonNull(name, "name"));
        return and(RequestCondition.absent(pointer.substring(1), body -> body.at(pointer)));
    }

    /**
     * Requires a part of the body: it must have every field of this document with the same value, and may have more.
     *
     * @param json a JSON document
     * @return the expectation
     */
    public Expected body(String json) {
        return and(RequestCondition.containing(WireJson.JSON.readTree(json)));
    }

    /**
     * Requires a header.
     *
     * @param name the header's name, in any case
     * @param value the header's value
     * @return the expectation
     */
    public Expected header(String name, String value) {
        return and(RequestCondition.header(requireNonNull(name, "name"), requireNonNull(value, "value")));
    }

    /**
     * Requires any other condition.
     *
     * @param description the condition in words, for messages
     * @param test whether a request meets it; called on the server's event loop
     * @return the expectation
     */
    public Expected that(String description, Predicate<ReceivedRequest> test) {
        return and(RequestCondition.of(requireNonNull(description, "description"), requireNonNull(test, "test")));
    }

    /**
     * Requires an exact number of requests. Further requests are matched with the other expectations and answers. Without
     * this, any number of requests is expected, but at least as many as there are answers.
     *
     * @param count the number of requests
     * @return the expectation
     */
    public Expected times(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count must be positive, but is " + count);
        }
        return new Expected(route, conditions, count, optional);
    }

    /**
     * Allows that there is no such request.
     *
     * @return the expectation
     */
    public Expected optional() {
        return new Expected(route, conditions, times, true);
    }

    private Expected and(RequestCondition condition) {
        List<RequestCondition> more = new ArrayList<>(conditions);
        more.add(condition);
        return new Expected(route, more, times, optional);
    }

    boolean exhaustedBy(int received) {
        return times != ANY_NUMBER && received >= times;
    }

    boolean satisfiedBy(int received, int answers) {
        return optional || (times == ANY_NUMBER ? received >= answers : received == times);
    }

    /** The required number of requests, for messages. */
    String requiredNumber(int answers) {
        int number = times == ANY_NUMBER ? answers : times;
        return (times == ANY_NUMBER ? "at least " : "") + number + (number == 1 ? " request" : " requests");
    }

    boolean hasRouteOf(ReceivedRequest request) {
        return route.equals(request.route()) || route.equals(request.route().withoutQuery());
    }

    /** How a request with this method and path differs from the expectation; empty when it does not. */
    List<String> differences(ReceivedRequest request) {
        JsonNode body = request.jsonBody();
        List<String> differences = new ArrayList<>();
        for (RequestCondition condition : conditions) {
            @Nullable String difference = condition.difference(request, body);
            if (difference != null) {
                differences.add(difference);
            }
        }
        return differences;
    }

    /** Method, path and conditions, as messages show them. */
    @Override
    public String toString() {
        StringJoiner all = new StringJoiner(", ", route + " with ", "").setEmptyValue(route.toString());
        conditions.forEach(condition -> all.add(condition.toString()));
        return all.toString();
    }
}
