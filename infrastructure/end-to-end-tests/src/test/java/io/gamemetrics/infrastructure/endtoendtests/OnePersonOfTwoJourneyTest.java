package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A guest played and paid, and then signs in: one person of two in every read model, with all that came before. */
class OnePersonOfTwoJourneyTest {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    private static final String GAME = "one-of-two";

    private static final String BEFORE = """
            [{"eventId":"g1","type":"session_started","playerId":"guest","sessionId":"gs","occurredAt":"2026-03-20T10:00:00Z"},
             {"eventId":"g2","type":"session_ended","playerId":"guest","sessionId":"gs","occurredAt":"2026-03-20T10:01:00Z"},
             {"eventId":"g3","type":"purchase","playerId":"guest","occurredAt":"2026-03-20T10:00:10Z","itemId":"sword","itemType":"iap","currency":"USD","amountMicros":5000000},
             {"eventId":"g4","type":"item_interacted","playerId":"guest","occurredAt":"2026-03-20T10:00:20Z","itemId":"shield","kind":"play"},
             {"eventId":"g5","type":"score_submitted","playerId":"guest","occurredAt":"2026-03-20T10:00:30Z","leaderboardId":"best","score":95},
             {"eventId":"g6","type":"score_submitted","playerId":"guest","occurredAt":"2026-03-20T10:00:30Z","leaderboardId":"sum","score":95},
             {"eventId":"a1","type":"player_registered","playerId":"account","occurredAt":"2026-03-20T11:00:00Z","displayName":"Ada"},
             {"eventId":"a2","type":"session_started","playerId":"account","sessionId":"as1","occurredAt":"2026-03-20T11:00:00Z"},
             {"eventId":"a3","type":"session_started","playerId":"account","sessionId":"as2","occurredAt":"2026-03-21T11:00:00Z"},
             {"eventId":"a4","type":"purchase","playerId":"account","occurredAt":"2026-03-20T11:00:10Z","itemId":"bow","itemType":"iap","currency":"USD","amountMicros":7000000},
             {"eventId":"a5","type":"item_interacted","playerId":"account","occurredAt":"2026-03-20T11:00:20Z","itemId":"hat","kind":"view"},
             {"eventId":"a6","type":"score_submitted","playerId":"account","occurredAt":"2026-03-20T11:00:30Z","leaderboardId":"best","score":90},
             {"eventId":"a7","type":"score_submitted","playerId":"account","occurredAt":"2026-03-20T11:00:30Z","leaderboardId":"sum","score":90},
             {"eventId":"o1","type":"session_started","playerId":"other","sessionId":"os","occurredAt":"2026-03-20T12:00:00Z"},
             {"eventId":"o2","type":"purchase","playerId":"other","occurredAt":"2026-03-20T12:00:10Z","itemId":"sword","itemType":"iap","currency":"USD","amountMicros":5000000},
             {"eventId":"o3","type":"purchase","playerId":"other","occurredAt":"2026-03-20T12:00:11Z","itemId":"bow","itemType":"iap","currency":"USD","amountMicros":7000000},
             {"eventId":"o4","type":"item_interacted","playerId":"other","occurredAt":"2026-03-20T12:00:12Z","itemId":"shield","kind":"play"},
             {"eventId":"o5","type":"item_interacted","playerId":"other","occurredAt":"2026-03-20T12:00:13Z","itemId":"hat","kind":"like"},
             {"eventId":"o6","type":"item_interacted","playerId":"other","occurredAt":"2026-03-20T12:00:14Z","itemId":"ring","kind":"like"},
             {"eventId":"o7","type":"score_submitted","playerId":"other","occurredAt":"2026-03-20T12:00:30Z","leaderboardId":"best","score":92},
             {"eventId":"o8","type":"score_submitted","playerId":"other","occurredAt":"2026-03-20T12:00:30Z","leaderboardId":"sum","score":100}]
            """;

    private static final String LINK = """
            [{"eventId":"a8","type":"player_linked","playerId":"account","occurredAt":"2026-03-21T11:00:10Z","linkedPlayerId":"guest"}]
            """;

    private static final String COUNTED = """
            dailyMetrics(from: "2026-03-20", to: "2026-03-21") {
              day dau newPlayers sessions purchases payers revenue { iapMicros }
            }
            summary(from: "2026-03-20", to: "2026-03-21") { players payers dauSum }
            retention(from: "2026-03-20", to: "2026-03-20", days: [1]) { summary { observed returned } }
            """;

    @Test
    void aLinkedGuestAndTheirAccountAreOnePersonInEveryReadModelAndWereTwoBefore() throws Exception {
        try (Client client = PLATFORM.client()) {
            String key = client.createGame(GAME, "UTC");
            client.defineBoard(GAME, "best", "BEST", "DESC");
            client.defineBoard(GAME, "sum", "SUM", "DESC");

            twoPersonsAreCounted(client, client.send(GAME, key, BEFORE));
            onePersonIsCounted(client, client.send(GAME, key, LINK));
        }
    }

