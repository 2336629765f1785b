package io.gamemetrics.infrastructure.eventcatalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.eventstore.EventCodec.Decoded;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is handed out, to whom, and for how long. */
class RecentEventsTest {

    private static final int PLACES = 4_096;

    private static KeyedEvents stored;
    private static PostgresVault vault;

    private final RecentEvents recent = new RecentEvents(PLACES, PostgresVault.LEASE);
    private final VaultEventCodec codec = reader();

    @BeforeAll
    static void open(@TempDir Path folder) {
        stored = new KeyedEvents(folder);
        vault = stored.vault();
    }

    @AfterAll
    static void close() {
        stored.close();
    }

    @Test
    void whatOneReaderOpenedTheNextIsGiven() {
        List<StoredEvent> events = stored.purchases(stored.player("anna"), 1, 3);
        List<Decoded> plain = new VaultEventCodec(vault).decode(events);

        List<Decoded> first = codec.decode(events);
        List<Decoded> next = reader().decode(events);

        assertThat(first).isEqualTo(plain);
        assertThat(next).isEqualTo(plain);
        for (int i = 0; i < events.size(); i++) {
            assertThat(payload(next.get(i))).isSameAs(payload(first.get(i)));
        }
    }

    @Test
    void aKeyDestroyedHereTakesItsEventsWithItAtOnce() {
        UUID stream = stored.player("bert");
        List<StoredEvent> events = stored.purchases(stream, 1, 1);
        assertThat(codec.decode(events)).hasOnlyElementsOfType(Decoded.Event.class);

        vault.destroy(stream);

        assertThat(codec.decode(events)).containsExactly(new Decoded.Erased());
        assertThat(recent.held()).as("held, and given to nobody").isEqualTo(1);
    }

    @Test
    void aKeyDestroyedElsewhereTakesItsEventsWithItWhenThereIsNoLease() {
        UUID stream = stored.player("carl");
        List<StoredEvent> events = stored.purchases(stream, 1, 1);
        VaultEventCodec withoutLeases = new VaultEventCodec(vault.withoutLeases()).sharing(recent);
        assertThat(codec.decode(events)).hasOnlyElementsOfType(Decoded.Event.class);
        assertThat(payload(withoutLeases.decode(events).getFirst()))
                .isSameAs(payload(codec.decode(events).getFirst()));

        stored.vaultElsewhere().destroy(stream);

        assertThat(withoutLeases.decode(events)).containsExactly(new Decoded.Erased());
        assertThat(withoutLeases.open(events)).containsExactly(new byte[0]);
        assertThat(codec.decode(events))
                .as("the key is on lease here for a while, with or without events kept")
                .isEqualTo(new VaultEventCodec(vault).decode(events))
                .hasOnlyElementsOfType(Decoded.Event.class);
    }

    @Test
    void whomALinkNamesIsAskedAnewEachTime() {
        UUID person = stored.player("dora");
        LinkedToPlayer link = new LinkedToPlayer(KeyedEvents.header(1), new Pseudonym(person));
        List<StoredEvent> events = List.of(stored.stored(new Position(1, 1), stored.player("guest"), 0, link));
        assertThat(codec.decode(events)).allMatch(event -> ((Decoded.Event) event).otherNumber() >= 0);

        vault.destroy(person);

        assertThat(codec.decode(events)).allMatch(event -> ((Decoded.Event) event).otherNumber() < 0);
    }

    @Test
    void whatIsNoEventIsNotKept() {
        UUID erased = stored.player("emil");
        UUID stream = stored.player("fred");
        StoredEvent gone = stored.purchases(erased, 1, 1).getFirst();
        vault.destroy(erased);
        StoredEvent readable = stored.purchases(stream, 2, 1).getFirst();
        byte[] damaged = readable.payload().clone();
        damaged[20] ^= 1;

        assertThat(codec.decode(List.of(gone, with(readable, 2, 1, damaged), with(readable, 3, 99, damaged))))
                .containsExactly(
                        new Decoded.Erased(),
                        new Decoded.Unreadable("envelope.tag"),
                        new Decoded.UnknownType(readable.type(), 99));
        assertThat(recent.held()).isZero();
    }

    @Test
    void anotherEventAtTheSamePositionIsAnotherEvent() {
        UUID stream = stored.player("gert");
        StoredEvent kept = stored.purchases(stream, 7, 1).getFirst();
        Object payload = payload(codec.decode(List.of(kept)).getFirst());

        StoredEvent ofAnotherPlayer =
                stored.purchases(stored.player("hans"), 7, 1).getFirst();
        StoredEvent sealedAnew = stored.purchases(stream, 7, 1).getFirst();
        StoredEvent ofAnotherLife = stored.stored(new Position(2, 7), stream, 0, payload);
        byte[] damaged = kept.payload().clone();
        damaged[20] ^= 1;

        assertThat(payload(codec.decode(List.of(ofAnotherPlayer)).getFirst())).isNotSameAs(payload);
        Object again = payload(codec.decode(List.of(kept)).getFirst());
        assertThat(payload(codec.decode(List.of(sealedAnew)).getFirst())).isNotSameAs(again);
        assertThat(payload(codec.decode(List.of(ofAnotherLife)).getFirst())).isNotSameAs(again);
        assertThat(codec.decode(List.of(with(kept, 7, 1, damaged))))
                .containsExactly(new Decoded.Unreadable("envelope.tag"));
    }

