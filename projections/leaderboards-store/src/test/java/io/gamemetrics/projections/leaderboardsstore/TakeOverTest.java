package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.readstore.Cell;
import io.gamemetrics.infrastructure.readstore.Entry;
import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.script.RedisScript;

/** Two games, of which the second is rebuilt while both are played: held against a version that was counted whole. */
class TakeOverTest {

    private static final int ROUNDS = 5;

    private final TwoVersions versions = new TwoVersions();

    @AfterEach
    void close() {
        versions.close();
    }

    @Test
    void a_version_that_took_over_holds_what_one_that_was_counted_whole_does() throws InterruptedException {
        rebuild(Long.getLong("seed", 20_261_129L), ROUNDS);
    }

    @Test
    @Tag("faults")
    void of_many_more_histories_too() throws InterruptedException {
        rebuild(Long.getLong("seed", System.nanoTime()), 50);
    }

    private void rebuild(long first, int rounds) throws InterruptedException {
        // A history may have no link.
        Set<String> sections = new TreeSet<>();
        for (long seed = first; seed < first + rounds; seed++) {
            versions.empty();
            Random random = new Random(seed);
            List<Happening> events = History.of(seed, 600).events();
            Played live = versions.played(1);
            for (int partition = 0; partition < Partitions.COUNT; partition++) {
                // At times one partition has not begun.
                live.handle(partition, events, random.nextInt(events.size()) * random.nextInt(4) / 3, null, random);
            }
            Random chosen = new Random(random.nextLong());
            Thread played = Thread.startVirtualThread(() -> live.handleAll(events, Map.of(), chosen));
            FailingRedis failing = versions.filled();
            failing.failAfter(random.nextInt(300), random.nextBoolean());
            try {
                versions.takeOver(failing, 1 + random.nextInt(20));
            } catch (LeaderboardsStoreException e) {
                // Broken off: what is there stays.
            }
            Map<Integer, Position> taken = versions.takeOver();
            played.join();
            live.handleAll(events, Map.of(), random);
            assertThat(versions.takeOver()).as("again, seed %s", seed).isEqualTo(taken);
            versions.played(2).handleAll(events, taken, random);
            versions.played(3).handleAll(events, Map.of(), random);

            Map<Cell.Key, Map<String, Entry>> whole = Held.in(versions.redis, 3);
            Held.same("seed " + seed, Held.in(versions.redis, 2), whole);
            Held.same("seed " + seed, Held.in(versions.redis, 1), whole);
            whole.keySet().forEach(cell -> sections.add(cell.section()));
        }
        assertThat(sections)
                .as("histories from seed %s", first)
                .containsExactly("ban", "fact", "link", "list", "rule", "value");
    }

    @Test
    void a_change_of_anything_kept_is_seen_where_it_was_made() {
        List<Happening> events = History.of(20_261_130L, 600).events();
        versions.played(1).handleAll(events, Map.of(), new Random(1));
        Redis direct = versions.direct(1);
        Map<Cell.Key, Map<String, Entry>> before = Held.in(versions.redis, 1);
        for (String section : List.of("ban", "fact", "link", "list", "rule", "value")) {
            Cell.Key cell = before.keySet().stream()
                    .filter(key -> key.section().equals(section))
                    .findFirst()
                    .orElseThrow();
            change(direct, cell);
            Map<Cell.Key, Map<String, Entry>> after = Held.in(versions.redis, 1);
            Set<Cell.Key> differing = new TreeSet<>(before.keySet());
            differing.removeIf(key -> Objects.equals(before.get(key), after.get(key)));
            assertThat(differing).as(section).containsExactly(cell);
            before.put(cell, Objects.requireNonNull(after.get(cell)));
        }
    }

