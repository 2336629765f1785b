package io.gamemetrics.projections.metrics;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.projections.metricsstore.EventCompression;
import io.gamemetrics.projections.metricsstore.EventExpiry;
import io.gamemetrics.projections.metricsstore.MetricsCharts;
import io.gamemetrics.projections.metricsstore.MetricsReader;
import io.gamemetrics.projections.metricsstore.MetricsSchema;
import io.gamemetrics.projections.metricsstore.MetricsWriter;
import io.gamemetrics.projections.runtime.EventPlace;
import io.gamemetrics.projections.runtime.FedVersion;
import io.gamemetrics.projections.runtime.Placed;
import io.gamemetrics.projections.runtime.Projection;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A projection on a database of its own, fed as the runner would feed it. */
final class Fed implements AutoCloseable {

    static final int GAME = 1;

    final HikariDataSource database = new HikariDataSource();
    private final List<MetricsProjection> projections = new ArrayList<>();
    final MetricsReader reader;
    final MetricsCharts charts;
    final EventCompression compression;
    final EventExpiry expiry;
    private final Map<UUID, Long> sequences = new HashMap<>();
    private final Map<Integer, Checkpoint> checkpoints = new ConcurrentHashMap<>();
    private long position;

    /** What the next batches say when it is. */
    volatile Instant asOf = Instant.EPOCH;

    Fed(String url, int connections, int partitions) {
        database.setJdbcUrl(url);
        database.setMaximumPoolSize(connections);
        MetricsSchema.migrate(database);
        projections.add(new MetricsProjection(new MetricsWriter(database, MetricsProjection.NAME)));
        reader = MetricsReader.on(database, partitions);
        charts = new MetricsCharts(MetricsSchema.of(database, 1));
        compression = new EventCompression(MetricsSchema.of(database, 1));
        expiry = new EventExpiry(MetricsSchema.of(database, 1));
    }

    /** From now on two instances have the partitions by turns, as two processes would. */
    void splitInTwo() {
        projections.add(new MetricsProjection(new MetricsWriter(database, MetricsProjection.NAME)));
    }

    Placed place(Object payload, UUID stream, int player) {
        return place(GAME, payload, stream, player);
    }

    Placed place(int game, Object payload, UUID stream, int player) {
        long sequence = sequences.merge(stream, 1L, Long::sum) - 1;
        return new Placed(
                payload, new EventPlace(new Position(1, ++position), game, stream, player, sequence, Instant.EPOCH));
    }

    /** A link's other half, in the linked player's stream: its place says who the person is. */
    Placed link(LinkedToPlayer payload, UUID stream, int player, int person) {
        return link(GAME, payload, stream, player, person);
    }

    Placed link(int game, LinkedToPlayer payload, UUID stream, int player, int person) {
        EventPlace at = place(game, payload, stream, player).place();
        return new Placed(
                payload, new EventPlace(at.position(), game, stream, player, at.sequence(), at.storedAt(), person));
    }

    /** The place the stream's next event will have. */
    long nextSequence(UUID stream) {
        return sequences.getOrDefault(stream, 0L);
    }

    @Nullable
    Checkpoint checkpoint(int partition) {
        return checkpoints.get(partition);
    }

    void flush(int partition, List<Placed> events) {
        Checkpoint expected = checkpoints.get(partition);
        long count = (expected == null ? 0 : expected.handledCount()) + events.size();
        Position at = events.isEmpty()
                ? new Position(1, position)
                : events.getLast().place().position();
        Checkpoint next = new Checkpoint(at, asOf, count, count, count);
        flush(partition, events, expected, next);
        checkpoints.put(partition, next);
    }

    void flush(int partition, List<Placed> events, @Nullable Checkpoint expected, Checkpoint next) {
        Projection.Batch batch = projections.get(partition % projections.size()).begin(partition);
        events.forEach(event -> event.handleIn(batch));
        batch.commit(expected, next, List.of());
    }

    /** Lets that time come on every partition, and drops what is older than is to be kept. */
    void dropEvents(Instant now, Duration keep, int partitions) {
        asOf = now;
        for (int partition = 0; partition < partitions; partition++) {
            flush(partition, List.of());
        }
        while (!expiry.expire(keep)) {
            Thread.onSpinWait();
        }
    }

    /** A version of its own, of which nothing is written yet. */
    static FedVersion version(DataSource database, int number) {
        MetricsSchema.migrate(database, number);
        return new FedVersion(new MetricsProjection(new MetricsWriter(database, number, MetricsProjection.NAME)));
    }

    @Override
    public void close() {
        database.close();
    }
}
