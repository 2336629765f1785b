package io.gamemetrics.infrastructure.eventcatalog;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Encoded;
import io.gamemetrics.infrastructure.eventstore.EventCodec.NewEvent;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.privacy.KeyDirectory;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.PlayerId;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.SessionId;
import io.gamemetrics.sharedkernel.money.Money;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Events as they lie in the store, under keys of a vault in a database of its own. */
final class KeyedEvents implements AutoCloseable {

    private final HikariDataSource database = new HikariDataSource();
    private final KeyDirectory directory;
    private final PostgresVault vault;
    private final int game;

    KeyedEvents(Path folder) {
        database.setJdbcUrl(TestPostgres.newDatabase());
        directory = KeyDirectory.at(folder.resolve("keys"));
        vault = PostgresVault.open(database, directory);
        game = vault.gameNumber(new GameId("intendo"));
    }

    /** The one under whose keys they lie. */
    PostgresVault vault() {
        return vault;
    }

    /** The same vault as another process has it, with leases of its own. */
    PostgresVault vaultElsewhere() {
        return PostgresVault.open(database, directory);
    }

    UUID player(String id) {
        PlayerId player = new PlayerId(id);
        return requireNonNull(vault.subjects(game, List.of(player)).get(player))
                .pseudonym()
                .value();
    }

    /** Purchases of this player, stored a moment ago one after the other. */
    List<StoredEvent> purchases(UUID stream, long firstPosition, int count) {
        List<StoredEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(stored(new Position(1, firstPosition + i), stream, i, purchase(i)));
        }
        return events;
    }

    StoredEvent stored(Position position, UUID stream, long sequence, Object payload) {
        Encoded encoded = new VaultEventCodec(vault)
                .encode(List.of(new NewEvent(stream, sequence, payload)))
                .getFirst();
        return new StoredEvent(
                position,
                encoded.tenant(),
                stream,
                sequence,
                encoded.type(),
                encoded.revision(),
                Instant.now(),
                encoded.payload());
    }

    static EventHeader header(int number) {
        return new EventHeader(
                new EventId("e" + number),
                Instant.ofEpochMilli(number),
                new SessionId("s-9"),
                new Dimensions("ios", "SE", "1.4.2", Map.of("gate", "gate_40")),
                false);
    }

    static PurchaseMade purchase(int number) {
        return new PurchaseMade(
                header(number), "gems5", "iap", new Money(Currency.getInstance("USD"), 4_990_000), List.of());
    }

    @Override
    public void close() {
        database.close();
    }
}
