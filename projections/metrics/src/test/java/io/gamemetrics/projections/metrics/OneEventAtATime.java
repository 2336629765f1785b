package io.gamemetrics.projections.metrics;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.projections.metricsstore.MetricsSchema;
import io.gamemetrics.projections.metricsstore.MetricsWriter;
import io.gamemetrics.projections.runtime.EventPlace;
import io.gamemetrics.projections.runtime.Projection;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.lang.reflect.Method;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;

/** The metrics' own writers, called as Axon's processors call a handler: for each event a batch of its own. */
final class OneEventAtATime implements StockAxon.Handlers, AutoCloseable {

    private static final int GAME = 1;

    /** Axon has chosen the method once already: that it is chosen again costs next to nothing. */
    private static final Map<Class<?>, Method> METHODS = Arrays.stream(MetricsHandlers.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(EventHandler.class))
            .collect(Collectors.toMap(method -> method.getParameterTypes()[0], Function.identity()));

    private final HikariDataSource database = new HikariDataSource();
    private final MetricsProjection projection;
    private final int segments;
    private final Map<Integer, Checkpoint> checkpoints = new ConcurrentHashMap<>();
    private final Map<UUID, Integer> players = new ConcurrentHashMap<>();
    private final AtomicInteger nextPlayer = new AtomicInteger();
    private final LongAdder handled = new LongAdder();

    /** @param segments a power of two: a thread each, and a checkpoint each */
    OneEventAtATime(int segments) {
        database.setJdbcUrl(TestPostgres.newDatabase());
        database.setMaximumPoolSize(24);
        MetricsSchema.migrate(database);
        this.projection = new MetricsProjection(new MetricsWriter(database, MetricsProjection.NAME));
        this.segments = segments;
        apply(
                0,
                new GameCreated(
                        new GameId("stock"),
                        "stock",
                        ZoneOffset.UTC,
                        BenchHistory.USD,
                        ActiveBy.SESSION_START,
                        Stage.LIVE,
                        Instant.EPOCH),
                new EventPlace(new Position(1, 1), GAME, new UUID(0, 0), -1, 0, Instant.EPOCH));
    }

    @EventHandler
    void on(PlayerEvent event, DomainEventMessage<?> message) {
        UUID stream = UUID.fromString(message.getAggregateIdentifier());
        EventPlace place = new EventPlace(
                new Position(1, 2 + handled.sum()),
                GAME,
                stream,
                players.computeIfAbsent(stream, key -> nextPlayer.getAndIncrement()),
                message.getSequenceNumber(),
                message.getTimestamp());
        apply(message.getAggregateIdentifier().hashCode() & (segments - 1), event, place);
        handled.increment();
    }

    private void apply(int segment, Object event, EventPlace place) {
        Projection.Batch batch = projection.begin(segment);
        try {
            Objects.requireNonNull(METHODS.get(event.getClass())).invoke(batch.handlers(), event, place);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("an event handler failed", e);
        }
        Checkpoint expected = checkpoints.get(segment);
        long count = (expected == null ? 0 : expected.handledCount()) + 1;
        Checkpoint next = new Checkpoint(place.position(), Instant.EPOCH, count, count, count);
        batch.commit(expected, next, List.of());
        checkpoints.put(segment, next);
    }

    @Override
    public long handled() {
        return handled.sum();
    }

    @Override
    public void close() {
        database.close();
    }
}
