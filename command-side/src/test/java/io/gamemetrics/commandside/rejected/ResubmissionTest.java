package io.gamemetrics.commandside.rejected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.commandside.TestCommandSide.Answer;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refused events mended and sent in again, over HTTP, on real servers: none is lost, none is counted twice. */
class ResubmissionTest extends RefusedGame {

    private static final String BY_CURRENCY = "\"code\":\"purchase.currency.unknown\"";
    private static final String TO_EURO = ",\"patch\":[{\"op\":\"replace\",\"path\":\"/currency\",\"value\":\"EUR\"}]";

    @Test
    void whatIsAcceptedAsItIsByNowLeavesTheLog() {
        send(score("s1"), score("s2"));
        assertThat(counts(resubmit("{\"code\":\"score.leaderboard.unknown\"}"))).isEqualTo("0/0/2");
        server.admin("PUT", "/v1/games/" + game + "/leaderboards/top", "{}");

        JsonNode answer = resubmit("{\"code\":\"score.leaderboard.unknown\"}");
        assertThat(counts(answer)).isEqualTo("2/0/0");
        assertThat(answer.get("position").textValue()).isNotBlank();
        assertThat(answer.at("/results/0/eventId").textValue()).isEqualTo("s1");
        assertThat(answer.at("/results/0/outcome").textValue()).isEqualTo("accepted");
        assertThat(codes()).isEmpty();
        assertThat(counts(send(score("s1"), score("s2")).body())).isEqualTo("0/2/0");
    }

    @Test
    void whatAPatchMendsIsAcceptedAndCountedOnce() {
        send(purchase("e1", "XX"));
        send(purchase("e1", "XX"), purchase("e2", "YY"));
        assertThat(counts(resubmit("{" + BY_CURRENCY + TO_EURO + "}"))).isEqualTo("2/1/0");
        assertThat(codes()).isEmpty();
        assertThat(counts(send(purchase("e1", "EUR"), purchase("e2", "EUR")).body()))
                .isEqualTo("0/2/0");
    }

    @Test
    void aDryRunTellsTheSameAndChangesNothing() {
        send(purchase("e1", "XX"), "7");
        long before = position();
        JsonNode answer = resubmit("{" + BY_CURRENCY + TO_EURO + ",\"dryRun\":true}");
        assertThat(counts(answer)).isEqualTo("1/0/0");
        assertThat(answer.get("dryRun").booleanValue()).isTrue();
        assertThat(position()).isEqualTo(before);
        assertThat(codes()).containsExactlyInAnyOrder("purchase.currency.unknown", "event.notObject");
        assertThat(get("/"
                                + resubmit("{" + BY_CURRENCY + ",\"dryRun\":true}")
                                        .at("/results/0/id")
                                        .textValue())
                        .body()
                        .has("patched"))
                .isFalse();
    }

    @Test
    void whatIsRefusedAgainStaysWithItsNewCodeAndIsPatchedFromThereOn() {
        send(purchase("e1", "XX").replace("4990000", "-1"));
        JsonNode result = resubmit("{" + BY_CURRENCY + TO_EURO + "}").at("/results/0");
        assertThat(result.get("code").textValue()).isEqualTo("purchase.amountMicros.range");
        assertThat(result.get("pointer").textValue()).isEqualTo("/amountMicros");
        assertThat(codes()).containsExactly("purchase.amountMicros.range");

        JsonNode entry = get("/" + firstId()).body();
        assertThat(entry.get("sent").textValue()).contains("\"XX\"");
        assertThat(entry.get("patched").textValue()).contains("\"EUR\"");
        String toOne = "[{\"op\":\"replace\",\"path\":\"/amountMicros\",\"value\":1}]";
        assertThat(counts(resubmit("{\"code\":\"purchase.amountMicros.range\",\"patch\":" + toOne + "}")))
                .isEqualTo("1/0/0");
        assertThat(codes()).isEmpty();
    }

    @Test
    void whatThePatchDoesNotFitStaysAsItIs() {
        send(purchase("e1", "XX"), purchase("e2", "XX").replace("gems5", "other"));
        String onlyGems = "\"patch\":[{\"op\":\"test\",\"path\":\"/itemId\",\"value\":\"gems5\"},"
                + "{\"op\":\"replace\",\"path\":\"/currency\",\"value\":\"EUR\"}]";
        JsonNode answer = resubmit("{" + BY_CURRENCY + "," + onlyGems + "}");
        assertThat(counts(answer)).isEqualTo("1/0/1");
        assertThat(answer.at("/results/1/code").textValue()).isEqualTo("patch.failed");
        assertThat(codes()).containsExactly("purchase.currency.unknown");
        assertThat(get("/" + firstId()).body().has("patched")).isFalse();
    }