    private static void twoPersonsAreCounted(Client client, String position) throws Exception {
        assertThat(counted(client, position))
                .containsExactly(
                        "2026-03-20: 3 active, 3 new, 3 sessions, 4 purchases by 3, 24000000",
                        "2026-03-21: 1 active, 0 new, 1 sessions, 0 purchases by 0, 0",
                        "3 players, 3 payers, 4 days of play",
                        "1 of 3 came back");
        assertThat(ranked(client, position, "best"))
                .containsExactly(
                        "1 guest null 95 2026-03-20T10:00:30Z",
                        "2 other null 92 2026-03-20T12:00:30Z",
                        "3 account Ada 90 2026-03-20T11:00:30Z",
                        "3 listed, guest is 1 guest, account is 3 account");
        assertThat(ranked(client, position, "sum"))
                .containsExactly(
                        "1 other null 100 2026-03-20T12:00:30Z",
                        "2 guest null 95 2026-03-20T10:00:30Z",
                        "3 account Ada 90 2026-03-20T11:00:30Z",
                        "3 listed, guest is 2 guest, account is 3 account");
        awaitPlayer(
                client,
                position,
                "guest",
                "guest null since 2026-03-20, 1 sessions of 60 s, 1 purchases, 5000000",
                Set.of("bow", "hat", "ring"));
        awaitPlayer(
                client,
                position,
                "account",
                "account Ada since 2026-03-20, 2 sessions of 0 s, 1 purchases, 7000000",
                Set.of("sword", "shield", "hat", "ring"));
    }

    private static void onePersonIsCounted(Client client, String position) throws Exception {
        assertThat(counted(client, position))
                .containsExactly(
                        "2026-03-20: 2 active, 2 new, 3 sessions, 4 purchases by 2, 24000000",
                        "2026-03-21: 1 active, 0 new, 1 sessions, 0 purchases by 0, 0",
                        "2 players, 2 payers, 3 days of play",
                        "1 of 2 came back");
        assertThat(ranked(client, position, "best"))
                .as("the better of both")
                .containsExactly(
                        "1 account Ada 95 2026-03-20T10:00:30Z",
                        "2 other null 92 2026-03-20T12:00:30Z",
                        "2 listed, guest is 1 account, account is 1 account");
        assertThat(ranked(client, position, "sum"))
                .as("the sum of both")
                .containsExactly(
                        "1 account Ada 185 2026-03-20T11:00:30Z",
                        "2 other null 100 2026-03-20T12:00:30Z",
                        "2 listed, guest is 1 account, account is 1 account");
        for (String either : List.of("guest", "account")) {
            awaitPlayer(
                    client,
                    position,
                    either,
                    "account Ada since 2026-03-20, 3 sessions of 60 s, 2 purchases, 12000000",
                    Set.of("hat", "ring"));
        }
    }

    private static List<String> counted(Client client, String position) throws Exception {
        JsonNode game = client.game(GAME, position, COUNTED);
        JsonNode summary = game.path("summary");
        JsonNode back = game.at("/retention/summary/0");
        return List.of(
                day(game.at("/dailyMetrics/0")),
                day(game.at("/dailyMetrics/1")),
                summary.path("players").asText() + " players, "
                        + summary.path("payers").asText() + " payers, "
                        + summary.path("dauSum").asText() + " days of play",
                back.path("returned").asText() + " of " + back.path("observed").asText() + " came back");
    }

    private static String day(JsonNode day) {
        return day.path("day").asText() + ": " + day.path("dau").asText() + " active, "
                + day.path("newPlayers").asText() + " new, "
                + day.path("sessions").asText() + " sessions, "
                + day.path("purchases").asText() + " purchases by "
                + day.path("payers").asText() + ", "
                + day.at("/revenue/iapMicros").asText();
    }

    private static List<String> ranked(Client client, String position, String board) throws Exception {
        JsonNode read = client.game(GAME, position, """
                    leaderboard(id: "%s") {
                      totalCount
                      entries { nodes { rank playerId displayName score achievedAt } }
                      guest: rankOf(playerId: "guest") { rank playerId }
                      account: rankOf(playerId: "account") { rank playerId }
                    }
                    """.formatted(board)).path("leaderboard");
        List<String> lines = new ArrayList<>();
        read.at("/entries/nodes")
                .forEach(entry ->
                        lines.add(rank(entry) + " " + entry.path("displayName").asText() + " "
                                + entry.path("score").asText() + " "
                                + entry.path("achievedAt").asText()));
        lines.add(read.path("totalCount").asText() + " listed, guest is " + rank(read.path("guest")) + ", account is "
                + rank(read.path("account")));
        return lines;
    }

    private static String rank(JsonNode entry) {
        return entry.path("rank").asText() + " " + entry.path("playerId").asText();
    }

    /** The profile holds at the position; what is popular is counted anew some moments after. */
    private static void awaitPlayer(Client client, String position, String id, String profile, Set<String> offered)
            throws Exception {
        Set<String> items = Looking.until(offered::equals, () -> {
            JsonNode player = client.game(GAME, position, """
                    player(id: "%s") {
                      id displayName firstDay sessions sessionSeconds purchases revenue { totalMicros }
                      recommendations(first: 20, excludeOwned: true) { item }
                    }
                    """.formatted(id)).path("player");
            assertThat(profile(player)).as(id).isEqualTo(profile);
            return new TreeSet<>(player.path("recommendations").findValuesAsText("item"));
        });
        assertThat(items).as("what " + id + " has is not offered").isEqualTo(new TreeSet<>(offered));
    }

    private static String profile(JsonNode player) {
        return player.path("id").asText() + " " + player.path("displayName").asText() + " since "
                + player.path("firstDay").asText() + ", "
                + player.path("sessions").asText() + " sessions of "
                + new BigDecimal(player.path("sessionSeconds").asText()).toBigInteger() + " s, "
                + player.path("purchases").asText() + " purchases, "
                + player.at("/revenue/totalMicros").asText();
    }
}
