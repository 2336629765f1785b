package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Three players buy something one read model's store refuses. They wait, each in order, and nobody else does. Operators see
 * it, try again in vain, pass one purchase over, have the store mended, and release the others: every number is exact.
 */
@Order(4)
class QuarantineJourneyTest {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    private static final long REFUSED_ONCE = 7_770_001;
    private static final long REFUSED_TOO = 7_770_002;
    private static final long PASSED_OVER = 7_770_003;
    private static final Set<Long> REFUSED = Set.of(REFUSED_ONCE, REFUSED_TOO, PASSED_OVER);
    private static final String REASON = "the shop took it back";

    @Test
    void whatCanNotBeAppliedWaitsInOrderIsSeenAndIsReleasedOrPassedOver() throws Exception {
        try (Client client = PLATFORM.client();
                Connection database = ReadDatabase.connect(PLATFORM.data());
                Refusing refusing = Refusing.begin(database, client)) {
            Shoppers shoppers = new Shoppers(client, "quarantined");
            Quarantined quarantine = new Quarantined(client, "players");
            allBuy(shoppers);
            othersGoOn(shoppers);
            Map<Long, JsonNode> waiting = quarantine.until(2L, 4L, 5L);
            String once = stream(waiting, 2);
            String passed = stream(waiting, 5);
            isSeenInOrder(once);

            laterEventsWait(shoppers, quarantine);
            retryInVain(once);
            isPassedOver(passed);
            assertThat(shoppers.profile("passed-over"))
                    .isEqualTo(shoppers.expected("passed-over", Set.of(PASSED_OVER)));

            refusing.end();
            isReleased(quarantine.retry("stream", once), 3);
            isReleased(quarantine.retry("cause", "handler.failed"), 4);
            quarantine.until();
            shoppers.buy("refused-once", 40);
            shoppers.send();
            for (String player : List.of("refused-once", "refused-too", "passed-over", "free")) {
                assertThat(shoppers.profile(player)).isEqualTo(shoppers.expected(player, Set.of(PASSED_OVER)));
            }
            isAudited(quarantine.orders(), once, passed);
        }
    }

    private static void allBuy(Shoppers shoppers) throws Exception {
        for (String player : List.of("refused-once", "refused-too", "passed-over", "free")) {
            shoppers.buy(player, 1_000_000);
        }
        shoppers.buy("refused-once", REFUSED_ONCE);
        shoppers.buy("refused-too", REFUSED_TOO);
        shoppers.buy("passed-over", PASSED_OVER);
        for (long micros = 1; micros <= 4; micros++) {
            shoppers.buy("passed-over", micros);
        }
        for (long micros = 11; micros <= 13; micros++) {
            shoppers.buy("refused-too", micros);
        }
        shoppers.buy("refused-once", 21);
        shoppers.buy("free", 31);
        shoppers.send();
    }

    /** Other players in this read model, and everybody in the others. */
    private static void othersGoOn(Shoppers shoppers) throws Exception {
        assertThat(shoppers.profile("free")).isEqualTo(shoppers.expected("free", Set.of()));
        assertThat(shoppers.profile("refused-once"))
                .as("what came before is there, and nothing behind")
                .isEqualTo(shoppers.expected("refused-once", Set.of(REFUSED_ONCE, 21L)));
        JsonNode metrics = shoppers.ask("summary(from: \"2025-03-27\", to: \"2025-03-27\") { purchases }");
        assertThat(metrics.at("/summary/purchases").asLong()).isEqualTo(shoppers.count());
    }

