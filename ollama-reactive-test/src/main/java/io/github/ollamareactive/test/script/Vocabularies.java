// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.test.script;

import io.github.ollamareactive.test.Answer;
import io.github.ollamareactive.test.Chunking;
import io.github.ollamareactive.test.Errors;
import io.github.ollamareactive.test.Fault;
import io.github.ollamareactive.test.Pace;
import io.github.ollamareactive.test.ReplayRule;
import java.time.Duration;

/** The words for everything that is chosen by name. They are named as the kit's methods are. */
final class Vocabularies {

    static final Vocabulary<Answer> ERRORS = new Vocabulary<Answer>("error")
            .with("modelNotFound", a -> Errors.modelNotFound(a.required("model").text()), "model")
            .with("modelRequired", a -> Errors.modelRequired())
            .with("invalidModelName", a -> Errors.invalidModelName())
            .with(
                    "unsupported",
                    a -> Errors.unsupported(
                            a.required("model").text(), a.required("capability").text()),
                    "model",
                    "capability")
            .with("embeddingsUnsupported", a -> Errors.embeddingsUnsupported())
            .with("badRequest", a -> Errors.badRequest(a.required("message").text()), "message")
            .with(
                    "unauthorized",
                    a -> a.get("signinUrl")
                            .map(url -> Errors.unauthorized(url.text()))
                            .orElseGet(Errors::unauthorized),
                    "signinUrl?")
            .with("forbidden", a -> Errors.forbidden())
            .with("rateLimited", a -> Errors.rateLimited(a.required("after").duration()), "after")
            .with("overloaded", a -> Errors.overloaded())
            .with("serverError", a -> Errors.serverError(a.required("message").text()), "message")
            .with("badGateway", a -> Errors.badGateway(a.required("message").text()), "message")
            .with("htmlPage", a -> Errors.htmlPage(a.required("status").status()), "status")
            .with(
                    "redirect",
                    a -> Errors.redirect(
                            a.required("status").status(),
                            a.required("location").text()),
                    "status",
                    "location")
            .with("unknownPath", a -> Errors.unknownPath())
            .with("wrongMethod", a -> Errors.wrongMethod(a.required("allowed").text()), "allowed");

    static final Vocabulary<Fault> FAULTS = new Vocabulary<Fault>("fault")
            .with("resetAt", a -> Fault.resetAt(a.required("bytes").wholeNumber()), "bytes")
            .with("resetBeforeHeaders", a -> Fault.resetBeforeHeaders())
            .with("closeAt", a -> Fault.closeAt(a.required("bytes").wholeNumber()), "bytes")
            .with("closeBeforeHeaders", a -> Fault.closeBeforeHeaders())
            .with("closeWithoutTerminator", a -> Fault.closeWithoutTerminator())
            .with("closeAfterwards", a -> Fault.closeAfterwards())
            .with("endAfter", a -> Fault.endAfter(a.required("lines").wholeNumber()), "lines")
            .with("endAt", a -> Fault.endAt(a.required("bytes").wholeNumber()), "bytes")
            .with(
                    "stallBeforeHeaders",
                    a -> a.get("duration")
                            .map(duration -> Fault.stallBeforeHeaders(duration.duration()))
                            .orElseGet(Fault::stallBeforeHeaders),
                    "duration?")
            .with("stallBeforeFirstLine", a -> Fault.stallBeforeFirstLine())
            .with("stallAfter", Vocabularies::stallAfter, "lines", "duration?")
            .with("drip", a -> Fault.drip(a.required("gap").duration()), "gap")
            .with(
                    "malformedLineAfter",
                    a -> Fault.malformedLineAfter(a.required("lines").wholeNumber()),
                    "lines")
            .with(
                    "lineAfter",
                    a -> Fault.lineAfter(
                            a.required("lines").wholeNumber(),
                            a.required("line").text()),
                    "lines",
                    "line")
            .with(
                    "errorLineAfter",
                    a -> Fault.errorLineAfter(
                            a.required("lines").wholeNumber(),
                            a.required("message").text()),
                    "lines",
                    "message")
            .with(
                    "oversizedLineAfter",
                    a -> Fault.oversizedLineAfter(
                            a.required("lines").wholeNumber(),
                            a.required("bytes").intNumber()),
                    "lines",
                    "bytes")
            .with("random", Vocabularies::random, "seed", "probability?")
            .with("contentType", a -> Fault.contentType(a.required("type").text()), "type")
            .with("htmlPage", a -> Fault.htmlPage(a.required("status").status()), "status")
            .with(
                    "redirect",
                    a -> Fault.redirect(
                            a.required("status").status(),
                            a.required("location").text()),
                    "status",
                    "location")
            .with("rateLimited", a -> Fault.rateLimited(a.required("after").duration()), "after")
            .with(
                    "flaky",
                    a -> Fault.flaky(a.required("times").intNumber(), ERRORS.read(a.required("error"))),
                    "times",
                    "error");

    static final Vocabulary<Pace> PACES = new Vocabulary<Pace>("pace")
            .with("recorded", a -> Pace.recorded())
            .with("atOnce", a -> Pace.atOnce())
            .with("scaled", a -> Pace.scaled(a.required("factor").number()), "factor")
            .with("every", a -> Pace.every(a.required("gap").duration()), "gap")
            .with("tokens", Vocabularies::tokens, "firstToken", "tokensPerSecond", "jitter?", "seed?");

    static final Vocabulary<Chunking> CHUNKINGS = new Vocabulary<Chunking>("chunking")
            .with("asWritten", a -> Chunking.asWritten())
            .with("oneByte", a -> Chunking.oneByte())
            .with("allAtOnce", a -> Chunking.allAtOnce())
            .with("random", a -> Chunking.random(a.required("seed").wholeNumber()), "seed");

    static final Vocabulary<ReplayRule> REPLAY_RULES = new Vocabulary<ReplayRule>("replay rule")
            .with("model", a -> ReplayRule.model())
            .with("prompt", a -> ReplayRule.prompt())
            .with("lastUserMessage", a -> ReplayRule.lastUserMessage())
            .with(
                    "field",
                    a -> a.required("name")
                            .checked(() -> ReplayRule.field(a.required("name").text())),
                    "name")
            .with("anyBody", a -> ReplayRule.anyBody());

    private Vocabularies() {}

    private static Fault random(ScriptObject arguments) {
        long seed = arguments.required("seed").wholeNumber();
        return arguments
                .get("probability")
                .map(probability -> Fault.random(probability.number(), seed))
                .orElseGet(() -> Fault.random(seed));
    }

    private static Pace tokens(ScriptObject arguments) {
        Duration firstToken = arguments.required("firstToken").duration();
        double perSecond = arguments.required("tokensPerSecond").number();
        long seed = arguments.get("seed").map(ScriptValue::wholeNumber).orElse(0L);
        return arguments
                .get("jitter")
                .map(jitter -> Pace.tokens(firstToken, perSecond, jitter.number(), seed))
                .orElseGet(() -> Pace.tokens(firstToken, perSecond));
    }

    private static Fault stallAfter(ScriptObject arguments) {
        long lines = arguments.required("lines").wholeNumber();
        return arguments
                .get("duration")
                .map(duration -> Fault.stallAfter(lines, duration.duration()))
                .orElseGet(() -> Fault.stallAfter(lines));
    }
}
