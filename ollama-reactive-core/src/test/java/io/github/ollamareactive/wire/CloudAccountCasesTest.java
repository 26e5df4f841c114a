// SPDX-License-Identifier: Apache-2.0
package io.github.ollamareactive.wire;

import static io.github.ollamareactive.wire.AnswerLines.errorLine;
import static io.github.ollamareactive.wire.AnswerLines.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollamareactive.OllamaClient;
import io.github.ollamareactive.protocol.JsonValue.JsonObject;
import io.github.ollamareactive.protocol.OllamaException;
import io.github.ollamareactive.protocol.OllamaException.Status;
import io.github.ollamareactive.protocol.OllamaException.Status.Kind;
import io.github.ollamareactive.server.ServerEvent.Balance;
import io.github.ollamareactive.server.ServerEvent.Remaining;
import io.github.ollamareactive.server.UsageEvent.Bucket;
import io.github.ollamareactive.server.UsageEvent.Counters;
import io.github.ollamareactive.server.UsageEvent.Total;
import io.github.ollamareactive.server.UsageRequest;
import io.github.ollamareactive.test.Answer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the cloud says of the account's usage and balance. */
final class CloudAccountCasesTest {
    private static final String FROM = "2026-10-03T14:00:00Z";
    private static final String HOUR = "'from':'" + FROM + "','until':'2026-10-03T15:00:00Z'";

    private static CallResult usage(String buckets, String totals) {
        String document = "{'range':'24h','scope':'self','granularity':'hour'," + HOUR + ",'totals':" + totals
                + ",'buckets':[" + buckets + "]}";
        CallResult result = CallResult.of(
                Answer.json(200, json(document)),
                client -> client.usage(UsageRequest.create().range("24h")));
        assertThat(result.error()).isNull();
        return result;
    }

    @Test
    @DisplayName("D37 25 buckets in their order, the last of them partial")
    void theBucketsInTheirOrder() {
        String buckets = IntStream.range(0, 25)
                .mapToObj(i -> "{" + HOUR + ",'request_count':" + i + (i == 24 ? ",'partial':true}" : "}"))
                .collect(Collectors.joining(","));
        CallResult result = usage(buckets, "{'request_count':300}");
        assertThat(result.events()).hasSize(26);
        assertThat(result.events().subList(0, 25))
                .extracting(bucket -> ((Bucket) bucket).counters().requestCount())
                .containsExactlyElementsOf(
                        IntStream.range(0, 25).mapToObj(Long::valueOf).toList());
        assertThat(result.events().subList(0, 25))
                .extracting(bucket -> ((Bucket) bucket).partial())
                .containsExactlyElementsOf(
                        IntStream.range(0, 25).mapToObj(i -> i == 24).toList());
        Total total = (Total) result.events().get(25);
        assertThat(total.range() + total.scope() + total.granularity()).isEqualTo("24hselfhour");
        assertThat(total.from()).isEqualTo(OffsetDateTime.parse(FROM));
    }

    @Test
    @DisplayName("D38 costs that are absent are unknown")
    void costsThatAreAbsentAreUnknown() {
        CallResult result = usage("{" + HOUR + ",'request_count':4}", "{'request_count':4}");
        assertThat(((Bucket) result.events().get(0)).counters()).isEqualTo(new Counters(4L, null, null, null, null));
        assertThat(((Total) result.events().get(1)).counters()).isEqualTo(new Counters(4L, null, null, null, null));
    }

    @Test
    @DisplayName("D39 costs are exact, 0 is 0")
    void costsAreExact() {
        CallResult result = usage("{" + HOUR + ",'usage_usd':0.00318,'cached_input_tokens':0}", "{}");
        assertThat(((Bucket) result.events().get(0)).counters())
                .isEqualTo(new Counters(null, new BigDecimal("0.00318"), null, 0L, null));
    }

    @Test
    @DisplayName("D40 the document of before September 2026 is no report")
    void theOldDocumentIsNoReport() {
        for (String document :
                new String[] {"{'limits':{'session':{'usage':0.046},'weekly':{}},'activity':{}}", "{'buckets':[]}", "{}"
                }) {
            CallResult.of(Answer.json(200, json(document)), client -> client.usage(UsageRequest.create()))
                    .assertFailed(OllamaException.Protocol.class);
        }
    }

    @Test
    @DisplayName("D41 too many reports; a range that there isn't")
    void tooManyReportsAndARangeThatThereIsNot() {
        Status limited = CallResult.of(
                        Answer.json(429, errorLine("too many requests")).header("Retry-After", "41"),
                        config -> config.retries(0),
                        client -> client.usage(UsageRequest.create()))
                .assertRefused(429, Kind.RATE_LIMITED, "too many requests");
        assertThat(limited.retryAfter()).isEqualTo(Duration.ofSeconds(41));
        CallResult.of(
                        Answer.json(400, errorLine("unsupported range")),
                        client -> client.usage(UsageRequest.create().range("1y")))
                .assertRefused(400, Kind.BAD_REQUEST, "unsupported range");
    }

    private static Balance balance(String document) {
        CallResult result = CallResult.of(Answer.json(200, json(document)), OllamaClient::balance);
        assertThat(result.error()).isNull();
        assertThat(result.events()).hasSize(1);
        return (Balance) result.events().get(0);
    }

    @Test
    @DisplayName("D42 the balance of a plan of today")
    void theBalanceOfAPlanOfToday() {
        assertThat(balance(
                        "{'included':{'balance_usd':72.5,'allowance_usd':100,'period':{'from':'2026-09-15T09:30:00Z',"
                                + "'until':'2026-10-15T09:30:00Z'}},'purchased':{'balance_usd':25}}"))
                .isEqualTo(new Balance(
                        new BigDecimal("72.5"),
                        new BigDecimal("100"),
                        OffsetDateTime.parse("2026-09-15T09:30:00Z"),
                        OffsetDateTime.parse("2026-10-15T09:30:00Z"),
                        null,
                        null,
                        new BigDecimal("25"),
                        JsonObject.EMPTY));
    }

    @Test
    @DisplayName("D43 the balance of an older plan; an empty one")
    void theBalanceOfAnOlderPlan() {
        Balance older = balance("{'included':{'session':{'remaining_percent':75,'resets_at':'" + FROM + "'},"
                + "'weekly':{'remaining_percent':40}}}");
        assertThat(older.session()).isEqualTo(new Remaining(new BigDecimal("75"), OffsetDateTime.parse(FROM)));
        assertThat(older.weekly()).isEqualTo(new Remaining(new BigDecimal("40"), null));
        assertThat(older.purchased()).isNull();
        assertThat(balance("{}")).isEqualTo(new Balance(null, null, null, null, null, null, null, JsonObject.EMPTY));
        assertThat(balance("{'included':null,'purchased':{}}"))
                .isEqualTo(new Balance(null, null, null, null, null, null, null, JsonObject.EMPTY));
    }
}
