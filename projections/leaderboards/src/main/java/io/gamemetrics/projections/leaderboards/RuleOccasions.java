package io.gamemetrics.projections.leaderboards;

import io.gamemetrics.infrastructure.replays.Occasion;
import io.gamemetrics.infrastructure.replays.Occasion.Reason;
import io.gamemetrics.projections.leaderboardsstore.BoardRule;
import io.gamemetrics.projections.leaderboardsstore.LeaderboardsRules.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** What changed rules and zones come to, in operators' words: one occasion a board, and one a game for its zone. */
final class RuleOccasions {

    private final IntFunction<Optional<String>> games;

    /** @param games the id of a game with a number */
    RuleOccasions(IntFunction<Optional<String>> games) {
        this.games = games;
    }

    List<Occasion> of(List<Change> changes) {
        List<Occasion> occasions = new ArrayList<>();
        Map<Integer, Zoned> zones = new TreeMap<>();
        for (Change change : changes) {
            if (change.isOfZoneAlone()) {
                zones.merge(change.gameNumber(), new Zoned(change, 1), Zoned::plus);
            } else {
                occasions.add(new Occasion(
                        Reason.LEADERBOARD_RULE,
                        game(change.gameNumber()),
                        change.boardId(),
                        "The board is counted by " + words(change.counted(), change.wanted()) + "."));
            }
        }
        zones.forEach((game, zoned) -> occasions.add(new Occasion(
                Reason.TIME_ZONE,
                game(game),
                null,
                zoned.boards + (zoned.boards == 1 ? " board goes" : " boards go") + " by the days of "
                        + zoned.any.counted().zone() + " instead of "
                        + zoned.any.wanted().zone() + ".")));
        return occasions;
    }

    private record Zoned(Change any, int boards) {
        Zoned plus(Zoned other) {
            return new Zoned(any, boards + other.boards);
        }
    }

    private static String words(BoardRule counted, BoardRule wanted) {
        return words(counted) + " instead of " + words(wanted);
    }

    private static String words(BoardRule rule) {
        return rule.operator() + " " + rule.order() + " " + rule.reset() + " in " + rule.zone();
    }

    private String game(int number) {
        return games.apply(number).orElse("number " + number);
    }
}