    private static void isSeenInOrder(String stream) throws Exception {
        JsonNode listed = PLATFORM.commandLine()
                .run("quarantine", "list", "--projection", "players")
                .answer();
        assertThat(listed.findValuesAsText("stream")).hasSize(3).contains(stream);
        assertThat(listed.findValuesAsText("cause")).containsOnly("handler.failed");
        CommandLine.Ended shown = PLATFORM.commandLine().run("quarantine", "show", "players", stream);
        JsonNode events = shown.answer().at("/0/first");
        assertThat(events.findValuesAsText("cause"))
                .as(shown.problems())
                .containsExactly("handler.failed", "stream.waits");
        List<Long> sequences = new ArrayList<>();
        events.forEach(event -> sequences.add(event.path("sequence").asLong()));
        assertThat(sequences).isSorted().doesNotHaveDuplicates();
        assertThat(shown.answer().toString()).doesNotContain("refused-once").doesNotContain("gems");
    }

    private static void laterEventsWait(Shoppers shoppers, Quarantined quarantine) throws Exception {
        shoppers.buy("refused-once", 22);
        shoppers.buy("free", 32);
        shoppers.send();
        assertThat(shoppers.profile("free")).isEqualTo(shoppers.expected("free", Set.of()));
        quarantine.until(3L, 4L, 5L);
    }

    private static void retryInVain(String stream) throws Exception {
        CommandLine.Ended ended = PLATFORM.commandLine().run("quarantine", "retry", "players", "--stream", stream);
        assertThat(ended.exit()).as(ended.problems()).isEqualTo(5);
        assertThat(ended.answer().path("state").asText()).isEqualTo("STOPPED");
        assertThat(ended.answer().path("applied").asLong()).isZero();
    }

    private static void isPassedOver(String stream) throws Exception {
        CommandLine.Ended ended =
                PLATFORM.commandLine().run("quarantine", "skip", "players", stream, "--reason", REASON);
        assertThat(ended.exit()).as(ended.problems()).isZero();
        assertThat(ended.answer().path("skipped").asLong()).isEqualTo(1);
        assertThat(ended.answer().path("applied").asLong()).isEqualTo(4);
    }

    private static void isReleased(JsonNode order, long applied) {
        assertThat(order.path("state").asText()).as(order.toPrettyString()).isEqualTo("DONE");
        assertThat(order.path("applied").asLong()).isEqualTo(applied);
    }

    /** Newest first: who ordered what, and why. */
    private static void isAudited(JsonNode orders, String once, String passed) {
        List<String> kept = new ArrayList<>();
        for (JsonNode order : orders) {
            kept.add(order.path("kind").asText() + " "
                    + order.path("stream").asText(order.path("cause").asText()) + " by "
                    + order.path("actor").asText() + ": "
                    + order.path("reason").asText(""));
        }
        Collections.reverse(kept);
        assertThat(kept)
                .containsExactly(
                        "RETRY " + once + " by local-admin: ",
                        "SKIP " + passed + " by local-admin: " + REASON,
                        "RETRY " + once + " by local-admin: ",
                        "RETRY handler.failed by local-admin: ");
    }

    private static String stream(Map<Long, JsonNode> waiting, long events) {
        return Objects.requireNonNull(waiting.get(events)).path("stream").asText();
    }

    /** The players' store takes no purchase of some amounts, until it is mended. */
    private record Refusing(Connection database, String table) implements AutoCloseable {

        static Refusing begin(Connection database, Client client) throws Exception {
            String table = "players.money";
            for (JsonNode projection : client.command("GET", "/v1/projections", Map.of())) {
                int version = projection.path("version").asInt();
                if (projection.path("name").asText().equals("players") && version > 1) {
                    table = "players_v" + version + ".money";
                }
            }
            execute(
                    database,
                    "ALTER TABLE " + table + " ADD CONSTRAINT refused CHECK (micros NOT IN "
                            + REFUSED.toString().replace('[', '(').replace(']', ')') + ") NOT VALID");
            return new Refusing(database, table);
        }

        void end() throws SQLException {
            execute(database, "ALTER TABLE " + table + " DROP CONSTRAINT IF EXISTS refused");
        }

        private static void execute(Connection database, String sql) throws SQLException {
            try (Statement statement = database.createStatement()) {
                statement.execute(sql);
            }
        }

        @Override
        public void close() throws SQLException {
            end();
        }
    }
}
