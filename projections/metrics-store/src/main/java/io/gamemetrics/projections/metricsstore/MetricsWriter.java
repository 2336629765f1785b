package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
import io.gamemetrics.infrastructure.readstore.StoredCheckpoints;
import io.gamemetrics.projections.metricsstore.Commits.Commit;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes the metrics: a batch and its checkpoint in one transaction, or nothing. Safe for concurrent use, a thread a
 * partition; a player's events must always come by the same partition.
 */
public final class MetricsWriter extends StoredCheckpoints {

    private final ModelSchema schema;
    private final Terms terms = new Terms();
    private final KindIndex kindIndex = new KindIndex();
    private final List<Commits> commits = List.of(new Commits(this::write), new Commits(this::write));
    private final Map<Integer, GameRow> known = new ConcurrentHashMap<>();
    private final @Nullable EventPartitions partitions;

    /** Writes version 1. */
    public MetricsWriter(DataSource dataSource, String projection) {
        this(dataSource, 1, projection);
    }

    /**
     * @param dataSource of a database {@link MetricsSchema#migrate} has been run on
     * @param version which of the read model's versions is written
     * @param projection the projection's stable name, under which its checkpoints are kept
     */
    public MetricsWriter(DataSource dataSource, int version, String projection) {
        this(MetricsSchema.of(dataSource, version), projection);
    }

    private MetricsWriter(ModelSchema schema, String projection) {
        super(new PostgresCheckpoints(schema.name(), projection));
        this.schema = schema;
        this.partitions =
                MetricsSchema.engine(schema) == MetricsSchema.Engine.POSTGRESQL ? new EventPartitions() : null;
    }

    @Override
    protected Connection connect() throws SQLException {
        return schema.connect();
    }

    @Override
    protected RuntimeException failed(String what, SQLException cause) {
        return new MetricsStoreException(what, cause);
    }

    public MetricsBatch begin() {
        return new MetricsBatch();
    }

    /** {@link #commit(MetricsBatch, int, Checkpoint, Checkpoint, Collection, Collection)} without released events. */
    public boolean commit(
            MetricsBatch batch,
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
            MetricsBatch batch,
            int partition,
            @Nullable Checkpoint expected,
            Checkpoint next,
            Collection<ParkedEvent> parked,
            Collection<ParkedEvent> released) {
        Flush flush = new Flush(batch);
        try (Connection connection = schema.connect()) {
            connection.setAutoCommit(true);
            if (!next.isBuilding()) {
                kindIndex.ensure(connection);
            }
            prepare(connection, flush);
        } catch (SQLException e) {
            throw new MetricsStoreException("batch not prepared: partition=" + partition, e);
        }
        return commits.get(way(partition, next)).write(new Commit(flush, partition, expected, next, parked, released));
    }

    /**
     * While a version is built its batches are large, and half of the partitions write while the database still works for the
     * other half. Small ones are better written together.
     */
    private int way(int partition, Checkpoint next) {
        return next.isBuilding() ? partition % commits.size() : 0;
    }

    private void prepare(Connection connection, Flush flush) throws SQLException {
        EventHorizon horizon = EventHorizon.read(connection);
        if (partitions != null) {
            partitions.ensure(connection, flush.instants(horizon));
        }
        Map<Integer, GameRow> settings = new HashMap<>(flush.batch.games);
        settings.putAll(known);
        Set<Integer> missing = new TreeSet<>(flush.games());
        missing.removeAll(settings.keySet());
        settings.putAll(new GameSettings(connection).peek(missing));
        flush.numbersHoldAt(terms.refresh(connection));
        flush.prepare(terms.numbers(connection, flush.terms()), Links.of(connection, flush.batch), settings, horizon);
    }

    private void write(List<Commit> all) {
        try (Connection connection = schema.connect()) {
            connection.setAutoCommit(false);
            try {
                List<Commit> mine = new ArrayList<>();
                for (Commit commit : all) {
                    if (moves(connection, commit)) {
                        mine.add(commit);
                    }
                }
                hold(connection, mine);
                Map<Integer, GameRow> settings = new FlushGroup(
                                mine.stream().map(commit -> commit.flush).toList(),
                                partitions == null,
                                mine.stream().allMatch(commit -> commit.next.isBuilding()))
                        .write(connection);
                for (Commit commit : mine) {
                    ChangeNotices.write(
                            connection,
                            ChangeNotices.channel(schema),
                            commit.partition,
                            commit.expected,
                            commit.next,
                            commit.flush.touched(settings));
                }
                connection.commit();
                known.putAll(settings);
                all.forEach(commit -> commit.done(mine.contains(commit)));
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new MetricsStoreException(
                    "batches not written: partitions="
                            + all.stream().map(commit -> commit.partition).toList(),
                    e);
        }
    }

    /** Texts' numbers were looked up before the transaction: since then some may have been taken away. */
    private void hold(Connection connection, List<Commit> mine) throws SQLException {
        boolean erases = mine.stream().anyMatch(commit -> !commit.flush.batch.gone.isEmpty());
        Terms.hold(connection, erases);
        long times = Terms.times(connection);
        if (mine.stream().anyMatch(commit -> !commit.flush.numbersHold(times))) {
            throw new SQLTransientException("texts were taken away meanwhile");
        }
        for (Commit commit : mine) {
            for (MetricsBatch.Gone gone : commit.flush.batch.gone) {
                checkpoints.forget(connection, gone.stream());
            }
        }
    }

    /** Moves one batch's checkpoint and parked events, or changes nothing and lets the others' be. */
    private boolean moves(Connection connection, Commit commit) throws SQLException {
        Savepoint before = commit.released.isEmpty() ? null : connection.setSavepoint();
        boolean moves = checkpoints.compareAndSet(connection, commit.partition, commit.expected, commit.next)
                && checkpoints.park(connection, commit.partition, commit.parked, commit.released);
        if (!moves && before != null) {
            connection.rollback(before);
        }
        return moves;
    }
}
