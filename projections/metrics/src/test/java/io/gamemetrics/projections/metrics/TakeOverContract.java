package io.gamemetrics.projections.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.eventcatalog.EventCatalog;
import io.gamemetrics.infrastructure.readstore.Cell;
import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.projections.metricsstore.MetricsWriter;
import io.gamemetrics.projections.runtime.FedVersion;
import io.gamemetrics.projections.runtime.HeldAgainst;
import io.gamemetrics.projections.runtime.ManyGames;
import io.gamemetrics.projections.runtime.Placed;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Three games, of which the second is rebuilt while all are played: held against a version that was built whole. */
abstract class TakeOverContract {

    private static final int REBUILT = 2;
    private static final Set<Integer> GAMES = Set.of(REBUILT);

    /** A stream's first half is its game. */
    private static final LeftOut LEFT_OUT =
            new LeftOut(GAMES, parked -> OptionalInt.of((int) parked.stream().getMostSignificantBits()));

    private static final Instant MAY = Instant.parse("2026-05-05T00:00:00Z");
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");

    private Fed fed;
    private MetricsVersions versions;

    /** A new, empty database. */
    abstract String newDatabase();

    /** Whether several connections may work at once. */
    abstract boolean atOnce();

    abstract int histories();

    @BeforeEach
    void open() {
        fed = new Fed(newDatabase(), 8, History.PARTITIONS);
        versions = new MetricsVersions(fed.database, new UpkeepSettings(null, null, Duration.ofSeconds(10)));
    }

    @AfterEach
    void close() {
        fed.close();
    }

    @Test
    void a_version_that_took_over_holds_what_one_that_was_built_whole_does() throws SQLException {
        long seed = Long.getLong("seed", 20_261_129L);
        for (int round = 0; round < histories(); round++) {
            rebuild(seed + round, 150);
            for (int number = 1; number <= 3; number++) {
                versions.drop(number);
            }
        }
    }

    @Test
    @Tag("faults")
    void of_many_more_histories_too() throws SQLException {
        long seed = Long.getLong("seed", System.nanoTime());
        for (int round = 0; round < Integer.getInteger("histories", 20); round++) {
            rebuild(seed + round, 150);
            for (int number = 1; number <= 3; number++) {
                versions.drop(number);
            }
        }
    }

    private void rebuild(long seed, int size) throws SQLException {
        Random random = new Random(seed);
        ManyGames games = History.many(seed, fed, size);
        FedVersion live = Fed.version(fed.database, 1);
        for (int partition = 0; partition < History.PARTITIONS; partition++) {
            List<Placed> events = games.byPartition.get(partition);
            // At times one partition has not begun.
            live.handle(partition, events, random.nextInt(events.size()) * random.nextInt(4) / 3, random);
        }
        List<CompletableFuture<Void>> played = new ArrayList<>();
        if (atOnce()) {
            for (int partition = 0; partition < History.PARTITIONS; partition++) {
                int number = partition;
                Random chosen = new Random(random.nextLong());
                played.add(CompletableFuture.runAsync(
                        () -> live.handle(
                                number,
                                games.byPartition.get(number),
                                games.byPartition.get(number).size(),
                                chosen),
                        Thread::startVirtualThread));
            }
        }
        Map<Integer, Position> taken = versions.takeOver(2, 1, LEFT_OUT);
        played.forEach(CompletableFuture::join);
        for (int partition = 0; partition < History.PARTITIONS; partition++) {
            List<Placed> events = games.byPartition.get(partition);
            live.handle(partition, events, events.size(), random);
        }
        assertThat(versions.takeOver(2, 1, LEFT_OUT)).as("again, seed %s", seed).isEqualTo(taken);

        FedVersion rebuilt = Fed.version(fed.database, 2);
        FedVersion whole = Fed.version(fed.database, 3);
        for (int partition = 0; partition < History.PARTITIONS; partition++) {
            List<Placed> events = games.after(partition, taken.get(partition), GAMES);
            rebuilt.handle(partition, events, events.size(), random);
            List<Placed> all = games.byPartition.get(partition);
            whole.handle(partition, all, all.size(), random);
        }
        HeldAgainst.same(() -> contents(2), () -> contents(3), cell -> true);
        HeldAgainst.same(() -> contents(1), () -> contents(3), cell -> true);
        try (Contents two = contents(2)) {
            assertThat(two.isOfOneMoment()).isTrue();
            for (int partition = 0; partition < History.PARTITIONS; partition++) {
                assertThat(two.positions()).containsEntry(partition, rebuilt.position(partition));
            }
        }
    }

