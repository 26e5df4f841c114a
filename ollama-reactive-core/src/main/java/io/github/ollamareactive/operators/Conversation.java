// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.operators;

import static java.util.Objects.requireNonNull;

import io.github.ollamareactive.generation.ChatRequest;
import io.github.ollamareactive.generation.GenerationEvent;
import io.github.ollamareactive.generation.GenerationEvent.Done;
import io.github.ollamareactive.protocol.JsonValue.JsonArray;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.Message;
import io.github.ollamareactive.protocol.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Flux;

/**
 * A conversation so far: an immutable value. Saying something gives a new one with a request to send; the reply, when it is
 * complete, gives the next. A turn that was cancelled or failed leaves nothing behind, since the conversation before it is unchanged.
 *
 * <pre>{@code
 * Conversation talk = Conversation.of(ChatRequest.of("llama3.2")).system("Be brief.");
 * Conversation asked = talk.user("Why is the sky blue?");
 * ollama.chat(asked.request()).transform(asked.reply(next -> talk = next)) …
 * }</pre>
 */
public final class Conversation {
    private final ChatRequest settings;
    private final History history;
    private final List<ToolCall> toolCalls;

    private Conversation(ChatRequest settings, History history, List<ToolCall> toolCalls) {
        this.settings = settings;
        this.history = history;
        this.toolCalls = List.copyOf(toolCalls);
    }

    /**
     * Begins, or goes on with a history that was kept.
     *
     * @param request the model, options and tools for every turn; its messages are the history, those of the system at its
     *     beginning being kept for ever
     * @return the conversation
     */
    public static Conversation of(ChatRequest request) {
        List<Message> messages = new ArrayList<>();
        if (request.fields().get("messages") instanceof JsonArray array) {
            array.items().forEach(item -> messages.add(Message.of((JsonObject) item)));
        }
        return new Conversation(request, History.of(messages), List.of());
    }

    /**
     * Changes what every turn asks with: another model, options, tools. The history stays.
     *
     * @param change makes the new settings; the messages that it sets are ignored
     * @return a new conversation
     */
    public Conversation with(UnaryOperator<ChatRequest> change) {
        return new Conversation(change.apply(settings), history, toolCalls);
    }

    /**
     * Says what the model is told beforehand, in place of what it was told.
     *
     * @param content the text
     * @return a new conversation
     */
    public Conversation system(String content) {
        return new Conversation(settings, history.opening(List.of(Message.system(content))), toolCalls);
    }

    /**
     * Says something: begins a turn.
     *
     * @param content the text
     * @return a new conversation, to be sent
     */
    public Conversation user(String content) {
        return user(Message.user(content));
    }

    /**
     * Says something, with pictures or in another role: begins a turn.
     *
     * @param message the message
     * @return a new conversation, to be sent
     */
    public Conversation user(Message message) {
        return new Conversation(settings, history.turn(requireNonNull(message, "message")), List.of());
    }

    /**
     * Gives the result of a function that the model wanted called; goes on with the turn.
     *
     * @param call the call, one of {@link #toolCalls}
     * @param result the result
     * @return a new conversation, to be sent when no call is left
     */
    public Conversation tool(ToolCall call, String result) {
        List<ToolCall> left = new ArrayList<>(toolCalls);
        left.remove(call);
        return new Conversation(settings, history.add(Message.tool(call, result)), left);
    }

    /**
     * The functions that the last reply wants called and that have no result yet.
     *
     * @return the calls, in order
     */
    public List<ToolCall> toolCalls() {
        return toolCalls;
    }

    /**
     * What to send.
     *
     * @return the request, with the whole history
     */
    public ChatRequest request() {
        return settings.messages(messages());
    }

    /**
     * The whole history.
     *
     * @return the messages, oldest first
     */
    public List<Message> messages() {
        return history.messages();
    }

    /**
     * Adds a reply: text, thinking and tool calls as the server wants them back.
     *
     * @param reply the reply to {@link #request}, as {@link Tokens#collect} gives it
     * @return the next conversation
     */
    public Conversation answered(Completion reply) {
        return new Conversation(
                settings, history.answer(reply.message(), reply.summary().server()), reply.toolCalls());
    }

    /**
     * Passes the reply on while recording it.
     *
     * <p><b>Emits</b> the same events. The hook gets the next conversation once for each {@code Done}, before that is passed on; nothing
     * when the reply is cancelled before or fails. A stream of one reply has one {@code Done}. Where several replies come one after
     * the other (a {@code concat}), each is a message of its own, and the last conversation has all of them. An answer ended by
     * {@link Tokens#until(Budget)} upstream of this counts as complete.
     *
     * <p><b>Errors:</b> those of the stream, and what the hook throws: a conversation that wasn't taken is lost. <b>Demand, cancel,
     * threads:</b> those of the stream; the hook runs on the thread of the signal.
     *
     * @param next takes the next conversation, without blocking
     * @return the operator, for {@code transform} on the reply to {@link #request}
     */
    public UnaryOperator<Flux<GenerationEvent>> reply(Consumer<? super Conversation> next) {
        requireNonNull(next, "next");
        return events -> Flux.defer(() -> {
            ReplyCollector replies = new ReplyCollector(this);
            return events.doOnNext(event -> {
                replies.add(event);
                if (event instanceof Done) {
                    next.accept(replies.next());
                }
            });
        });
    }

    /** Makes a message of each reply of a subscription. */
    private static final class ReplyCollector {
        private Conversation conversation;
        private CompletionCollector reply = new CompletionCollector();

        ReplyCollector(Conversation conversation) {
            this.conversation = conversation;
        }

        void add(GenerationEvent event) {
            reply.add(event);
        }

        Conversation next() {
            conversation = conversation.answered(reply.completion());
            reply = new CompletionCollector();
            return conversation;
        }
    }

    /**
     * How long the history is, as the server counted it with the last reply ({@code prompt_eval_count} and {@code eval_count}), less
     * what was trimmed since.
     *
     * @return tokens; empty before the first reply and when the server doesn't count
     */
    public OptionalLong tokens() {
        Long tokens = history.tokens();
        return tokens == null ? OptionalLong.empty() : OptionalLong.of(tokens);
    }

    /**
     * Forgets the oldest turns until the history is within a number of tokens. What the system said stays, and so does the last
     * turn; a turn goes as a whole, with its tool calls and results. A turn's length is what the server's count grew by. Where one
     * count covers several (the system's words and the first question, a history that was kept, what is left of an answer and the next
     * question), they share it by their characters. Without a count of the server nothing is trimmed.
     *
     * <p>An answer is counted with its thinking, shown or not, which many models' templates leave out of later prompts. As far as the counts so far
     * show that, the thinking of the last answer isn't counted either; before the second question nothing shows it.
     *
     * @param maxTokens how long the history may be, without the next question and its answer
     * @return the shorter conversation, the same when it is short enough
     */
    public Conversation trim(long maxTokens) {
        return new Conversation(settings, history.trim(maxTokens), toolCalls);
    }
}