    /** One entry of it. */
    private void change(Redis direct, Cell.Key cell) {
        switch (Part.of(direct.keys(), cell)) {
            case ListPart part ->
                direct.run(
                        RedisScript.of(
                                "return redis.call('ZINCRBY', KEYS[1], 1, redis.call('ZRANGE', KEYS[1], 0, 0)[1])",
                                byte[].class),
                        List.of(part.list()),
                        List.of());
            case HashPart part -> {
                byte[] field = direct.fields(part.hash()).stream()
                        .filter(name -> part.sort() != HashPart.Sort.RULE
                                || Bytes.text(name).equals("rule"))
                        .filter(name -> part.sort() != HashPart.Sort.FACT
                                || !Bytes.text(name).startsWith("at:"))
                        .findFirst()
                        .orElseThrow();
                byte[] value = direct.get(part.hash(), List.of(field)).getFirst();
                assertThat(value).isNotNull();
                byte[] changed =
                        switch (part.sort()) {
                            // Another zone: what is read of it must still be one.
                            case FACT ->
                                Bytes.text(field).startsWith("zone:")
                                        ? Bytes.of("Africa/Abidjan")
                                        : Bytes.of(Bytes.text(value)
                                                .replace("BEST", "LATEST")
                                                .replace("SUM", "BEST")
                                                .replace("COUNT", "SUM"));
                            case BAN, LINK, RULE, VALUE -> {
                                byte[] other = value.clone();
                                other[other.length - 1] ^= 1;
                                yield other;
                            }
                        };
                direct.put(part.hash(), Map.of(field, changed));
            }
        }
    }

    @Test
    void what_was_taken_over_and_lost_since_is_brought_again_and_another_take_over_is_told() {
        List<Happening> events = History.of(4, 400).events();
        versions.played(1).handleAll(events, Map.of(), new Random(1));
        versions.takeOver();

        assertThatThrownBy(() -> LeaderboardsTakeOver.run(versions.redis, 2, 1, LeftOut.NOTHING))
                .isInstanceOf(IllegalStateException.class);
        versions.played(3);
        assertThatThrownBy(() -> LeaderboardsTakeOver.run(versions.redis, 3, 1, TwoVersions.LEFT_OUT))
                .isInstanceOf(IllegalStateException.class);

        Redis direct = versions.direct(2);
        int game = History.GAMES.getFirst();
        String board =
                new GameRegistry(direct, game).config().boards().iterator().next();
        direct.delete(direct.keys().meta(new Keys.Board(game, board)));
        versions.takeOver();

        versions.played(3).handleAll(events, Map.of(), new Random(1));
        versions.played(2).handleAll(events, versions.takeOver(), new Random(1));
        versions.sameAsWhole("brought again", 2);
        direct.delete(direct.keys().meta(new Keys.Board(game, board)));
        assertThatThrownBy(() -> versions.takeOver())
                .as("by a process that has slept meanwhile")
                .isInstanceOf(LeaderboardsStoreException.class);
    }

    /** While the replay is not over, only what comes behind it is handled of the games that were taken over. */
    @Test
    void what_was_taken_over_and_is_lost_later_is_told_until_all_is_handled_again() {
        List<Happening> events = History.of(4, 400).events();
        versions.played(1).handleAll(events, Map.of(), new Random(1));
        Map<Integer, Position> taken = versions.takeOver();
        Played built = versions.played(2);
        built.handleAll(events, taken, new Random(1));
        AtomicBoolean isOver = new AtomicBoolean();
        LeaderboardsWriter all = writer(isOver::get);
        assertThat(all.checkpoint(0)).isNotNull();
        Redis direct = versions.direct(2);
        int game = History.GAMES.getFirst();
        String board =
                new GameRegistry(direct, game).config().boards().iterator().next();
        direct.delete(direct.keys().meta(new Keys.Board(game, board)));

        assertThatThrownBy(() -> all.checkpoint(0))
                .isInstanceOf(LeaderboardsStoreException.class)
                .hasMessageContaining("taken over");
        isOver.set(true);
        assertThat(all.checkpoint(0)).as("by a process that has run all along").isNull();
        assertThat(all.checkpoint(1)).as("nor is anything of the others there").isNull();
        new LeaderboardsCleaner(versions.redis, 2).drop();
        assertThatThrownBy(() -> writer(() -> false).checkpoint(0)).isInstanceOf(LeaderboardsStoreException.class);
    }

