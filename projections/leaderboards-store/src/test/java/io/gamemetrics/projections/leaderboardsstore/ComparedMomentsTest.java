package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.readstore.Cell;
import io.gamemetrics.infrastructure.readstore.Entry;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.Operator;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.Reset;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.SortOrder;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which of the moments a board knows are held against those of another version. */
class ComparedMomentsTest {

    private static final int GAME = History.GAMES.getFirst();
    private static final BoardRule RULE = new BoardRule(Operator.BEST, SortOrder.DESC, Reset.NEVER, ZoneId.of("UTC"));
    private static final UUID FIRST = Board.player(1);
    private static final UUID SECOND = Board.player(2);

    private final TwoVersions versions = new TwoVersions();

    @AfterEach
    void close() {
        versions.close();
    }

    @Test
    void when_a_score_was_reached_is_since_it_says_who_is_first_among_equals() {
        versions.played(1).handleAll(scored(Board.NOW, Board.NOW.plusMillis(1)), Map.of(), new Random(1));
        versions.played(3).handleAll(scored(Board.NOW.plusMillis(1), Board.NOW), Map.of(), new Random(1));
        Map<Cell.Key, Map<String, Entry>> one = Held.in(versions.redis, 1);
        Map<Cell.Key, Map<String, Entry>> other = Held.in(versions.redis, 3);

        assertThat(one.keySet()).isEqualTo(other.keySet());
        assertThat(one.keySet().stream().filter(cell -> !Objects.equals(one.get(cell), other.get(cell))))
                .extracting(Cell.Key::section)
                .as("all four periods")
                .containsOnly("list", "value")
                .hasSize(8);
    }

    @Test
    void when_one_was_stored_last_is_not_since_it_outlives_who_is_erased() {
        List<Happening> events = scored(Board.NOW, Board.NOW);
        Played live = versions.played(1);
        live.handleAll(events, Map.of(), new Random(1));
        Purging.run(versions.redis, 1, SECOND);
        Played rebuilt = versions.played(3);
        rebuilt.erase(SECOND);
        rebuilt.handleAll(events, Map.of(), new Random(1));

        assertThat(lastStored(1)).isEqualTo(History.storedAt(4));
        assertThat(lastStored(3)).isEqualTo(History.storedAt(3));
        versions.sameAsWhole("nothing differs that could be known", 1);
    }

    private static List<Happening> scored(Instant first, Instant second) {
        return List.of(
                new Happening.Zone(GAME, RULE.zone()),
                new Happening.Board(GAME, Board.ID, RULE.operator(), RULE.order(), RULE.reset()),
                new Happening.Score(GAME, FIRST, Board.ID, 5, first),
                new Happening.Score(GAME, SECOND, Board.ID, 5, second));
    }

    private @Nullable Instant lastStored(int version) {
        return new LeaderboardsReader(versions.redis, () -> version)
                .page(GAME, Board.ID, RULE, Period.ALL_TIME, PageRequest.first(9))
                .orElseThrow()
                .lastScoreStoredAt();
    }
}
