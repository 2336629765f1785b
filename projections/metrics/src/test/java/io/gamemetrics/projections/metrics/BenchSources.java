package io.gamemetrics.projections.metrics;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.eventcatalog.EventCatalog;
import io.gamemetrics.infrastructure.eventcatalog.VaultEventCodec;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Encoded;
import io.gamemetrics.infrastructure.eventstore.EventCodec.NewEvent;
import io.gamemetrics.infrastructure.eventstore.EventGroup;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.EventStoreSettings;
import io.gamemetrics.infrastructure.eventstore.PostgresEventStore;
import io.gamemetrics.infrastructure.eventstream.EventPublisher;
import io.gamemetrics.infrastructure.eventstream.StreamSettings;
import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.infrastructure.testkit.TestKafka;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** A history as it lies in a real event store, encrypted under keys of a real vault, and in Kafka. */
final class BenchSources implements AutoCloseable {

    static final int PARTITIONS = 6;

    private static final int GROUP = 5_000;

    private final HikariDataSource vaultDatabase = new HikariDataSource();
    private final ExecutorService appending = Executors.newSingleThreadExecutor();
    private final Vault vault;
    private CompletableFuture<Void> appended = CompletableFuture.completedFuture(null);

    final EventStore store = PostgresEventStore.open(EventStoreSettings.of(TestPostgres.newDatabase(), "", ""));
    final StreamSettings stream =
            StreamSettings.of(TestKafka.bootstrapServers()).withTopic("bench-" + UUID.randomUUID(), PARTITIONS);
    final EventPublisher publisher = new EventPublisher(stream, store, EventCatalog.current()::isConfiguration);

    BenchSources() throws IOException {
        vaultDatabase.setJdbcUrl(TestPostgres.newDatabase());
        vaultDatabase.setMaximumPoolSize(4);
        vault = PostgresVault.open(vaultDatabase, KeyDirectory.at(Files.createTempDirectory("bench-keys-")));
    }

    /** One that has no keys yet, as after a start of the process. */
    EventCodec codec() {
        return new VaultEventCodec(vault);
    }

    /** Stores all of it, and waits until Kafka has it too. */
    void fill(BenchHistory history) throws InterruptedException {
        publisher.start();
        int[] games = new int[history.games()];
        for (int game = 0; game < games.length; game++) {
            games[game] = create(new GameId("game-" + game));
        }
        List<BenchHistory.Fact> group = new ArrayList<>();
        history.forEach(fact -> {
            if (group.size() == GROUP || (!group.isEmpty() && group.getFirst().game() != fact.game())) {
                append(games[group.getFirst().game()], group);
                group.clear();
            }
            group.add(fact);
        });
        append(games[group.getFirst().game()], group);
        appended.join();
        while (!store.position().equals(publisher.status().published())) {
            Thread.sleep(100);
        }
    }

    private int create(GameId game) {
        int number = vault.gameNumber(game);
        UUID stream = UUID.randomUUID();
        vault.gameStreams(number, List.of(stream));
        append(List.of(new NewEvent(
                stream,
                0,
                new GameCreated(
                        game,
                        game.value(),
                        ZoneOffset.UTC,
                        BenchHistory.USD,
                        ActiveBy.SESSION_START,
                        Stage.LIVE,
                        Instant.EPOCH))));
        return number;
    }

    private void append(int game, List<BenchHistory.Fact> facts) {
        Map<PlayerId, Vault.Subject> subjects = vault.subjects(
                game, facts.stream().map(fact -> new PlayerId(fact.player())).collect(Collectors.toSet()));
        append(facts.stream()
                .map(fact -> new NewEvent(
                        Objects.requireNonNull(subjects.get(new PlayerId(fact.player())))
                                .pseudonym()
                                .value(),
                        fact.sequence(),
                        fact.payload()))
                .toList());
    }

    /** While one group is stored the next is encrypted. */
    private void append(List<NewEvent> events) {
        List<Encoded> encoded = codec().encode(events);
        List<EventGroup.Row> rows = new ArrayList<>(events.size());
        for (int event = 0; event < events.size(); event++) {
            rows.add(new EventGroup.Row(
                    events.get(event).stream(), events.get(event).sequence(), encoded.get(event)));
        }
        appended.join();
        appended = CompletableFuture.runAsync(() -> store.append(EventGroup.of(rows)), appending);
    }

    @Override
    public void close() {
        publisher.close();
        appending.close();
        store.close();
        vaultDatabase.close();
    }
}
