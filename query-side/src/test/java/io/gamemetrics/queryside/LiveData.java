package io.gamemetrics.queryside;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.projections.leaderboardsstore.ChangeNotice;
import io.gamemetrics.projections.livetailstore.LiveEvent;
import io.gamemetrics.projections.livetailstore.LiveTailBatch;
import io.gamemetrics.projections.livetailstore.LiveTailStore;
import io.gamemetrics.projections.livetailstore.LiveTailStoreException;
import io.gamemetrics.projections.metricsstore.MetricsBatch;
import io.gamemetrics.projections.metricsstore.MetricsSchema;
import io.gamemetrics.projections.metricsstore.MetricsWriter;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import io.lettuce.core.KillArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** Real stores of the live tail and of the metrics, and what a projection would write there: all partitions at once. */
final class LiveData implements AutoCloseable {

    final LiveTailStore tail = LiveTailStore.open(TestRedis.url());
    final String database = TestPostgres.newDatabase();
    private final RedisClient client = RedisClient.create(TestRedis.url());
    private final RedisCommands<String, String> redis = client.connect().sync();
    private final MetricsWriter metrics;
    private final Checkpoint[] checkpoints = new Checkpoint[QueryService.PARTITIONS];
    private final Checkpoint[] counted = new Checkpoint[QueryService.PARTITIONS];
    private long number;

    LiveData() {
        tail.cleaner().drop();
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database);
        MetricsSchema.migrate(source);
        metrics = new MetricsWriter(source, "metrics");
        store(0);
        count(0, "other");
    }

    /** Properties of a service on these stores. */
    Map<String, String> with(Map<String, String> properties) {
        Map<String, String> all = new HashMap<>(properties);
        all.put("gamemetrics.redis.url", TestRedis.url());
        all.put("gamemetrics.timescale.url", database);
        return all;
    }

    /** So many more purchases of the game intendo, by the player p-17. */
    Position store(int events) {
        return store(events, QueryService.PLAYER, "x");
    }

    Position store(int events, @Nullable UUID player, String itemId) {
        for (int partition = 0; partition < QueryService.PARTITIONS; partition++) {
            Checkpoint next = checkpoint(number + events);
            while (!isStored(partition, events, player, itemId, next)) {
                Thread.onSpinWait();
            }
            checkpoints[partition] = next;
        }
        number += events;
        return new Position(1, number);
    }

    /** False while Redis is away; what was done although its answer got lost is not done again. */
    private boolean isStored(int partition, int events, @Nullable UUID player, String itemId, Checkpoint next) {
        try {
            LiveTailBatch batch = tail.writer().begin(partition);
            for (int i = partition; i < events; i += QueryService.PARTITIONS) {
                batch.add(1, event(number + i + 1, player, itemId));
            }
            boolean moved = batch.commit(checkpoints[partition], next);
            assertThat(moved
                            || next.equals(tail.reader(QueryService.PARTITIONS)
                                    .checkpoints()
                                    .get(partition)))
                    .isTrue();
            return true;
        } catch (LiveTailStoreException e) {
            return false;
        }
    }

    private static LiveEvent event(long number, @Nullable UUID player, String itemId) {
        Instant now = Instant.now();
        return new LiveEvent(
                new Position(1, number),
                "purchase",
                null,
                player,
                now,
                now,
                "ios",
                "SE",
                null,
                Map.of("gate", "gate_40"),
                Map.of("itemId", itemId, "amountMicros", "4990000"));
    }

    /** The numbers of the game of this number change, at the next position. */
    Position count(int game, String gameId) {
        long next = counted[0] == null ? 1 : counted[0].position().number() + 1;
        for (int partition = 0; partition < QueryService.PARTITIONS; partition++) {
            MetricsBatch batch = metrics.begin();
            if (partition == 0 && game > 0) {
                batch.game(game, gameId, ZoneOffset.UTC, "USD", true, new Position(1, next));
            }
            Checkpoint at = checkpoint(next);
            assertThat(metrics.commit(batch, partition, counted[partition], at, List.of()))
                    .isTrue();
            counted[partition] = at;
        }
        return new Position(1, next);
    }

    /** A board of the game intendo changes, as the script that changes it says. */
    void boardChanged(String boardId, Position position) {
        redis.publish(ChangeNotice.channel(1, 1), new ChangeNotice(boardId, position).text());
    }

    /** Ends the connections of those who listen to Redis; they come back. */
    void breakListeners() {
        redis.clientKill(KillArgs.Builder.typePubsub());
    }

    private static Checkpoint checkpoint(long number) {
        return new Checkpoint(new Position(1, number), Instant.now(), number, number, number);
    }

    @Override
    public void close() {
        tail.close();
        client.shutdown();
    }
}
