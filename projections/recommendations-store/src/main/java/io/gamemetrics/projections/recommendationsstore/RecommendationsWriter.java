package io.gamemetrics.projections.recommendationsstore;

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
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes what players did: a batch and its checkpoint in one transaction, or nothing. Safe for concurrent use, a thread a
 * partition; a player's events must always come by the same partition. Every method throws {@link
 * RecommendationsStoreException} when the database can't be asked.
 */
public final class RecommendationsWriter extends StoredCheckpoints {

    /** The name of the projection whose checkpoints are kept here: stable for ever. */
    public static final String PROJECTION = "recommendations";

    private static final String UNIQUE_VIOLATION = "23505";

    private final ModelSchema schema;
    private final ItemNumbers items = new ItemNumbers();

    /** @param schema of a version {@link RecommendationsSchema#migrate} has been run for */
    public RecommendationsWriter(ModelSchema schema) {
        super(new PostgresCheckpoints(schema.name(), PROJECTION));
        this.schema = schema;
    }

    @Override
    protected Connection connect() throws SQLException {
        return schema.connect();
    }

    @Override
    protected RuntimeException failed(String what, SQLException cause) {
        return new RecommendationsStoreException(what, cause);
    }

    public RecommendationsBatch begin() {
        return new RecommendationsBatch();
    }

    /** {@link #commit(RecommendationsBatch, int, Checkpoint, Checkpoint, Collection, Collection)} without released events. */
    public boolean commit(
            RecommendationsBatch batch,
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
            RecommendationsBatch batch,
            int partition,
            @Nullable Checkpoint expected,
            Checkpoint next,
            Collection<ParkedEvent> parked,
            Collection<ParkedEvent> released) {
        try {
            return write(batch, partition, expected, next, parked, released);
        } catch (RuntimeException e) {
            items.forget();
            throw e;
        }
    }

    /** What was thought to be new and is there already is added up, in another transaction. */
    private boolean write(
            RecommendationsBatch batch,
            int partition,
            @Nullable Checkpoint expected,
            Checkpoint next,
            Collection<ParkedEvent> parked,
            Collection<ParkedEvent> released) {
        return Sql.with(schema, "writing a batch", connection -> {
            connection.setAutoCommit(false);
            try {
                return write(connection, batch, partition, expected, next, parked, released, false);
            } catch (SQLException e) {
                if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
                    throw e;
                }
                return write(connection, batch, partition, expected, next, parked, released, true);
            } finally {
                connection.setAutoCommit(true);
            }
        });
    }

    private boolean write(
            Connection connection,
            RecommendationsBatch batch,
            int partition,
            @Nullable Checkpoint expected,
            Checkpoint next,
            Collection<ParkedEvent> parked,
            Collection<ParkedEvent> released,
            boolean anyMayBeThere)
            throws SQLException {
        try {
            if (!checkpoints.compareAndSet(connection, partition, expected, next)
                    || !checkpoints.park(connection, partition, parked, released)) {
                items.forget();
                connection.rollback();
                return false;
            }
            if (!batch.erased.isEmpty()) {
                Items.lockToDelete(connection);
                for (UUID stream : batch.erased) {
                    Purge.of(connection, stream);
                }
            }
            Items.Numbers numbers = Items.numbers(connection, Items.of(batch), items);
            new Flush(batch, numbers.all(), anyMayBeThere).write(connection);
            connection.commit();
            items.learned(numbers.read(), numbers.deletions());
            return true;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        }
    }

    /**
     * What is held of these players, before a purge or after.
     *
     * @return rows by table; {@code link} counts those linked to one of them, {@code pending} those whose vector is still to be
     *     made or taken away. Tables without any are left out
     */
    public Map<String, Long> held(Collection<Pseudonym> players) {
        return Sql.with(schema, "counting what is held of players", connection -> Purge.held(connection, players));
    }

    /** Whether a player's or person's own vector still has to be made or taken away. */
    public boolean isPending(Pseudonym player) {
        return Sql.with(
                schema,
                "asking who is pending",
                connection -> Sql.first(
                                connection,
                                "SELECT 1 FROM pending WHERE person = ? LIMIT 1",
                                row -> row.getInt(1),
                                player.value())
                        != null);
    }

    /** Where any of these is, in any value of any table; without a hit empty. */
    public List<Hit> scan(Needles needles) {
        return Sql.with(schema, "scanning for needles", connection -> new PostgresScan(schema.name())
                .scan(connection, needles));
    }
}
