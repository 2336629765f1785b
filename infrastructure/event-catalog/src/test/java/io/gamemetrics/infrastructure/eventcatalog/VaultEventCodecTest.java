package io.gamemetrics.infrastructure.eventcatalog;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Decoded;
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
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.ids.SessionId;
import io.gamemetrics.sharedkernel.player.Dimensions;
import io.gamemetrics.sharedkernel.player.EventHeader;
import io.gamemetrics.sharedkernel.player.PlayerEvent.Erased;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ErasureBegun;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultEventCodecTest {

    private static final HikariDataSource database = new HikariDataSource();
    private static PostgresVault vault;
    private static int game;

    private static VaultEventCodec codec;

    @BeforeAll
    static void open(@TempDir Path folder) {
        database.setJdbcUrl(TestPostgres.newDatabase());
        vault = PostgresVault.open(database, KeyDirectory.at(folder.resolve("keys")));
        codec = new VaultEventCodec(vault);
        game = vault.gameNumber(new GameId("intendo"));
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void whatWasEncodedIsDecoded() {
        UUID stream = player("anna");
        SessionStarted event = start("e1");

        Encoded encoded = encode(stream, 7, event);

        assertThat(encoded.tenant()).isEqualTo(game);
        assertThat(encoded.type()).isEqualTo(101);
        assertThat(new String(encoded.payload(), StandardCharsets.ISO_8859_1)).doesNotContain("s-9");
        assertThat(codec.decode(List.of(stored(stream, 7, encoded))))
                .containsExactly(new Decoded.Event(event, number(stream)));
    }

    @Test
    void whatATypeIsDecodedToIsToldWithoutAnEventOfIt() {
        for (EventType type : EventCatalog.current().types()) {
            assertThat(codec.payloadOf(type.number(), 1)).isEqualTo(type.payload());
            assertThat(codec.payloadOf(type.number(), type.revision())).isEqualTo(type.payload());
            assertThat(codec.payloadOf(type.number(), 0)).isNull();
            assertThat(codec.payloadOf(type.number(), type.revision() + 1)).isNull();
        }
        assertThat(codec.payloadOf(9_999, 1)).isNull();
    }

    @Test
    void bytesDoNotOpenInAnotherPlace() {
        UUID stream = player("bert");
        Encoded encoded = encode(stream, 7, start("e1"));
        Encoded otherType = new Encoded(game, 110, 1, encoded.payload(), List.of());
        byte[] flipped = encoded.payload().clone();
        flipped[20] ^= 1;
        Encoded damaged = new Encoded(game, encoded.type(), 1, flipped, List.of());
        byte[] newer = encoded.payload().clone();
        newer[0] = 2;

        List<Decoded> decoded = codec.decode(List.of(
                stored(stream, 8, encoded),
                stored(player("carl"), 7, encoded),
                stored(stream, 7, otherType),
                stored(stream, 7, damaged),
                stored(stream, 7, new Encoded(game, encoded.type(), 1, newer, List.of())),
                stored(stream, 7, new Encoded(game, encoded.type(), 1, new byte[3], List.of())),
                stored(stream, 7, encoded)));

        assertThat(decoded.subList(0, 4)).containsOnly(new Decoded.Unreadable("envelope.tag"));
        assertThat(decoded.get(4)).isEqualTo(new Decoded.Unreadable("envelope.version"));
        assertThat(decoded.get(5)).isEqualTo(new Decoded.Unreadable("envelope.short"));
        assertThat(decoded.get(6)).isInstanceOf(Decoded.Event.class);
    }

    @Test
    void aLinkComesWithTheNumberOfItsPersonUnlessThatPersonIsErased() {
        UUID guest = player("gast");
        UUID person = player("paul");
        UUID erased = player("erna");
        vault.destroy(erased);
        EventHeader header = start("e1").header();
        LinkedToPlayer known = new LinkedToPlayer(header, new Pseudonym(person));
        LinkedToPlayer gone = new LinkedToPlayer(header, new Pseudonym(erased));
        LinkedToPlayer stranger = new LinkedToPlayer(header, new Pseudonym(UUID.randomUUID()));

        List<Decoded> decoded = codec.decode(List.of(
                stored(guest, 0, encode(guest, 0, known)),
                stored(guest, 1, encode(guest, 1, gone)),
                stored(guest, 2, encode(guest, 2, stranger))));

        assertThat(decoded)
                .containsExactly(
                        new Decoded.Event(known, number(guest), number(person)),
                        new Decoded.Event(gone, number(guest)),
                        new Decoded.Unreadable("key.unknown"));
    }

    @Test
    void anErasedStreamAStrangersAndANewerTypeAreToldApart() {
        UUID erased = player("dora");
        UUID stream = player("emil");
        Encoded gone = encode(erased, 0, start("e1"));
        Encoded kept = encode(stream, 0, start("e1"));
        vault.destroy(erased);

        List<Decoded> decoded = codec.decode(List.of(
                stored(erased, 0, gone),
                stored(UUID.randomUUID(), 0, gone),
                stored(stream, 0, new Encoded(game, 9_999, 1, kept.payload(), List.of())),
                stored(stream, 0, new Encoded(game, 101, 2, kept.payload(), List.of())),
                stored(stream, 0, kept)));

        assertThat(decoded)
                .containsExactly(
                        new Decoded.Erased(),
                        new Decoded.Unreadable("key.unknown"),
                        new Decoded.UnknownType(9_999, 1),
                        new Decoded.UnknownType(101, 2),
                        new Decoded.Event(start("e1"), number(stream)));
        assertThatThrownBy(() -> encode(erased, 1, start("e2"))).isInstanceOf(MissingKeyException.class);
    }

    @Test
    void whatOutlivesItsPersonIsWrittenAndReadWhenTheirKeyIsGone() {
        UUID stream = player("ida");
        int number = number(stream);
        Instant at = Instant.ofEpochMilli(7);
        Encoded started = encode(stream, 0, start("e1"));
        Encoded begun = encode(stream, 1, new ErasureBegun(at));
        vault.destroy(stream);
        Encoded erased = encode(stream, 2, new Erased(at));
        List<StoredEvent> stored =
                List.of(stored(stream, 0, started), stored(stream, 1, begun), stored(stream, 2, erased));

        assertThat(begun.lookupKeys()).isEmpty();
        assertThat(erased.tenant()).isEqualTo(game);
        assertThat(codec.decode(stored))
                .containsExactly(
                        new Decoded.Erased(),
                        new Decoded.Event(new ErasureBegun(at), number),
                        new Decoded.Event(new Erased(at), number));
    }

    @Test
    void whatOutlivesItsPersonOpensInItsPlaceAndAsItsTypeOnly() {
        UUID stream = player("jan");
        Encoded begun = encode(stream, 1, new ErasureBegun(Instant.EPOCH));
        Encoded asErased = new Encoded(game, 118, 1, begun.payload(), List.of());
        Encoded asStart = new Encoded(game, 101, 1, begun.payload(), List.of());
        Encoded startAsErased =
                new Encoded(game, 118, 1, encode(stream, 1, start("e1")).payload(), List.of());

        assertThat(codec.decode(List.of(
                        stored(stream, 2, begun),
                        stored(player("jon"), 1, begun),
                        stored(stream, 1, asErased),
                        stored(stream, 1, asStart),
                        stored(stream, 1, startAsErased))))
                .containsOnly(new Decoded.Unreadable("envelope.tag"));
        assertThat(codec.decode(List.of(stored(UUID.randomUUID(), 1, begun))))
                .containsExactly(new Decoded.Unreadable("key.unknown"));
    }

    @Test
    void lookupKeysAreTheStreamsOwn() {
        UUID stream = player("fred");
        LookupKeys keys =
                new LookupKeys(requireNonNull(vault.keys(Set.of(stream)).get(stream)));

        Encoded encoded = encode(stream, 0, start("e1"));

        assertThat(encoded.lookupKeys())
                .containsExactly(keys.event(new EventId("e1")), keys.session(new SessionId("s-9")));
        assertThat(encode(player("gert"), 0, start("e1")).lookupKeys())
                .doesNotContainAnyElementsOf(encoded.lookupKeys());
    }

    @Test
    void aSnapshotOpensInItsPlaceOnly() {
        UUID stream = player("hans");
        byte[] plain = "state".getBytes(StandardCharsets.UTF_8);
        byte[] sealed = codec.sealSnapshot(stream, 4, plain);

        assertThat(codec.openSnapshot(stream, 4, sealed)).isEqualTo(plain);
        assertThat(codec.openSnapshot(stream, 5, sealed)).isEmpty();
        assertThat(codec.decode(List.of(stored(stream, 4, new Encoded(game, 101, 1, sealed, List.of())))))
                .containsExactly(new Decoded.Unreadable("envelope.tag"));
        vault.destroy(stream);
        assertThat(codec.openSnapshot(stream, 4, sealed)).isEmpty();
    }

    private static Encoded encode(UUID stream, long sequence, Object payload) {
        return codec.encode(List.of(new NewEvent(stream, sequence, payload))).getFirst();
    }

    private static UUID player(String id) {
        PlayerId player = new PlayerId(id);
        return requireNonNull(vault.subjects(game, List.of(player)).get(player))
                .pseudonym()
                .value();
    }

    private static int number(UUID stream) {
        return requireNonNull(vault.subjectsOf(List.of(stream)).get(stream)).playerNumber();
    }

    private static SessionStarted start(String eventId) {
        return new SessionStarted(
                new EventHeader(
                        new EventId(eventId), Instant.ofEpochMilli(5), new SessionId("s-9"), Dimensions.NONE, false),
                null);
    }

    private static StoredEvent stored(UUID stream, long sequence, Encoded encoded) {
        return new StoredEvent(
                new Position(1, 1),
                encoded.tenant(),
                stream,
                sequence,
                encoded.type(),
                encoded.revision(),
                Instant.EPOCH,
                encoded.payload());
    }
}
