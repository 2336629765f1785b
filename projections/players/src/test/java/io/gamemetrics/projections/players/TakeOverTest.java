package io.gamemetrics.projections.players;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.eventcatalog.EventCatalog;
import io.gamemetrics.infrastructure.readstore.Cell;
import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.projections.playersstore.PlayersContents;
import io.gamemetrics.projections.playersstore.PlayersWriter;
import io.gamemetrics.projections.runtime.EveryColumnIsSeen;
import io.gamemetrics.projections.runtime.FedVersion;
import io.gamemetrics.projections.runtime.HeldAgainst;
import io.gamemetrics.projections.runtime.ManyGames;
import io.gamemetrics.projections.runtime.Placed;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Three games, of which the second is rebuilt while all are played: held against a version that was built whole. */
class TakeOverTest {

    private static final int REBUILT = 2;
    private static final Set<Integer> GAMES = Set.of(REBUILT);

    /** A stream's first half is its game. */
    private static final LeftOut LEFT_OUT =
            new LeftOut(GAMES, parked -> OptionalInt.of((int) parked.stream().getMostSignificantBits()));

    private static final int ROUNDS = 4;

    /** How far it is, how it goes on, what was said where, and ciphertext: no reader sees it. */
    private static final Set<String> UNSEEN = Set.of(
            "checkpoint",
            "parked",
            "taken_over",
            "taken_over_position",
            "game.incarnation",
            "game.position",
            "exchange_rate.incarnation",
            "exchange_rate.position",
            // Encrypted anew each time; which event said it is seen.
            "player.name");

    private Fed fed;
    private PlayersVersions versions;

    @BeforeEach
    void open() {
        fed = new Fed(History.PARTITIONS);
        fed.database.setMaximumPoolSize(8);
        versions = new PlayersVersions(fed.database, Fed::sealed);
    }

    @AfterEach
    void close() {
        fed.close();
    }

    @Test
    void a_version_that_took_over_holds_what_one_that_was_built_whole_does() throws SQLException {
        long seed = Long.getLong("seed", 20_261_129L);
        for (int round = 0; round < ROUNDS; round++) {
            rebuild(seed + round);
            for (int number = 1; number <= 3; number++) {
                versions.drop(number);
            }
        }
    }

    private void rebuild(long seed) throws SQLException {
        Random random = new Random(seed);
        ManyGames games = History.many(seed, fed, 120);
        FedVersion live = Fed.version(fed.database, 1);
        List<CompletableFuture<Void>> played = new ArrayList<>();
        for (int partition = 0; partition < History.PARTITIONS; partition++) {
            int number = partition;
            List<Placed> events = games.byPartition.get(partition);
            // At times one partition has not begun.
            live.handle(partition, events, random.nextInt(events.size()) * random.nextInt(4) / 3, random);
            Random chosen = new Random(random.nextLong());
            played.add(CompletableFuture.runAsync(
                    () -> live.handle(number, events, events.size(), chosen), Thread::startVirtualThread));
        }
        Map<Integer, Position> taken = versions.takeOver(2, 1, LEFT_OUT);
        played.forEach(CompletableFuture::join);
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

    private Contents contents(int number) {
        return versions.contents(number, Set.of());
    }

    @Test
    void nothing_is_taken_of_the_rebuilt_game_and_another_take_over_is_refused() throws SQLException {
        Fed.version(fed.database, 1).handleAll(History.many(3, fed, 60), new Random(3));
        try (var connection = fed.database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "INSERT INTO players.parked (projection, partition, incarnation, position, stream, sequence,"
                            + " cause) SELECT 'players', 1, 1, row_number() OVER (), player, 0, 'test' FROM (SELECT"
                            + " DISTINCT ON (game) player, game FROM players.player ORDER BY game) p");
            // The live version knows nothing of it but that it waits.
            statement.execute(
                    "INSERT INTO players.parked (projection, partition, incarnation, position, stream, sequence,"
                            + " cause) VALUES ('players', 1, 1, 99, '00000000-0000-0002-0000-000000000009', 0, 'test')");
        }
        versions.takeOver(2, 1, LEFT_OUT);

        HeldAgainst.same(() -> contents(2), () -> contents(1), cell -> cell.game() != REBUILT);
        try (Contents two = contents(2)) {
            assertThat(HeldAgainst.cells(two).keySet()).noneMatch(cell -> cell.game() == REBUILT);
        }
        assertThat(new PlayersWriter(fed.database, 2).quarantined(1))
                .hasSize(History.GAMES - 1)
                .noneMatch(waiting -> waiting.stream().getMostSignificantBits() == REBUILT);
        assertThatThrownBy(() -> versions.takeOver(2, 1, new LeftOut(Set.of(1), LEFT_OUT.gameOf())))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_version_built_from_some_types_holds_what_depends_on_those_alone() {
        ManyGames games = History.many(13, fed, 120);
        Set<Class<?>> types = Set.of(SessionStarted.class, SessionEnded.class);
        Set<Integer> ids = types.stream()
                .map(type -> EventCatalog.current().of(type).number())
                .collect(Collectors.toSet());
        Fed.version(fed.database, 1).handleAll(games, new Random(13));
        FedVersion some = Fed.version(fed.database, 2);
        for (int partition = 0; partition < History.PARTITIONS; partition++) {
            List<Placed> few = games.of(partition, types);
            some.handle(partition, few, few.size(), new Random(14));
        }
        HeldAgainst.same(() -> versions.contents(2, ids), () -> versions.contents(1, ids), cell -> true);
        try (Contents two = versions.contents(2, ids)) {
            assertThat(HeldAgainst.cells(two).keySet())
                    .extracting(Cell.Key::section)
                    .contains("game", "exchange_rate", "player:link", "player:sessions")
                    .doesNotContain("player", "player:purchases");
        }
    }

    @Test
    void a_change_of_any_column_is_seen_where_it_was_made() throws SQLException {
        Fed.version(fed.database, 1).handleAll(History.many(17, fed, 150), new Random(17));
        new EveryColumnIsSeen(
                        fed.database,
                        "players",
                        () -> PlayersContents.open(fed.database, 1, section -> true),
                        UNSEEN,
                        Map.of("money.kind", "CASE %s WHEN 1 THEN 2 ELSE 1 END"))
                .check();
    }
}
