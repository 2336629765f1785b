package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Boards that are brought in pieces: what happens between any two of them. */
class TakeOverPiecesTest {

    private final TwoVersions versions = new TwoVersions();

    @AfterEach
    void close() {
        versions.close();
    }

    @Test
    void boards_that_are_written_and_purged_between_all_pieces_come_out_as_if_counted_whole() {
        long seed = Long.getLong("seed", 20_261_130L);
        for (int round = 0; round < 5; round++) {
            betweenAllPieces(seed + round, 700);
        }
    }

    @Test
    @Tag("faults")
    void and_so_do_many_more() {
        long seed = Long.getLong("seed", System.nanoTime());
        for (int round = 0; round < 60; round++) {
            betweenAllPieces(seed + round, 500 + 2_000 * (round % 2));
        }
    }

    /** A process that takes over is killed now and then; another one begins, and at last one comes to its end. */
    private void betweenAllPieces(long seed, int length) {
        versions.empty();
        Random random = new Random(seed);
        History history = History.of(seed, length);
        List<Happening> events = history.events();
        Played live = versions.played(1);
        for (int partition = 0; partition < Partitions.COUNT; partition++) {
            // At times one partition has not begun.
            live.handle(partition, events, random.nextInt(length) * random.nextInt(4) / 3, null, random);
        }
        Set<UUID> erased = new HashSet<>();
        int[] killsLeft = {20};
        FailingRedis into = versions.filled();
        into.between(() -> {
            int chance = random.nextInt(100);
            if (chance < 30) {
                live.step(random.nextInt(Partitions.COUNT), events.subList(0, length * 9 / 10), null, random);
            } else if (chance < 31) {
                UUID player =
                        history.players().get(random.nextInt(history.players().size()));
                erased.add(player);
                live.erase(player);
                Purging.run(versions.redis, 1, player);
                Purging.run(versions.redis, 2, player);
            } else if (chance < 34 && killsLeft[0]-- > 0) {
                into.failAfter(0, random.nextBoolean());
            }
        });
        Map<Integer, Position> taken = untilDone(into, 1 + random.nextInt(20));
        live.handleAll(events, Map.of(), random);
        Played built = versions.played(2);
        Played whole = versions.played(3);
        erased.forEach(built::erase);
        erased.forEach(whole::erase);
        built.handleAll(events, taken, random);
        whole.handleAll(events, Map.of(), random);

        versions.sameAsWhole("live, seed " + seed, 1);
        versions.sameAsWhole("taken over, seed " + seed, 2);
    }

    private Map<Integer, Position> untilDone(FailingRedis into, int piece) {
        while (true) {
            try {
                return versions.takeOver(into, piece);
            } catch (LeaderboardsStoreException e) {
                // Killed: what is there stays, and it is done again.
                into.heal();
            }
        }
    }

    @Test
    void killed_before_or_after_any_script_it_comes_to_the_same() {
        List<Happening> events = History.of(3, 250).events();
        versions.played(1).handleAll(events, Map.of(), new Random(1));
        Played whole = versions.played(3);
        whole.handleAll(events, Map.of(), new Random(1));
        FailingRedis into = versions.filled();
        int kills = 0;
        // All of the first, and some of the many that bring values.
        boolean isKilled = true;
        for (int script = 0; isKilled; script += script < 40 ? 1 : 7) {
            new LeaderboardsCleaner(versions.redis, 2).drop();
            into.failAfter(script, script % 2 == 0);
            try {
                versions.takeOver(into, 5);
                isKilled = false;
            } catch (LeaderboardsStoreException e) {
                kills++;
            }
            into.heal();
            Map<Integer, Position> taken = versions.takeOver(into, 5);
            versions.played(2).handleAll(events, taken, new Random(2));
            versions.sameAsWhole("killed at " + script, 2);
        }
        assertThat(kills).isGreaterThan(40);
    }

    @Test
    void a_version_that_is_dropped_meanwhile_does_not_come_back() {
        versions.played(1).handleAll(History.of(3, 250).events(), Map.of(), new Random(1));
        LeaderboardsCleaner cleaner = new LeaderboardsCleaner(versions.redis, 2);
        int drops = 0;
        boolean isDropped = true;
        for (int script = 0; isDropped; script += script < 40 ? 1 : 7) {
            cleaner.drop();
            FailingRedis into = versions.filled();
            into.meanwhile(script, cleaner::drop);
            try {
                versions.takeOver(into, 5);
                isDropped = into.isMeanwhileDone();
                assertThat(isDropped).as("dropped before script %s", script).isFalse();
            } catch (LeaderboardsStoreException e) {
                drops++;
                assertThat(cleaner.scan(Needles.of(List.of("leaderboards"))))
                        .as("dropped before script %s", script)
                        .isEmpty();
            }
        }
        assertThat(drops).isGreaterThan(40);
    }

    @Test
    void a_board_that_is_lost_meanwhile_is_not_taken_for_whole() {
        versions.played(1).handleAll(History.of(3, 250).events(), Map.of(), new Random(1));
        Redis live = versions.direct(1);
        int game = History.GAMES.getFirst();
        String board = new GameRegistry(live, game).config().boards().iterator().next();
        FailingRedis into = versions.filled();
        into.meanwhile(
                8, () -> live.keys().ofScripts(new Keys.Board(game, board)).forEach(live::delete));

        assertThatThrownBy(() -> versions.takeOver(into, 5)).isInstanceOf(LeaderboardsStoreException.class);
        assertThatThrownBy(() -> versions.takeOver(into, 5)).isInstanceOf(LeaderboardsStoreException.class);
    }
}
