package io.gamemetrics.projections.gamesstore;

import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads the games and their keys. Safe for concurrent use. Every method throws {@link GamesStoreException} when the
 * database can't be asked.
 */
public final class GamesReader {

    private static final String GAME =
            "SELECT game_id, number, name, time_zone, currency, active_by, stage, created_at FROM games.game";
    private static final String KEY = "SELECT k.game_id, g.number, k.key_id, k.kind, k.expires_at, k.revoked_at"
            + " FROM games.api_key k JOIN games.game g USING (game_id) WHERE k.secret_hash = ?";

    private final DataSource database;
    private final PostgresCheckpoints checkpoints = new PostgresCheckpoints(GamesStore.SCHEMA, GamesWriter.PROJECTION);

    public GamesReader(DataSource database) {
        this.database = database;
    }

    /** The game of this name. */
    public Optional<GameSettings> game(GameId gameId) {
        return games(GAME + " WHERE game_id = ?", gameId.value()).stream().findFirst();
    }

    /** All games, by name. */
    public List<GameSettings> games() {
        return games(GAME + " ORDER BY game_id", null);
    }

    /**
     * The key with this secret, expired and revoked ones included.
     *
     * @param secretHash SHA-256 of the whole secret, hexadecimal
     */
    public Optional<ApiKey> keyByHash(String secretHash) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(KEY)) {
            statement.setString(1, secretHash);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(key(row)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new GamesStoreException("a key could not be read", e);
        }
    }

    /** How far the games follow the stream; absent before the first batch. */
    public Optional<Checkpoint> checkpoint() {
        try (Connection connection = database.getConnection()) {
            return Optional.ofNullable(checkpoints.read(connection, 0));
        } catch (SQLException e) {
            throw new GamesStoreException("the checkpoint of the games could not be read", e);
        }
    }

    private List<GameSettings> games(String sql, @Nullable String gameId) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            if (gameId != null) {
                statement.setString(1, gameId);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<GameSettings> games = new ArrayList<>();
                while (rows.next()) {
                    games.add(game(rows));
                }
                return games;
            }
        } catch (SQLException e) {
            throw new GamesStoreException("the games could not be read", e);
        }
    }

    private static GameSettings game(ResultSet row) throws SQLException {
        return new GameSettings(
                new GameId(row.getString(1)),
                row.getInt(2),
                row.getString(3),
                ZoneId.of(row.getString(4)),
                Currency.getInstance(row.getString(5)),
                row.getString(6),
                row.getString(7),
                row.getObject(8, OffsetDateTime.class).toInstant());
    }

    private static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                new GameId(row.getString(1)),
                row.getInt(2),
                row.getString(3),
                row.getString(4),
                instant(row, 5),
                instant(row, 6));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
