package io.gamemetrics.projections.metrics;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.LongAdder;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessor;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.PostgresTokenTableFactory;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.json.JacksonSerializer;

/** The same history in Axon's own JDBC event store, and Axon's own processors on it. */
final class StockAxon implements AutoCloseable {

    private static final int READ_BATCH = 5_000;
    private static final int APPEND = 2_000;
    private static final long LOOK_MILLIS = 5;

    private final HikariDataSource database = new HikariDataSource();
    private final StockTransactions transactions = new StockTransactions(database);
    private final JacksonSerializer serializer = JacksonSerializer.builder()
            .objectMapper(JsonMapper.builder().findAndAddModules().build())
            .build();
    private final JdbcEventStorageEngine engine;
    private final EmbeddedEventStore store;
    private long events;

    StockAxon() {
        database.setJdbcUrl(TestPostgres.newDatabase());
        database.setMaximumPoolSize(30);
        engine = JdbcEventStorageEngine.builder()
                .connectionProvider(transactions)
                .transactionManager(transactions)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .batchSize(READ_BATCH)
                .build();
        engine.createSchema(PostgresEventTableFactory.INSTANCE);
        store = EmbeddedEventStore.builder().storageEngine(engine).build();
    }

    /** How it is read: processors of both kinds, with more segments and larger batches than they begin with. */
    record Way(String name, boolean pooled, int segments, int batch) {
        static final List<Way> EMPTY_HANDLER = List.of(
                new Way("tracking-1x1000", false, 1, 1_000),
                new Way("tracking-2x1000", false, 2, 1_000),
                new Way("pooled-2x1000", true, 2, 1_000),
                new Way("pooled-4x5000", true, 4, 5_000));

        static final List<Way> ONE_EVENT_AT_A_TIME =
                List.of(new Way("tracking-1x1", false, 1, 1), new Way("tracking-4x1", false, 4, 1));
    }

    /** Stores the first game's events through Axon; those of other games are copied in the server, which is faster. */
    void fill(BenchHistory history) throws SQLException {
        List<DomainEventMessage<?>> group = new ArrayList<>();
        history.forEach(fact -> {
            if (fact.game() == 0) {
                events++;
                group.add(new GenericDomainEventMessage<>(
                        "player",
                        UUID.nameUUIDFromBytes(fact.player().getBytes(java.nio.charset.StandardCharsets.UTF_8))
                                .toString(),
                        fact.sequence(),
                        fact.payload()));
                if (group.size() == APPEND) {
                    append(group);
                }
            }
        });
        append(group);
        for (int game = 1; game < history.games(); game++) {
            copy(game);
        }
        events *= history.games();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE");
        }
    }

    private void append(List<DomainEventMessage<?>> group) {
        transactions.executeInTransaction(() -> engine.appendEvents(List.copyOf(group)));
        group.clear();
    }

    private void copy(int game) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            String others = "type, sequenceNumber, timeStamp, payloadType, payloadRevision, payload, metaData";
            statement.execute("INSERT INTO DomainEventEntry (aggregateIdentifier, eventIdentifier, " + others
                    + ") SELECT md5('" + game + "' || aggregateIdentifier)::uuid::text, '" + game
                    + "-' || eventIdentifier, " + others + " FROM DomainEventEntry WHERE globalIndex <= " + events
                    + " ORDER BY globalIndex");
        }
    }

    long events() {
        return events;
    }

    /** What is done with each event, by methods with Axon's annotation. */
    interface Handlers {
        /** How many were handled so far. */
        long handled();
    }

    /** Nothing, but that the event is read. */
    static final class Empty implements Handlers {
        private final LongAdder handled = new LongAdder();

        @EventHandler
        void on(PlayerEvent event) {
            handled.increment();
        }

        @Override
        public long handled() {
            return handled.sum();
        }
    }

    /** What came of it: events in time. */
    record Ran(long events, long nanos) {
        long perSecond() {
            return events * 1_000_000_000L / nanos;
        }
    }

    /** Reads from the beginning, until so many are handled or the time is over. */
    Ran run(Way way, long most, Duration longest, Handlers handlers) throws InterruptedException {
        StreamingEventProcessor processor = processor(way, handlers);
        long begun = System.nanoTime();
        processor.start();
        try {
            while (handlers.handled() < most && System.nanoTime() - begun < longest.toNanos()) {
                Thread.sleep(LOOK_MILLIS);
            }
            if (processor.isError()) {
                throw new IllegalStateException("the stock processor stopped at an error");
            }
            return new Ran(handlers.handled(), System.nanoTime() - begun);
        } finally {
            processor.shutDown();
        }
    }

    private StreamingEventProcessor processor(Way way, Handlers handlers) {
        String name = "p" + UUID.randomUUID();
        JdbcTokenStore tokens = JdbcTokenStore.builder()
                .connectionProvider(transactions)
                .serializer(serializer)
                .build();
        transactions.executeInTransaction(() -> tokens.createSchema(PostgresTokenTableFactory.INSTANCE));
        SimpleEventHandlerInvoker invoker =
                SimpleEventHandlerInvoker.builder().eventHandlers(handlers).build();
        if (way.pooled) {
            ScheduledExecutorService coordinator = Executors.newSingleThreadScheduledExecutor(StockAxon::daemon);
            ScheduledExecutorService workers = Executors.newScheduledThreadPool(way.segments, StockAxon::daemon);
            return PooledStreamingEventProcessor.builder()
                    .name(name)
                    .eventHandlerInvoker(invoker)
                    .messageSource(store)
                    .tokenStore(tokens)
                    .transactionManager(transactions)
                    .coordinatorExecutor(coordinator)
                    .workerExecutor(workers)
                    .initialSegmentCount(way.segments)
                    .initialToken(StreamableMessageSource::createTailToken)
                    .batchSize(way.batch)
                    .build();
        }
        return TrackingEventProcessor.builder()
                .name(name)
                .eventHandlerInvoker(invoker)
                .messageSource(store)
                .tokenStore(tokens)
                .transactionManager(transactions)
                .trackingEventProcessorConfiguration(
                        TrackingEventProcessorConfiguration.forParallelProcessing(way.segments)
                                .andInitialTrackingToken(StreamableMessageSource::createTailToken)
                                .andBatchSize(way.batch))
                .build();
    }

    private static Thread daemon(Runnable work) {
        return Thread.ofPlatform().daemon(true).unstarted(work);
    }

    @Override
    public void close() {
        database.close();
    }
}
