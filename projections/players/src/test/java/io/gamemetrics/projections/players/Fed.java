package io.gamemetrics.projections.players;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.projections.playersstore.PlayersReader;
import io.gamemetrics.projections.playersstore.PlayersSchema;
import io.gamemetrics.projections.playersstore.PlayersWriter;
import io.gamemetrics.projections.runtime.EventPlace;
import io.gamemetrics.projections.runtime.FedVersion;
import io.gamemetrics.projections.runtime.Placed;
import io.gamemetrics.projections.runtime.Projection;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A projection on a database of its own, fed as the runner would feed it. Its names are sealed by their owner's word. */
final class Fed implements AutoCloseable {

    static final int GAME = 1;

    final HikariDataSource database = new HikariDataSource();
    final PlayersReader reader;
    private final PlayersProjection projection;
    private final Map<UUID, Long> sequences = new HashMap<>();
    private final Map<Integer, Checkpoint> checkpoints = new HashMap<>();
    private long position;

    Fed(int partitions) {
        database.setJdbcUrl(TestPostgres.newDatabase());
        database.setMaximumPoolSize(2);
        PlayersSchema.migrate(database);
        projection = new PlayersProjection(new PlayersWriter(database), Fed::sealed);
        reader = PlayersReader.on(database, partitions);
    }

    static UUID stream(int player) {
        return stream(GAME, player);
    }

    static UUID stream(int game, int player) {
        return new UUID(game, player);
    }

    static Pseudonym pseudonym(int player) {
        return new Pseudonym(stream(player));
    }

    static byte[] sealed(UUID player, String name) {
        return (player + ":" + name).getBytes(StandardCharsets.UTF_8);
    }

    Placed place(Object payload, UUID stream, int player) {
        return place(GAME, payload, stream, player);
    }

    Placed place(int game, Object payload, UUID stream, int player) {
        long sequence = sequences.merge(stream, 1L, Long::sum) - 1;
        return new Placed(
                payload, new EventPlace(new Position(1, ++position), game, stream, player, sequence, Instant.EPOCH));
    }

    /** The place the stream's next event will have. */
    long nextSequence(UUID stream) {
        return sequences.getOrDefault(stream, 0L);
    }

    void flush(int partition, List<Placed> events) {
        @Nullable Checkpoint expected = checkpoints.get(partition);
        long count = (expected == null ? 0 : expected.handledCount()) + events.size();
        Checkpoint next = new Checkpoint(
                events.isEmpty() ? new Position(1, 0) : events.getLast().place().position(),
                Instant.EPOCH,
                count,
                count,
                count);
        Projection.Batch batch = projection.begin(partition);
        events.forEach(event -> event.handleIn(batch));
        batch.commit(expected, next, List.of());
        checkpoints.put(partition, next);
    }

    /** Takes every row away, as if nothing had been fed. */
    void empty() throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("TRUNCATE players.game, players.exchange_rate, players.player, players.money,"
                    + " players.checkpoint, players.parked");
        }
        sequences.clear();
        checkpoints.clear();
        position = 0;
    }

    /** A version of its own, of which nothing is written yet. */
    static FedVersion version(DataSource database, int number) {
        PlayersSchema.migrate(database, number);
        return new FedVersion(new PlayersProjection(new PlayersWriter(database, number), Fed::sealed));
    }

    @Override
    public void close() {
        database.close();
    }
}
