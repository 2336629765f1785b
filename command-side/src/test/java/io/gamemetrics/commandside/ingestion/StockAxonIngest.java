package io.gamemetrics.commandside.ingestion;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.commandside.player.KnownEvents;
import io.gamemetrics.commandside.player.OtherPlayers;
import io.gamemetrics.commandside.player.Player;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.axonframework.commandhandling.AsynchronousCommandBus;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.caching.WeakReferenceCache;
import org.axonframework.common.jdbc.DataSourceConnectionProvider;
import org.axonframework.common.jdbc.UnitOfWorkAwareConnectionProviderWrapper;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.serialization.json.JacksonSerializer;

/**
 * The same players on Axon's own command bus, repositories and JDBC event store, with Axon's cache: as it comes, with
 * Jackson, without encryption, and without looking for duplicates among what is stored.
 */
final class StockAxonIngest implements AutoCloseable {

    private static final int THREADS = 8;

    private final HikariDataSource database = new HikariDataSource();
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final CommandBus bus =
            AsynchronousCommandBus.builder().executor(threads).build();

    StockAxonIngest() {
        database.setJdbcUrl(TestPostgres.newDatabase());
        database.setMaximumPoolSize(2 * THREADS);
        JacksonSerializer serializer = JacksonSerializer.builder()
                .objectMapper(JsonMapper.builder().findAndAddModules().build())
                .build();
        JdbcEventStorageEngine engine = JdbcEventStorageEngine.builder()
                .connectionProvider(
                        new UnitOfWorkAwareConnectionProviderWrapper(new DataSourceConnectionProvider(database)))
                .transactionManager(NoTransactionManager.INSTANCE)
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .build();
        engine.createSchema(PostgresEventTableFactory.INSTANCE);
        KnownEvents known = (stream, questions) -> List.of();
        OtherPlayers others = (linked, half, validateOnly) -> {
            throw new UnsupportedOperationException("no player is linked here");
        };
        StockPlayerBus.subscribe(
                Player.class,
                EmbeddedEventStore.builder().storageEngine(engine).build(),
                bus,
                new WeakReferenceCache(),
                known,
                others);
    }

    CommandBus bus() {
        return bus;
    }

    @Override
    public void close() {
        threads.shutdown();
        database.close();
    }
}