    @Test
    void aReplayTakesNoPlaceAndPushesNobodyOut() {
        UUID stream = stored.player("ida");
        StoredEvent live = stored.purchases(stream, 1 + PLACES, 1).getFirst();
        StoredEvent late = stored.purchases(stream, 1, 1).getFirst();
        StoredEvent old =
                with(stored.purchases(stream, 5, 1).getFirst(), Instant.now().minus(Duration.ofMinutes(2)));
        Object payload = payload(codec.decode(List.of(live)).getFirst());

        assertThat(codec.decode(List.of(old, late))).hasOnlyElementsOfType(Decoded.Event.class);

        assertThat(recent.held()).isEqualTo(1);
        assertThat(payload(codec.decode(List.of(live)).getFirst())).isSameAs(payload);
    }

    @Test
    void whatIsOldLeavesItsPlaceToWhatIsNew() {
        UUID stream = stored.player("jan");
        codec.decode(stored.purchases(stream, 1, 3));
        List<StoredEvent> newer = stored.purchases(stream, 1 + PLACES, 3);
        Object payload = payload(codec.decode(newer).getFirst());

        assertThat(payload(codec.decode(newer).getFirst())).isSameAs(payload);
        assertThat(recent.held()).isEqualTo(3);
    }

    @Test
    void whatWasOpenedUnderALeaseThatIsOverIsForgotten() {
        List<StoredEvent> events = stored.purchases(stored.player("karl"), 1, 3);
        codec.decode(events);
        RecentEvents over = new RecentEvents(PLACES, Duration.ZERO);
        new VaultEventCodec(vault).sharing(over).decode(events);

        recent.sweep();
        over.sweep();

        assertThat(recent.held()).isEqualTo(3);
        assertThat(over.held()).isZero();
    }

    @Test
    void whatAllWhoReadItWereGivenIsLetGo() {
        UUID stream = stored.player("lena");
        VaultEventCodec other = reader();
        bothKnown(codec, other, stored.purchases(stream, 1, 1));
        List<StoredEvent> events = stored.purchases(stream, 11, 3);

        List<Decoded> first = codec.decode(events);
        List<Decoded> again = codec.decode(events);
        int meanwhile = recent.held();
        List<Decoded> last = other.decode(events);

        assertThat(payload(again.getFirst())).isSameAs(payload(first.getFirst()));
        assertThat(payload(last.getFirst())).isSameAs(payload(first.getFirst()));
        assertThat(meanwhile).as("whoever asks twice is one reader").isEqualTo(1 + 3);
        assertThat(recent.held()).as("what was read when nobody knew who reads").isEqualTo(1);
    }

    @Test
    void whoReadsOtherTypesIsNotWaitedFor() {
        UUID stream = stored.player("mona");
        VaultEventCodec ofLinks = reader();
        LinkedToPlayer link = new LinkedToPlayer(KeyedEvents.header(1), new Pseudonym(stream));
        bothKnown(
                codec,
                codec,
                List.of(
                        stored.stored(new Position(1, 1), stream, 0, link),
                        stored.stored(new Position(1, 2), stream, 1, KeyedEvents.purchase(1))));
        ofLinks.decode(List.of(stored.stored(new Position(1, 3), stream, 2, link)));

        codec.decode(List.of(stored.stored(new Position(1, 11), stream, 3, KeyedEvents.purchase(1))));
        assertThat(recent.held()).isEqualTo(3);
        codec.decode(List.of(stored.stored(new Position(1, 12), stream, 4, link)));
        assertThat(recent.held()).as("the other one wants links").isEqualTo(4);
    }

    @Test
    void whoHasNotAskedForAWhileIsNotWaitedFor() {
        UUID stream = stored.player("nora");
        bothKnown(codec, reader(), stored.purchases(stream, 1, 1));
        codec.decode(stored.purchases(stream, 11, 1));
        assertThat(recent.held()).isEqualTo(2);

        recent.forgetReaders();
        codec.decode(stored.purchases(stream, 21, 1));

        assertThat(recent.held()).as("the last went as it came").isEqualTo(2);
    }

    @Test
    void whoComesAnewIsGivenWhatIsHeldAndIsWaitedForFromThenOn() {
        UUID stream = stored.player("olga");
        bothKnown(codec, codec, stored.purchases(stream, 1, 1));
        VaultEventCodec late = reader();
        List<StoredEvent> events = stored.purchases(stream, 11, 1);
        List<StoredEvent> next = stored.purchases(stream, 21, 1);

        List<Decoded> first = codec.decode(events);
        assertThat(late.decode(events)).as("opened again").isEqualTo(first);
        Object payload = payload(codec.decode(next).getFirst());

        assertThat(payload(late.decode(next).getFirst())).isSameAs(payload);
    }

    /** Two who have asked for events like these in the period that is over now. */
    private void bothKnown(VaultEventCodec one, VaultEventCodec other, List<StoredEvent> events) {
        one.decode(events);
        other.decode(events);
        recent.forgetReaders();
    }

    private VaultEventCodec reader() {
        return new VaultEventCodec(vault).sharing(recent);
    }

    private static Object payload(Decoded decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Event.class);
        return ((Decoded.Event) decoded).payload();
    }

    private static StoredEvent with(StoredEvent event, long position, int revision, byte[] payload) {
        return new StoredEvent(
                new Position(1, position),
                event.tenant(),
                event.stream(),
                event.sequence(),
                event.type(),
                revision,
                event.storedAt(),
                payload);
    }

    private static StoredEvent with(StoredEvent event, Instant storedAt) {
        return new StoredEvent(
                event.position(),
                event.tenant(),
                event.stream(),
                event.sequence(),
                event.type(),
                event.revision(),
                storedAt,
                event.payload());
    }
}