    @Test
    void partitions_that_notice_a_loss_one_after_the_other_are_each_counted_again_once() {
        List<Happening> events = History.of(4, 400).events();
        versions.played(1).handleAll(events, Map.of(), new Random(1));
        Map<Integer, Position> taken = versions.takeOver();
        versions.played(2).handleAll(events, taken, new Random(1));
        Redis direct = versions.direct(2);
        int game = History.GAMES.getFirst();
        String board =
                new GameRegistry(direct, game).config().boards().iterator().next();
        direct.delete(direct.keys().meta(new Keys.Board(game, board)));
        LeaderboardsWriter one = writer(() -> true);
        assertThat(one.checkpoint(0)).isNull();
        Checkpoint first = new Checkpoint(new Position(7, 1), History.storedAt(1), 1, 1, -1);
        assertThat(one.commit(one.begin(), 0, null, first, List.of())).isTrue();

        assertThat(writer(() -> true).checkpoint(1)).isNull();

        assertThat(writer(() -> true).checkpoint(0))
                .as("nobody takes away what was counted since")
                .isEqualTo(first);
        assertThatThrownBy(() -> writer(() -> false).checkpoint(1))
                .as("nor does who leaves out what was taken over count in it")
                .isInstanceOf(LeaderboardsStoreException.class);
        versions.played(2).handleAll(events, Map.of(), new Random(2));
        versions.played(3).handleAll(events, Map.of(), new Random(3));
        versions.sameAsWhole("counted again", 2);
    }

    private LeaderboardsWriter writer(BooleanSupplier takesAnew) {
        return new LeaderboardsWriter(
                versions.redis, 2, Partitions.COUNT, Clock.systemUTC(), BoardRules.NONE, takesAnew);
    }

    @Test
    void parked_events_stay_parked_in_order_but_those_of_the_rebuilt_game() {
        History history = History.of(5, 600);
        Played live = versions.played(1);
        live.handleAll(history.events(), Map.of(), new Random(1));
        Map<UUID, Integer> games = new HashMap<>();
        for (Happening event : history.events()) {
            if (event instanceof Happening.Score score) {
                games.put(score.player(), score.game());
            }
        }
        // Of this one the boards know nothing but that it waits.
        games.put(new UUID(1, 1), TwoVersions.REBUILT);
        List<UUID> streams = new ArrayList<>(games.keySet());
        streams.add(new UUID(0, 0));
        Redis direct = versions.direct(1);
        for (int at = 0; at < 3 * streams.size(); at++) {
            UUID stream = streams.get(at % streams.size());
            direct.put(
                    direct.keys().parked(0),
                    Map.of(Bytes.of("7." + (at + 1)), Bytes.of(stream + "|" + at / streams.size() + "|test")));
        }
        LeftOut leftOut = new LeftOut(Set.of(TwoVersions.REBUILT), parked -> {
            Integer game = games.get(parked.stream());
            return game == null ? OptionalInt.empty() : OptionalInt.of(game);
        });

        LeaderboardsTakeOver.run(versions.redis, 2, 1, leftOut);

        LeaderboardsWriter before = new LeaderboardsWriter(versions.redis, 1, Partitions.COUNT, Clock.systemUTC());
        LeaderboardsWriter taken = new LeaderboardsWriter(versions.redis, 2, Partitions.COUNT, Clock.systemUTC());
        assertThat(taken.quarantined(0))
                .extracting(QuarantinedStream::stream)
                .containsExactlyInAnyOrderElementsOf(streams.stream()
                        .filter(stream -> !Objects.equals(games.get(stream), TwoVersions.REBUILT))
                        .toList());
        assertThat(taken.quarantined(0)).allSatisfy(waiting -> assertThat(taken.parked(0, waiting.stream(), 9))
                .isEqualTo(before.parked(0, waiting.stream(), 9))
                .hasSize(3));
    }
}
