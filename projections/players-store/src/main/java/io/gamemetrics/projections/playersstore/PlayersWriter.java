package io.gamemetrics.projections.playersstore;

import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
import io.gamemetrics.infrastructure.readstore.PostgresScan;
import io.gamemetrics.infrastructure.readstore.StoredCheckpoints;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes the players: a batch and its checkpoint in one transaction, or nothing. Safe for concurrent use, a thread a
 * partition; a player's events must always come by the same partition, a person's players may come by several. Every
 * method throws {@link PlayersStoreException} when the database can't be asked.
 */
public final class PlayersWriter extends StoredCheckpoints {

    /** The name of the projection whose checkpoints are kept here. */
    public static final String PROJECTION = "players";

    private final ModelSchema schema;

    /** Writes version 1. */
    public PlayersWriter(DataSource database) {
        this(database, 1);
    }

    /**
     * @param database one {@link PlayersSchema#migrate} has been run on
     * @param version which of the read model's versions is written
     */
    public PlayersWriter(DataSource database, int version) {
        this(new ModelSchema(database, PlayersSchema.NAME, version));
    }

    private PlayersWriter(ModelSchema schema) {
        super(new PostgresCheckpoints(schema.name(), PROJECTION));
        this.schema = schema;
    }

    @Override
    protected Connection connect() throws SQLException {
        return schema.connect();
    }

    @Override
    protected RuntimeException failed(String what, SQLException cause) {
        return new PlayersStoreException(what, cause);
    }

    public PlayersBatch begin() {
        return new PlayersBatch();
    }

    /** {@link #commit(PlayersBatch, int, Checkpoint, Checkpoint, Collection, Collection)} without released events. */
    public boolean commit(
            PlayersBatch batch,
            int partition,
            @Nullable Checkpoint expected,
            Checkpoint next,
            Collection<ParkedEvent> parked) {
        return commit(batch, partition, expected, next, parked, List.of());
    }

    /**
     * Writes the batch, the parked events and the checkpoint in one transaction, and takes away the places of those that
     * were parked and are applied, or passed over, now.
     *
     * @param expected the checkpoint the batch began from; absent for the partition's first
     * @return false when another instance has moved the checkpoint, or released one of these: nothing was written
     */
    public boolean commit(
            PlayersBatch batch,
            int partition,
            @Nullable Checkpoint expected,
            Checkpoint next,
            Collection<ParkedEvent> parked,
            Collection<ParkedEvent> released) {
        try (Connection connection = schema.connect()) {
            connection.setAutoCommit(false);
            try {
                if (!checkpoints.compareAndSet(connection, partition, expected, next)
                        || !checkpoints.park(connection, partition, parked, released)) {
                    connection.rollback();
                    return false;
                }
                Erasure.purge(connection, checkpoints, batch.erased);
                Flush.write(connection, batch);
                connection.commit();
                return true;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new PlayersStoreException("batch not written: partition=" + partition, e);
        }
    }

    /**
     * What is held of these players, before a purge or after.
     *
     * @return rows by table; {@code player.person} counts those linked to one of them. Tables without any are left out
     */
    public Map<String, Long> held(Collection<Pseudonym> players) {
        try (Connection connection = schema.connect()) {
            return Erasure.held(
                    connection, players.stream().map(Pseudonym::value).toList());
        } catch (SQLException e) {
            throw new PlayersStoreException("not counted what is held of players", e);
        }
    }

    /**
     * Where any of these is, in any value of any table; without a hit empty.
     *
     * @throws PlayersStoreException when the tables were not read to the end
     */
    public List<Hit> scan(Needles needles) {
        try (Connection connection = schema.connect()) {
            return new PostgresScan(schema.name()).scan(connection, needles);
        } catch (SQLException e) {
            throw new PlayersStoreException("the tables of the players were not searched", e);
        }
    }
}
