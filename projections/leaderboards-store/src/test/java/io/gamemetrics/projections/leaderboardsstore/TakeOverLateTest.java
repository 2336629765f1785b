package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.Operator;
import io.gamemetrics.projections.leaderboardsstore.BoardRule.SortOrder;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events that wait in the live version, are released there or begin to wait while it is taken over: each counts once. */
class TakeOverLateTest {

    private static final UUID LATE = Board.player(1);
    private static final UUID OTHER = Board.player(2);

    private final TwoVersions versions = new TwoVersions();

    @AfterEach
    void close() {
        versions.close();
    }

    @Test
    void what_waits_is_released_or_begins_to_wait_between_any_two_scripts() {
        boolean isMeanwhile = true;
        for (int script = 0; isMeanwhile; script++) {
            versions.empty();
            LeaderboardsWriter live = writer(1);
            live.checkpoint(0);
            LeaderboardsBatch first = live.begin();
            first.zone(Board.GAME, ZoneId.of("UTC"), at(1).position());
            long defined = 2;
            for (Operator operator : Operator.values()) {
                first.board(
                        Board.GAME,
                        operator.name(),
                        operator.name(),
                        "DESC",
                        "NEVER",
                        at(defined++).position());
            }
            score(first, LATE, 2, 6);
            score(first, OTHER, 100, 20);
            List<ParkedEvent> parked = List.of(parked(LATE, 7), parked(LATE, 9));
            assertThat(live.commit(first, 0, null, at(20), parked)).isTrue();

            FailingRedis into = versions.filled();
            into.meanwhile(script, () -> goOn(live, parked));
            versions.takeOver(into, LeftOut.NOTHING, 1);
            isMeanwhile = into.isMeanwhileDone();
            if (!isMeanwhile) {
                goOn(live, parked);
            }
            build(writer(2));

            for (Operator operator : Operator.values()) {
                List<String> expected =
                        switch (operator) {
                            case SUM -> List.of("1:1014", "2:103");
                            case COUNT -> List.of("1:4", "2:2");
                            case BEST -> List.of("1:1000", "2:100");
                            case LATEST -> List.of("1:1000", "2:3");
                        };
                assertThat(list(operator)).as("%s, script %s", operator, script).containsExactlyElementsOf(expected);
            }
            assertThat(script).isLessThan(1_000);
        }
    }

    /** The live version: two events are released, one comes after them, one can't be applied. */
    private static void goOn(LeaderboardsWriter live, List<ParkedEvent> parked) {
        LeaderboardsBatch released = live.begin();
        score(released, LATE, 5, 7);
        score(released, LATE, 7, 9);
        assertThat(live.commit(released, 0, at(20), at(20), List.of(), parked)).isTrue();
        LeaderboardsBatch batch = live.begin();
        score(batch, LATE, 1_000, 21);
        assertThat(live.commit(batch, 0, at(20), at(23), List.of(parked(OTHER, 22))))
                .isTrue();
    }

    /** The new one can apply what the live one could not; what waited there waits here too, until it is released. */
    private static void build(LeaderboardsWriter built) {
        assertThat(built.checkpoint(0)).isNull();
        boolean isWaiting =
                built.quarantined(0).stream().anyMatch(stream -> stream.stream().equals(LATE));
        LeaderboardsBatch batch = built.begin();
        if (!isWaiting) {
            score(batch, LATE, 1_000, 21);
        }
        score(batch, OTHER, 3, 22);
        assertThat(built.commit(batch, 0, null, at(23), isWaiting ? List.of(parked(LATE, 21)) : List.of()))
                .isTrue();
        if (isWaiting) {
            LeaderboardsBatch released = built.begin();
            score(released, LATE, 5, 7);
            score(released, LATE, 7, 9);
            score(released, LATE, 1_000, 21);
            assertThat(built.commit(released, 0, at(23), at(23), List.of(), built.parked(0, LATE, 9)))
                    .isTrue();
        }
    }

    private LeaderboardsWriter writer(int version) {
        return new LeaderboardsWriter(versions.redis, version, 1, Clock.fixed(Board.NOW, ZoneOffset.UTC));
    }

    private static void score(LeaderboardsBatch batch, UUID player, long score, long number) {
        for (Operator operator : Operator.values()) {
            batch.score(
                    Board.GAME,
                    player,
                    operator.name(),
                    score,
                    Board.NOW,
                    at(number).position(),
                    Board.NOW);
        }
    }

    private static ParkedEvent parked(UUID player, long number) {
        return new ParkedEvent(at(number).position(), player, number, "handler.failed");
    }

    private List<String> list(Operator operator) {
        BoardRule rule = new BoardRule(operator, SortOrder.DESC, BoardRule.Reset.NEVER, ZoneId.of("UTC"));
        return new ArrayList<>(new LeaderboardsReader(versions.redis, () -> 2)
                        .page(Board.GAME, operator.name(), rule, Period.ALL_TIME, PageRequest.first(9))
                        .orElseThrow()
                        .entries()
                        .stream()
                        .map(entry -> Board.number(entry) + ":" + entry.score())
                        .toList());
    }

    private static Checkpoint at(long number) {
        return new Checkpoint(new Position(3, number), Board.NOW, number, number, number);
    }
}
