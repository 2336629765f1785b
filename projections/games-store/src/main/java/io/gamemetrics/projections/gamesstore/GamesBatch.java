package io.gamemetrics.projections.gamesstore;

import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Currency;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Changes of games and keys, kept in memory in order and written in one transaction with the checkpoint. */
public final class GamesBatch {

    private final DataSource database;
    private final PostgresCheckpoints checkpoints;
    private final int partition;
    private final List<Change> changes = new ArrayList<>();

    GamesBatch(DataSource database, PostgresCheckpoints checkpoints, int partition) {
        this.database = database;
        this.checkpoints = checkpoints;
        this.partition = partition;
    }

    /** A new game. */
    public void gameCreated(
            GameId gameId,
            int number,
            String name,
            ZoneId timeZone,
            Currency currency,
            String activeBy,
            String stage,
            Instant at) {
        change(
                "INSERT INTO games.game (game_id, number, name, time_zone, currency, active_by, stage, created_at)"
                        + " VALUES (?,?,?,?,?,?,?,?)",
                gameId.value(),
                number,
                name,
                timeZone.getId(),
                currency.getCurrencyCode(),
                activeBy,
                stage,
                utc(at));
    }

    /** New settings of a game there is. */
    public void gameChanged(GameId gameId, String name, ZoneId timeZone, Currency currency, String activeBy) {
        change(
                "UPDATE games.game SET name = ?, time_zone = ?, currency = ?, active_by = ? WHERE game_id = ?",
                name,
                timeZone.getId(),
                currency.getCurrencyCode(),
                activeBy,
                gameId.value());
    }

    /** A new key. */
    public void keyIssued(
            GameId gameId,
            String keyId,
            String kind,
            @Nullable String label,
            String secretHash,
            Instant at,
            @Nullable Instant expiresAt) {
        change(
                "INSERT INTO games.api_key (game_id, key_id, kind, label, secret_hash, issued_at, expires_at)"
                        + " VALUES (?,?,?,?,?,?,?)",
                gameId.value(),
                keyId,
                kind,
                label,
                secretHash,
                utc(at),
                expiresAt == null ? null : utc(expiresAt));
    }

    /** A key there is opens nothing from now on. */
    public void keyRevoked(GameId gameId, String keyId, Instant at) {
        change(
                "UPDATE games.api_key SET revoked_at = ? WHERE game_id = ? AND key_id = ?",
                utc(at),
                gameId.value(),
                keyId);
    }

    /** {@link #commit(Checkpoint, Checkpoint, Collection, Collection)} without parked events. */
    public boolean commit(@Nullable Checkpoint expected, Checkpoint next) {
        return commit(expected, next, List.of(), List.of());
    }

    /**
     * Writes the changes, the parked events and the checkpoint in one transaction, and takes away the places of those that
     * were parked and are applied, or passed over, now.
     *
     * @param expected the checkpoint this batch began from; absent for the first
     * @return false when another instance has moved it, or released one of these: nothing was written
     * @throws IllegalStateException when a game or key that is to change is not there: nothing was written
     */
    public boolean commit(
            @Nullable Checkpoint expected,
            Checkpoint next,
            Collection<ParkedEvent> parked,
            Collection<ParkedEvent> released) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                if (!checkpoints.compareAndSet(connection, partition, expected, next)
                        || !checkpoints.park(connection, partition, parked, released)) {
                    connection.rollback();
                    return false;
                }
                for (Change change : changes) {
                    change.write(connection);
                }
                connection.commit();
                return true;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new GamesStoreException("changes of games could not be written", e);
        }
    }

    private void change(String sql, @Nullable Object... values) {
        changes.add(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < values.length; i++) {
                    statement.setObject(i + 1, values[i]);
                }
                if (statement.executeUpdate() != 1) {
                    throw new IllegalStateException("a game or key that is to change is not there");
                }
            }
        });
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private interface Change {
        void write(Connection connection) throws SQLException;
    }
}