    @Test
    void what_is_no_longer_kept_of_the_others_is_missing_and_the_rebuilt_game_has_all_its_days() throws SQLException {
        Random random = new Random(7);
        ManyGames games = History.many(7, fed, 200);
        for (int partition = 0; partition < History.PARTITIONS; partition++) {
            List<Placed> events = games.byPartition.get(partition);
            fed.flush(partition, events.subList(0, events.size() * 2 / 3));
        }
        fed.dropEvents(MAY, Duration.ofDays(30), History.PARTITIONS);
        Map<Integer, Position> before = versions.takeOver(2, 1, LEFT_OUT);
        // The last batch of each partition was empty, at the history's end.
        Map<Integer, Position> taken = before.keySet().stream()
                .collect(Collectors.toMap(partition -> partition, partition -> {
                    List<Placed> events = games.byPartition.get(partition);
                    return events.get(events.size() * 2 / 3 - 1).place().position();
                }));
        FedVersion rebuilt = Fed.version(fed.database, 2);
        FedVersion whole = Fed.version(fed.database, 3);
        for (int partition = 0; partition < History.PARTITIONS; partition++) {
            List<Placed> all = games.byPartition.get(partition);
            fed.flush(partition, all.subList(all.size() * 2 / 3, all.size()));
            List<Placed> events = games.after(partition, taken.get(partition), GAMES);
            rebuilt.handle(partition, events, events.size(), random);
            whole.handle(partition, all, all.size(), random);
        }
        HeldAgainst.same(() -> contents(2), () -> contents(1), cell -> cell.game() != REBUILT);
        assertThat(keptFrom(1)).contains(APRIL);
        assertThat(keptFrom(2)).contains(APRIL);
        assertThat(keptFrom(3)).isEmpty();
        assertThatThrownBy(() -> HeldAgainst.same(() -> contents(2), () -> contents(3), this::isRebuilt))
                .as("events of March")
                .isInstanceOf(AssertionError.class);
        HeldAgainst.same(() -> contents(2), () -> contentsFrom(APRIL, 3), this::isRebuilt);
    }

    /** In the live version. */
    private void playAll(ManyGames games) {
        FedVersion live = Fed.version(fed.database, 1);
        for (int partition = 0; partition < History.PARTITIONS; partition++) {
            List<Placed> events = games.byPartition.get(partition);
            live.handle(partition, events, events.size(), new Random(5));
        }
    }

    private Contents contents(int number) {
        return versions.contents(number, Set.of());
    }

    private Contents contentsFrom(Instant kept, int number) {
        Contents contents = contents(number);
        contents.leaveOutBefore(kept);
        return contents;
    }

    private Optional<Instant> keptFrom(int number) {
        try (Contents contents = contents(number)) {
            return contents.keptFrom();
        }
    }

    private boolean isRebuilt(Cell.Key cell) {
        return cell.game() == REBUILT;
    }