    @Test
    void anyNumberIsWorkedThroughInRoundsAndNewcomersWaitForTheNextWalk() {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            events.add(purchase("e" + i, "XX"));
        }
        send(events.toArray(String[]::new));
        List<String> sizes = new ArrayList<>();
        String after = "";
        do {
            JsonNode round = resubmit("{" + BY_CURRENCY + ",\"first\":10" + after + "}");
            sizes.add(round.get("results").size() + (round.has("total") ? " of " + round.get("total") : ""));
            after = round.has("after") ? ",\"after\":\"" + round.get("after").textValue() + "\"" : null;
            send(purchase("newcomer-" + sizes.size(), "XX"));
        } while (after != null);
        assertThat(sizes).containsExactly("10 of 25", "10", "5", "0");
        assertThat(codes()).hasSize(29);
    }

    @Test
    void singleEventsAreSentAgainByTheirIds() {
        send(purchase("e1", "XX"), purchase("e2", "XX"));
        String id = firstId();
        assertThat(counts(resubmit("{\"ids\":[\"" + id + "\"]" + TO_EURO + "}")))
                .isEqualTo("1/0/0");
        assertThat(counts(resubmit("{\"ids\":[\"" + id + "\"]}"))).isEqualTo("0/0/0");
        String other = firstId();
        assertThat(counts(resubmit("{\"ids\":[\"" + other + "\"],\"code\":\"event.notObject\"}")))
                .isEqualTo("0/0/0");
        assertThat(codes()).hasSize(1);
    }

    @Test
    void largeOnesAreWorkedThroughFewAtATime() {
        String large = purchase("e", "XX").replace("gems5", "x".repeat(3_000_000));
        for (int i = 0; i < 3; i++) {
            send(large);
        }
        JsonNode first = resubmit("{\"code\":\"event.tooLarge\"}");
        assertThat(counts(first)).isEqualTo("0/0/2");
        JsonNode second = resubmit(
                "{\"code\":\"event.tooLarge\",\"after\":\"" + first.get("after").textValue() + "\"}");
        assertThat(counts(second)).isEqualTo("0/0/1");
        String shorter = ",\"patch\":[{\"op\":\"replace\",\"path\":\"/itemId\",\"value\":\"gems5\"}]";
        assertThat(counts(resubmit("{\"code\":\"event.tooLarge\"" + shorter + "}")))
                .isEqualTo("0/0/2");
        assertThat(get("/summary").body().get("codes").findValuesAsText("count"))
                .containsExactly("2", "1");
    }

    /** The events are durable, and whoever was to take them out of the log dies: the next one finds duplicates. */
    @Test
    void dyingBetweenStoringAndTidyingLosesNothingAndDoublesNothing() throws Exception {
        send(purchase("e1", "XX"), purchase("e2", "XX"));
        long before = position();
        try (Connection other = DriverManager.getConnection(databases.store());
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE rejected_event IN SHARE MODE");
            CompletableFuture<Answer> dying =
                    CompletableFuture.supplyAsync(() -> resubmit(operator, "{" + BY_CURRENCY + TO_EURO + "}"));
            await().until(() -> position() == before + 2 && waiting(statement) == 1);
            statement.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + WAITING);
            assertThat(dying.join().status()).isEqualTo(503);
            other.rollback();
        }
        assertThat(codes()).hasSize(2);
        assertThat(counts(resubmit("{" + BY_CURRENCY + TO_EURO + "}"))).isEqualTo("0/2/0");
        assertThat(codes()).isEmpty();
        assertThat(position()).isEqualTo(before + 2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                | 422 | resubmit.nothingNamed
            {'code':'a','first':0}            | 422 | resubmit.first.invalid
            {'code':'a','first':1001}         | 422 | resubmit.first.invalid
            {'ids':['x']}                     | 422 | resubmit.ids.invalid
            {'code':'a','patch':{}}           | 422 | resubmit.patch.invalid
            {'code':'a','patch':[{'op':'?'}]} | 422 | resubmit.patch.invalid
            {'code':'a','after':'nonsense'}   | 400 | parameter.malformed
            {'code':                          | 400 | body.malformed
            """)
    void whatIsAskedForWronglyIsTold(String body, int status, String code) {
        Answer answer = resubmit(operator, body.replace('\'', '"'));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().get("code").textValue()).isEqualTo(code);
    }

    private static final String WAITING =
            "wait_event_type = 'Lock' AND datname = current_database() AND query LIKE 'DELETE FROM rejected_event%'";

    private static long waiting(Statement statement) throws Exception {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE " + WAITING)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static long position() {
        return server.context().getBean(EventStore.class).position().number();
    }

    private static String score(String id) {
        return """
            {"eventId":"%s","type":"score_submitted","playerId":"%s","occurredAt":"2026-01-01T10:15:30Z",\
            "leaderboardId":"top","score":7}""".formatted(id, PLAYER);
    }
}
