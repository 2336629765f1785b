package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;

/** A short look at every board, where the long one would take too long. */
final class AllTimeLists {

    private AllTimeLists() {}

    static void check(LeaderboardsReader reader, History history, long seed) {
        int boards = 0;
        for (int game : History.GAMES) {
            for (String board : History.BOARDS) {
                Oracle oracle = new Oracle(history.events(), game, board);
                BoardRule rule = oracle.rule();
                if (rule != null) {
                    boards++;
                    assertThat(reader
                                    .page(game, board, rule, Period.ALL_TIME, PageRequest.first(200))
                                    .orElseThrow()
                                    .entries()
                                    .stream()
                                    .map(Oracle.Line::of))
                            .as("seed %s: %s %s", seed, game, board)
                            .containsExactlyElementsOf(oracle.list(Period.ALL_TIME));
                }
            }
        }
        assertThat(boards).as("seed %s", seed).isPositive();
    }
}