    @Test
    void another_take_over_and_a_version_that_has_begun_are_refused() throws SQLException {
        ManyGames games = History.many(3, fed, 30);
        FedVersion live = Fed.version(fed.database, 1);
        live.handle(0, games.byPartition.getFirst(), 10, new Random(3));
        versions.takeOver(2, 1, LEFT_OUT);

        assertThatThrownBy(() -> versions.takeOver(2, 1, new LeftOut(Set.of(1), LEFT_OUT.gameOf())))
                .isInstanceOf(IllegalStateException.class);

        Fed.version(fed.database, 3).handle(0, games.byPartition.getFirst(), 10, new Random(3));
        assertThatThrownBy(() -> versions.takeOver(3, 1, LEFT_OUT)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void parked_events_stay_parked_but_those_of_the_rebuilt_game() throws SQLException {
        ManyGames games = History.many(5, fed, 60);
        playAll(games);
        try (var connection = fed.database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO metrics.parked (projection, partition, incarnation, position, stream, sequence,"
                            + " cause) SELECT 'metrics', 1, 1, row_number() OVER (ORDER BY sequence, stream), stream,"
                            + " sequence, 'test' FROM (SELECT DISTINCT ON (game) stream, game FROM metrics.player"
                            + " ORDER BY game) p, generate_series(0, 2) sequence");
            // Of these the live version knows nothing but that they wait; one is the rebuilt game's.
            statement.execute(
                    "INSERT INTO metrics.parked (projection, partition, incarnation, position, stream, sequence,"
                            + " cause) VALUES ('metrics', 1, 1, 98, '00000000-0000-0002-0000-000000000009', 0, 'test'),"
                            + " ('metrics', 1, 1, 99, '00000000-0000-0000-0000-000000000009', 0, 'test')");
        }
        versions.takeOver(2, 1, LEFT_OUT);

        MetricsWriter before = new MetricsWriter(fed.database, 1, MetricsProjection.NAME);
        MetricsWriter taken = new MetricsWriter(fed.database, 2, MetricsProjection.NAME);
        assertThat(taken.quarantined(1))
                .hasSize(History.GAMES)
                .noneMatch(waiting -> waiting.stream().getMostSignificantBits() == REBUILT)
                .allSatisfy(waiting -> assertThat(taken.parked(1, waiting.stream(), 9))
                        .isEqualTo(before.parked(1, waiting.stream(), 9)));
    }

    @Test
    void charts_of_a_version_that_took_over_are_read_from_its_events_until_they_are_made() throws SQLException {
        ManyGames games = History.many(11, fed, 100);
        playAll(games);
        fed.charts.make();
        versions.takeOver(2, 1, LEFT_OUT);

        HeldAgainst.same(() -> contents(2), () -> contents(1), cell -> cell.game() != REBUILT);
        try (Contents two = contents(2)) {
            assertThat(HeldAgainst.cells(two).keySet().stream().filter(cell -> cell.game() == REBUILT))
                    .as("nothing was taken of it but the settings")
                    .allMatch(cell -> cell.section().equals("game"));
        }
    }

    @Test
    void a_version_built_from_some_types_holds_what_depends_on_those_alone() {
        ManyGames games = History.many(13, fed, 150);
        Set<Class<?>> types = Set.of(PurchaseMade.class, PurchaseRefunded.class);
        Set<Integer> ids = types.stream()
                .map(type -> EventCatalog.current().of(type).number())
                .collect(Collectors.toSet());
        FedVersion live = Fed.version(fed.database, 1);
        FedVersion some = Fed.version(fed.database, 2);
        for (int partition = 0; partition < History.PARTITIONS; partition++) {
            List<Placed> all = games.byPartition.get(partition);
            live.handle(partition, all, all.size(), new Random(13));
            List<Placed> few = games.of(partition, types);
            some.handle(partition, few, few.size(), new Random(14));
        }
        HeldAgainst.same(() -> versions.contents(2, ids), () -> versions.contents(1, ids), cell -> true);
        try (Contents two = versions.contents(2, ids)) {
            assertThat(HeldAgainst.cells(two).keySet())
                    .extracting(Cell.Key::section)
                    .contains(
                            "event:purchase",
                            "event:purchase_refunded",
                            "event_name:purchase",
                            "exchange_rate",
                            "game",
                            "link",
                            "player:paid",
                            "player_day:purchases",
                            "player_money:purchases",
                            "player_money:refunds",
                            "player_set:paid",
                            "segment_day:purchases",
                            "segment_money:purchases")
                    .doesNotContain("player", "player_day", "event:session_started");
        }
    }
}
