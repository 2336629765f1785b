package io.gamemetrics.infrastructure.backups;

import static java.util.Objects.requireNonNull;

import io.gamemetrics.infrastructure.embeddedservers.PostgresServer;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Encoded;
import io.gamemetrics.infrastructure.eventstore.EventGroup;
import io.gamemetrics.infrastructure.eventstore.EventStoreSettings;
import io.gamemetrics.infrastructure.eventstore.PostgresEventStore;
import io.gamemetrics.infrastructure.eventstore.RejectedEvent;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.privacy.DataKey;
import io.gamemetrics.infrastructure.privacy.Envelope;
import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.UnreadableEnvelopeException;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** An event store and a vault with players in them, as services use them; databases may be exchanged. */
final class Stores {

    private static final AtomicInteger COPIES = new AtomicInteger();
    private static final byte[] CONTEXT = {1};

    private final Path keys;
    private String events;
    private String vault;
    private @Nullable PostgresVault opened;

    Stores(Path keys) {
        this(keys, TestPostgres.newDatabase(), TestPostgres.newDatabase());
    }

    private Stores(Path keys, String events, String vault) {
        this.keys = keys;
        this.events = events;
        this.vault = vault;
    }

    /** The same once more, which may go on changing; made faster than anew. Nobody may be connected to these. */
    Stores copy(Path itsKeys) throws IOException, SQLException {
        Files.createDirectory(itsKeys);
        try (Stream<Path> files = Files.list(keys)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(
                        file, itsKeys.resolve(String.valueOf(file.getFileName())), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return new Stores(itsKeys, copyOf(events), copyOf(vault));
    }

    private static String copyOf(String database) throws SQLException {
        String name = at(database).getDatabaseName();
        String copy = name + "_copy_" + COPIES.incrementAndGet();
        PostgresServer server = TestPostgres.server();
        try (Connection connection =
                        DriverManager.getConnection(server.url("postgres"), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + copy + " TEMPLATE " + name);
        }
        return database.replace("/" + name + "?", "/" + copy + "?");
    }

    KeyDirectory keys() {
        return KeyDirectory.at(keys);
    }

    Path ledger() {
        return keys.resolve("ledger");
    }

    PGSimpleDataSource events() {
        return at(events);
    }

    PGSimpleDataSource vaultDatabase() {
        return at(vault);
    }

    PGSimpleDataSource emptyEvents() {
        events = TestPostgres.newDatabase();
        return events();
    }

    PGSimpleDataSource emptyVault() {
        vault = TestPostgres.newDatabase();
        opened = null;
        return vaultDatabase();
    }

    private static PGSimpleDataSource at(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        return source;
    }

    /** An empty database that stays out of the way. */
    static PGSimpleDataSource elsewhere() {
        return at(TestPostgres.newDatabase());
    }

    PostgresVault vault() {
        PostgresVault current = opened;
        if (current == null) {
            current = PostgresVault.open(vaultDatabase(), keys());
            opened = current;
        }
        return current;
    }

    PostgresEventStore store() {
        return PostgresEventStore.open(EventStoreSettings.of(events, "", ""));
    }

    int game() {
        return vault().gameNumber(new GameId("chess"));
    }

    /** Stores an event of a player, and one of theirs that was refused; the player's stream. */
    UUID play(String player, long sequence) {
        PostgresVault current = vault();
        int game = game();
        UUID stream = requireNonNull(
                        current.subjects(game, List.of(new PlayerId(player))).get(new PlayerId(player)))
                .pseudonym()
                .value();
        DataKey key = requireNonNull(current.keys(List.of(stream)).get(stream));
        byte[] sealed = new Envelope()
                .seal(key.encryption(), CONTEXT, (player + "/" + sequence).getBytes(StandardCharsets.UTF_8));
        // Under the game's key, which outlives every player's.
        byte[] refused = new Envelope()
                .seal(current.rejectionKey(game).encryption(), CONTEXT, player.getBytes(StandardCharsets.UTF_8));
        try (PostgresEventStore store = store()) {
            store.append(new EventGroup(
                    List.of(new EventGroup.Row(stream, sequence, new Encoded(game, 7, 1, sealed, List.of(sequence)))),
                    List.of(new RejectedEvent(
                            game,
                            Instant.parse("2026-01-01T00:00:00Z"),
                            Instant.parse("2126-01-01T00:00:00Z"),
                            "player.unknown",
                            refused))));
        }
        return stream;
    }

    /** Erases a player as the platform does. */
    void erase(String player, UUID stream) {
        PostgresVault current = vault();
        current.erasures().begin(game(), new PlayerId(player));
        current.erasures().destroy(game(), new PlayerId(player), stream);
    }

    /** What a player's first event says; absent when its key is gone. */
    String read(UUID stream) throws UnreadableEnvelopeException {
        DataKey key = vault().keys(List.of(stream)).get(stream);
        if (key == null) {
            return "";
        }
        try (PostgresEventStore store = store()) {
            StoredEvent event = requireNonNull(
                            store.readStreams(Map.of(stream, 0L)).get(stream))
                    .getFirst();
            return new String(new Envelope().open(key.encryption(), CONTEXT, event.payload()), StandardCharsets.UTF_8);
        }
    }
}
