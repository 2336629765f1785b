package io.gamemetrics.projections.playersstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.IntSupplier;
import javax.sql.DataSource;

/** Each question is one read-only transaction. */
final class PostgresPlayersReader implements PlayersReader {

    private final DataSource database;
    private final IntSupplier version;
    private final int partitions;

    PostgresPlayersReader(DataSource database, IntSupplier version, int partitions) {
        this.database = database;
        this.version = version;
        this.partitions = partitions;
    }

    private interface Question<T> {
        T answer(Connection connection) throws SQLException;
    }

    private <T> T ask(Question<T> question) {
        return ask(schema(), question);
    }

    private ModelSchema schema() {
        return new ModelSchema(database, PlayersSchema.NAME, version.getAsInt());
    }

    private static <T> T ask(ModelSchema schema, Question<T> question) {
        try (Connection connection = schema.connect()) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
                return question.answer(connection);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new PlayersStoreException("a question about players was not answered", e);
        }
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        ModelSchema schema = schema();
        PostgresCheckpoints checkpoints = new PostgresCheckpoints(schema.name(), PlayersWriter.PROJECTION);
        return ask(schema, connection -> checkpoints.least(connection, partitions));
    }

    @Override
    public Optional<Profile> player(GameId game, Pseudonym player) {
        return ask(connection -> {
            GameRow settings = GameRow.read(connection, game);
            if (settings == null) {
                return Optional.empty();
            }
            Person person = Person.read(connection, settings, player.value());
            return person.isKnown()
                    ? Optional.of(person.profile(settings, Money.read(connection, settings, person.players())))
                    : Optional.empty();
        });
    }

    @Override
    public Map<Pseudonym, Name> names(GameId game, Collection<Pseudonym> players) {
        String sql = "SELECT DISTINCT ON (asked.player) asked.player, p.player, p.name"
                + " FROM unnest(?::uuid[]) AS asked(player)"
                + " LEFT JOIN player own ON own.player = asked.player"
                + " CROSS JOIN LATERAL (SELECT coalesce(own.person, asked.player) AS person) AS who"
                + " CROSS JOIN LATERAL (SELECT * FROM player WHERE player = who.person"
                + " UNION ALL SELECT * FROM player WHERE person = who.person) AS p"
                + " JOIN game g ON g.number = p.game AND g.game_id = ?"
                + " WHERE p.name IS NOT NULL"
                + " ORDER BY asked.player, p.name_at DESC, p.name_by DESC, p.player";
        return ask(connection -> {
            Map<Pseudonym, Name> names = new HashMap<>();
            UUID[] ids = players.stream().map(Pseudonym::value).toArray(UUID[]::new);
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setArray(1, connection.createArrayOf("uuid", ids));
                select.setString(2, game.value());
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        Pseudonym owner = new Pseudonym(rows.getObject(2, UUID.class));
                        names.put(new Pseudonym(rows.getObject(1, UUID.class)), new Name(owner, rows.getBytes(3)));
                    }
                }
            }
            return names;
        });
    }
}
