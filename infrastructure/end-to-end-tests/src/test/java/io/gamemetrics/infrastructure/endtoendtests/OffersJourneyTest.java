package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two boards get other rules and their game another time zone. What would be counted otherwise is offered by itself; one
 * offer is dismissed, another is taken, and readers see old rules until they see new ones.
 */
@Order(5)
class OffersJourneyTest {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    private static final String GAME = "offered";
    private static final ZoneId OLD = ZoneId.of("Europe/Berlin");
    private static final ZoneId NEW = ZoneId.of("Asia/Tokyo");
    private static final LocalDate DAY = LocalDate.parse("2025-03-30");
    private static final int EVENTS = 240;

    /** Each board's rule as oracles call it. */
    private static final Map<String, String> OLD_RULES =
            Map.of("best", "best", "latest", "latest", "sum", "sum", "count", "count");

    private static final Map<String, String> NEW_RULES =
            Map.of("best", "sum", "latest", "count", "sum", "sum", "count", "count");

    @Test
    void changedRulesAndZonesOfferAReplayThatCountsByThem() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("offered with seed " + seed);
        try (Client client = PLATFORM.client()) {
            SteadyLoad load = played(client, seed);
            change(client);
            Map<String, String> offers = Looking.until(offered -> offered.size() == 3, () -> offers(client));
            assertThat(offers).containsOnlyKeys("LEADERBOARD_RULE best", "LEADERBOARD_RULE latest", "TIME_ZONE ");
            boardsAre(client, load, OLD_RULES, OLD);

            CommandLine.Ended dismissed = PLATFORM.commandLine()
                    .run("replay", "dismiss", String.valueOf(offers.get("LEADERBOARD_RULE latest")));
            assertThat(dismissed.exit()).as(dismissed.problems()).isZero();
            assertThat(offers(client)).containsOnlyKeys("LEADERBOARD_RULE best", "TIME_ZONE ");

            Replaying replay = Replaying.start(client, "leaderboards");
            replay.untilReady();
            boardsAre(client, load, OLD_RULES, OLD);
            replay.order("switch");
            boardsAre(client, load, NEW_RULES, NEW);
            assertThat(offers(client)).isEmpty();
            Everything.of(client, GAME, load, NEW).metricsAre();
            replay.order("drop");
        }
    }

    private static SteadyLoad played(Client client, long seed) throws Exception {
        String key = client.createGame(GAME, OLD.getId());
        BoardsOracle.define(client, GAME);
        Life life = new Life(seed, 0, 1);
        SteadyLoad load = new SteadyLoad(client, GAME, key, List.of(life));
        load.deliver(life.next(EVENTS));
        load.deliver(life.rest());
        return load;
    }

    private static void change(Client client) throws Exception {
        client.defineBoard(GAME, "best", "SUM", "DESC");
        client.defineBoard(GAME, "latest", "COUNT", "DESC");
        client.command("PATCH", "/v1/games/" + GAME, Map.of("timeZone", NEW.getId()));
    }

    /** What is offered about the game, in whatever read model: reason and board, and the offer's id. */
    private static Map<String, String> offers(Client client) throws Exception {
        Map<String, String> offers = new TreeMap<>();
        for (JsonNode projection : client.command("GET", "/v1/projections", Map.of())) {
            for (JsonNode offer : projection.path("offers")) {
                if (offer.path("game").asText().equals(GAME)) {
                    assertThat(offer.path("projection").asText()).isEqualTo("leaderboards");
                    offers.put(
                            offer.path("reason").asText() + " "
                                    + offer.path("board").asText(""),
                            offer.path("offerId").asText());
                }
            }
        }
        return offers;
    }

    private static void boardsAre(Client client, SteadyLoad load, Map<String, String> rules, ZoneId zone)
            throws Exception {
        History history = load.history(zone);
        for (String board : Life.BOARDS) {
            String rule = String.valueOf(rules.get(board));
            is(client, load, board, "ALL_TIME", new BoardsOracle(history).expected(board, rule, score -> true));
            Predicate<JsonNode> thatDay = score -> history.day(score).equals(DAY);
            is(client, load, board, DAY.toString(), new BoardsOracle(history).expected(board, rule, thatDay));
        }
    }

    private static void is(Client client, SteadyLoad load, String board, String period, List<String> expected)
            throws Exception {
        assertThat(Looking.until(
                        expected::equals, () -> BoardsOracle.answered(client, GAME, load.position(), board, period)))
                .as(board + " in " + period)
                .containsExactlyElementsOf(expected);
    }
}
