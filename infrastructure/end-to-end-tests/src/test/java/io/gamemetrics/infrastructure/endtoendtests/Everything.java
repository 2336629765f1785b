package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiFunction;

/** All read models about one game, held against what the acknowledged events must come to. */
record Everything(Client client, String game, String position, History history) {

    /** Somebody from Sweden and somebody from nowhere, who only registered: what they are offered is what is popular. */
    static final String NEWCOMERS = """
            [{"eventId":"new-1","type":"player_registered","playerId":"newcomer","occurredAt":"2025-03-27T13:00:00Z"},
             {"eventId":"new-2","type":"player_registered","playerId":"newcomer-se","occurredAt":"2025-03-27T13:00:00Z","country":"SE"}]
            """;

    private static final int AT_A_TIME = 10;

    /** Everything that was answered so far. */
    static Everything of(Client client, String game, SteadyLoad load, ZoneId zone) {
        return new Everything(client, game, load.position(), load.history(zone));
    }

    void isExact() throws Exception {
        metricsAre();
        boardsAre();
        profilesAre();
        recommendationsAre();
    }

    void metricsAre() throws Exception {
        LocalDate day = LocalDate.ofInstant(Life.FIRST, ZoneOffset.UTC);
        DaysOracle days = new DaysOracle(history, day.minusDays(1), day.plusDays(6));
        assertThat(DaysOracle.answered(client.game(game, position, days.fields())))
                .as("metrics")
                .containsExactlyElementsOf(days.expected());
    }

    void boardsAre() throws Exception {
        BoardsOracle boards = new BoardsOracle(history);
        LocalDate springForward = LocalDate.parse("2025-03-30");
        for (String board : Life.BOARDS) {
            assertThat(BoardsOracle.answered(client, game, position, board, "ALL_TIME"))
                    .as("board " + board)
                    .containsExactlyElementsOf(boards.expected(board, score -> true));
            assertThat(BoardsOracle.answered(client, game, position, board, springForward.toString()))
                    .as("board " + board + " on " + springForward)
                    .containsExactlyElementsOf(
                            boards.expected(board, score -> history.day(score).equals(springForward)));
        }
    }

    private void profilesAre() throws Exception {
        ProfilesOracle profiles = new ProfilesOracle(history);
        Map<String, JsonNode> players = players(history.players(), ProfilesOracle.FIELDS);
        assertThat(players.entrySet()).as("profiles").allSatisfy(player -> assertThat(
                        ProfilesOracle.answered(player.getValue()))
                .as(player.getKey())
                .isEqualTo(profiles.expected(player.getKey())));
    }

    /** What is popular is counted anew some moments after it changed. */
    private void recommendationsAre() throws Exception {
        ItemsOracle items = new ItemsOracle(history);
        for (Map.Entry<String, String> newcomer :
                Map.of("newcomer", "", "newcomer-se", "SE").entrySet()) {
            List<String> popular = items.popular(newcomer.getValue());
            assertThat(Looking.until(
                            popular::equals, () -> offered(List.of(newcomer.getKey()), (item, why) -> item + why)
                                    .getOrDefault(newcomer.getKey(), List.of())))
                    .as("popular: " + newcomer.getKey())
                    .containsExactlyElementsOf(popular);
        }
        assertThat(offered(history.players(), (item, why) -> item).entrySet())
                .as("recommendations")
                .allSatisfy(player -> assertThat(new TreeSet<>(player.getValue()))
                        .as(player.getKey())
                        .isEqualTo(items.offered(player.getKey())));
    }

    private Map<String, List<String>> offered(Collection<String> ids, BiFunction<String, String, String> shown)
            throws Exception {
        Map<String, List<String>> offered = new HashMap<>();
        players(ids, "recommendations(first: 40, excludeOwned: true) { item score why }")
                .forEach((id, player) -> {
                    List<String> lines = new ArrayList<>();
                    player.path("recommendations")
                            .forEach(item -> lines.add(shown.apply(
                                    item.path("item").asText(),
                                    " " + item.path("score").asText() + " "
                                            + item.path("why").asText())));
                    offered.put(id, lines);
                });
        return offered;
    }

    private Map<String, JsonNode> players(Collection<String> ids, String fields) throws Exception {
        List<String> all = List.copyOf(ids);
        Map<String, JsonNode> players = new HashMap<>();
        for (int from = 0; from < all.size(); from += AT_A_TIME) {
            StringBuilder asked = new StringBuilder();
            for (int i = from; i < Math.min(all.size(), from + AT_A_TIME); i++) {
                asked.append("p%d: player(id: \"%s\") { ...F } ".formatted(i, all.get(i)));
            }
            JsonNode answer = client.game(game, position, asked.toString(), "fragment F on Player { " + fields + " }");
            for (int i = from; i < Math.min(all.size(), from + AT_A_TIME); i++) {
                players.put(all.get(i), answer.path("p" + i));
            }
        }
        return players;
    }

    /** What the live tail showed: each event once, in the order of positions, nothing left out. */
    static void wasShown(List<JsonNode> shown, History history) {
        assertThat(shown)
                .as("in order, each position once")
                .extracting(Everything::number)
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(shown).allSatisfy(event -> {
            assertThat(event.path("leftOut").asLong()).isZero();
            assertThat(event.path("gap").asBoolean()).isFalse();
        });
        assertThat(shown.stream().map(Everything::what))
                .as("all events, none twice")
                .containsExactlyInAnyOrderElementsOf(
                        history.events().stream().map(Everything::what).toList());
    }

    private static long number(JsonNode event) {
        String position = event.path("position").asText();
        return Long.parseLong(position.substring(position.indexOf('.') + 1));
    }

    private static String what(JsonNode event) {
        return event.path("type").asText() + " " + History.at(event);
    }
}
