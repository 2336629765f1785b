package io.gamemetrics.infrastructure.endtoendtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the lists of the boards must be, and what they are: one line an entry, in order. */
record BoardsOracle(History history) {

    private static final int PAGE = 30;

    private record Placed(String person, long score, Instant at) {}

    static void define(Client client, String game) throws Exception {
        client.defineBoard(game, "best", "BEST", "ASC");
        client.defineBoard(game, "latest", "LATEST", "DESC");
        client.defineBoard(game, "sum", "SUM", "DESC");
        client.defineBoard(game, "count", "COUNT", "DESC");
    }

    /** The whole list, read page by page. */
    static List<String> answered(Client client, String game, String position, String board, String period)
            throws Exception {
        List<String> lines = new ArrayList<>();
        String after = "";
        while (true) {
            JsonNode entries = client.game(game, position, """
                            leaderboard(id: "%s") { entries(first: %d, period: "%s"%s) {
                              totalCount nodes { rank playerId score achievedAt } pageInfo { hasNextPage endCursor }
                            } }
                            """.formatted(board, PAGE, period, after))
                    .at("/leaderboard/entries");
            entries.path("nodes")
                    .forEach(entry -> lines.add(line(
                            entry.path("rank").asLong(),
                            entry.path("playerId").asText(),
                            entry.path("score").asText(),
                            Instant.parse(entry.path("achievedAt").asText()))));
            if (!entries.at("/pageInfo/hasNextPage").asBoolean()) {
                lines.add(entries.path("totalCount").asText() + " listed");
                return lines;
            }
            after = ", after: \"" + entries.at("/pageInfo/endCursor").asText() + "\"";
        }
    }

    /** @param among which scores belong to the period */
    List<String> expected(String board, Predicate<JsonNode> among) {
        return expected(board, board, among);
    }

    /** @param rule the board that {@link #define} gave the rule this one has now */
    List<String> expected(String board, String rule, Predicate<JsonNode> among) {
        Comparator<Placed> byScore = Comparator.comparingLong(Placed::score);
        List<Placed> placed = history
                .of("score_submitted")
                .filter(score -> board.equals(score.path("leaderboardId").asText()))
                .filter(among)
                .collect(Collectors.groupingBy(history::person))
                .entrySet()
                .stream()
                .map(entry -> folded(rule, entry.getKey(), entry.getValue()))
                .sorted((rule.equals("best") ? byScore : byScore.reversed()).thenComparing(Placed::at))
                .toList();
        List<String> lines = new ArrayList<>();
        placed.forEach(entry -> lines.add(line(lines.size() + 1, entry.person, Long.toString(entry.score), entry.at)));
        lines.add(placed.size() + " listed");
        return lines;
    }

    private static Placed folded(String rule, String person, List<JsonNode> scores) {
        Comparator<JsonNode> byTime = Comparator.comparing(History::at);
        JsonNode last = scores.stream().max(byTime).orElseThrow();
        return switch (rule) {
            case "best" -> {
                JsonNode best = scores.stream()
                        .min(Comparator.comparingLong(BoardsOracle::score).thenComparing(byTime))
                        .orElseThrow();
                yield new Placed(person, score(best), History.at(best));
            }
            case "latest" -> new Placed(person, score(last), History.at(last));
            case "sum" ->
                new Placed(
                        person, scores.stream().mapToLong(BoardsOracle::score).sum(), History.at(last));
            case "count" -> new Placed(person, scores.size(), History.at(last));
            default -> throw new IllegalArgumentException("no such rule: " + rule);
        };
    }

    private static long score(JsonNode event) {
        return event.path("score").asLong();
    }

    private static String line(long rank, String person, String score, Instant at) {
        return rank + " " + person + " " + score + " " + at;
    }
}
