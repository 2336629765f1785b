package io.gamemetrics.infrastructure.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gamemetrics.infrastructure.eventstore.TextCodec.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.json.JacksonSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresStorageEngineTest {

    private static EventStore store;
    private static PostgresStorageEngine engine;

    private final String aggregate = UUID.randomUUID().toString();
    private final String other = UUID.randomUUID().toString();

    @BeforeAll
    static void open() {
        store = PostgresEventStore.open(TestStores.newDatabase());
        engine = new PostgresStorageEngine(store, new TextCodec(), JacksonSerializer.defaultSerializer());
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void aSequenceThatIsTakenIsAConcurrencyException() {
        engine.appendEvents(event(aggregate, 0, "a"));

        assertThatThrownBy(() -> engine.appendEvents(event(other, 0, "b"), event(aggregate, 0, "c")))
                .isInstanceOf(ConcurrencyException.class);

        assertThat(engine.lastSequenceNumberFor(other)).isEmpty();
        assertThat(engine.lastSequenceNumberFor(aggregate)).contains(0L);
    }

    @Test
    void anEventThatCannotBeReadStopsItsAggregateAndNamesItsPlace() {
        engine.appendEvents(event(aggregate, 0, "a"), event(aggregate, 1, "broken"));

        assertThatThrownBy(() -> texts(engine.readEvents(aggregate)))
                .isInstanceOf(UnreadableEventException.class)
                .hasMessageContaining("event 1 of stream " + aggregate);
    }

    @Test
    void onlyEventsOfAnAggregateAreStored() {
        assertThatThrownBy(() -> engine.appendEvents(GenericEventMessage.asEventMessage(new Told("a"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAggregateReadsItsEventsInOrderFromASequenceOn() {
        engine.appendEvents(event(aggregate, 0, "a"), event(other, 0, "x"), event(aggregate, 1, "b"));

        assertThat(texts(engine.readEvents(aggregate))).containsExactly("a", "b");
        assertThat(texts(engine.readEvents(aggregate, 1))).containsExactly("b");
        assertThat(texts(engine.readEvents(UUID.randomUUID().toString()))).isEmpty();
        DomainEventStream read = engine.readEvents(aggregate);
        read.forEachRemaining(
                message -> assertThat(message.getAggregateIdentifier()).isEqualTo(aggregate));
        assertThat(read.getLastSequenceNumber()).isEqualTo(1);
    }

    @Test
    void aStreamLongerThanAPageIsReadToItsEnd() {
        List<DomainEventMessage<?>> events = new ArrayList<>();
        for (int sequence = 0; sequence < 2_345; sequence++) {
            events.add(event(aggregate, sequence, "e" + sequence));
        }
        engine.appendEvents(events);

        assertThat(texts(engine.readEvents(aggregate))).hasSize(2_345).last().isEqualTo("e2344");
    }

    @Test
    void aSnapshotComesBackAsTheStateItWas() {
        engine.storeSnapshot(new GenericDomainEventMessage<>("Teller", aggregate, 7, new Told("state")));

        DomainEventMessage<?> snapshot = engine.readSnapshot(aggregate).orElseThrow();

        assertThat(snapshot.getPayload()).isEqualTo(new Told("state"));
        assertThat(snapshot.getSequenceNumber()).isEqualTo(7);
        assertThat(snapshot.getType()).isEqualTo("Teller");
        assertThat(engine.readSnapshot(other)).isEmpty();
        assertThat(store.snapshots(List.of(UUID.fromString(aggregate))).values())
                .noneMatch(stored -> new String(stored.sealed(), UTF_8).contains("state"));
    }

    @Test
    void whatIsTrackedFromATokenIsEverythingAfterIt() {
        TrackingToken head = engine.createHeadToken();
        engine.appendEvents(event(aggregate, 0, "a"), event(aggregate, 1, "b"));

        List<? extends TrackedEventMessage<?>> tracked =
                engine.readEvents(head, false).toList();

        assertThat(tracked)
                .extracting(message -> ((Told) message.getPayload()).text())
                .containsExactly("a", "b");
        TrackingToken first = tracked.getFirst().trackingToken();
        assertThat(engine.readEvents(first, false)).hasSize(1);
        assertThat(tracked.getLast().trackingToken()).isEqualTo(engine.createHeadToken());
        assertThat(first.covers(head)).isTrue();
        assertThat(head.covers(first)).isFalse();
        assertThat(first.upperBound(head)).isEqualTo(first);
        assertThat(first.lowerBound(head)).isEqualTo(head);
    }

    @Test
    void withoutATokenEverythingIsTracked() {
        try (EventStore fresh = PostgresEventStore.open(TestStores.newDatabase())) {
            PostgresStorageEngine own =
                    new PostgresStorageEngine(fresh, new TextCodec(), JacksonSerializer.defaultSerializer());
            own.appendEvents(event(aggregate, 0, "a"), event(other, 0, "b"));

            assertThat(own.readEvents(null, false).count()).isEqualTo(2);
        }
    }

    @Test
    void aTokenAtAnInstantComesBeforeWhatWasStoredThen() {
        engine.appendEvents(event(aggregate, 0, "a"));
        Instant between =
                store.read(TestStores.start(store), 10_000).getLast().storedAt().plusNanos(1_000);
        TrackingToken head = engine.createHeadToken();
        engine.appendEvents(event(aggregate, 1, "b"));

        assertThat(engine.createTokenAt(between)).isEqualTo(head);
        assertThat(engine.createTokenAt(Instant.EPOCH)).isEqualTo(engine.createTailToken());
        assertThat(engine.createTokenAt(Instant.now().plusSeconds(3_600))).isEqualTo(engine.createHeadToken());
    }

    @Test
    void aTokenOfAnotherLifeOfTheStoreIsNotCompared() {
        PositionToken head = (PositionToken) engine.createHeadToken();
        PositionToken foreign = new PositionToken(head.incarnation() == 1 ? 2 : 1, 0);

        assertThatThrownBy(() -> head.covers(foreign)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> engine.readEvents(foreign, false).toList())
                .isInstanceOf(OtherIncarnationException.class);
    }

    @Test
    void aTokenIsWrittenAsJsonAndReadBack() throws Exception {
        ObjectMapper json = new ObjectMapper();
        PositionToken token = new PositionToken(3, 17);

        assertThat(json.readValue(json.writeValueAsString(token), PositionToken.class))
                .isEqualTo(token);
    }

    @Test
    void nestedUnitsOfWorkAreOneGroupAndTheRootLearnsItsPosition() {
        EmbeddedEventStore bus =
                EmbeddedEventStore.builder().storageEngine(engine).build();
        long before = store.position().number();
        UnitOfWork<?> root = DefaultUnitOfWork.startAndGet(null);
        publishIn(bus, event(aggregate, 0, "kept"), true);
        publishIn(bus, event(UUID.randomUUID().toString(), 0, "dropped"), false);
        publishIn(bus, event(other, 0, "kept too"), true);
        assertThat(store.position().number()).isEqualTo(before);
        AppendResources.reject(
                root, List.of(new RejectedEvent(77, Instant.EPOCH, Instant.EPOCH, "code", new byte[] {1})));

        root.commit();

        assertThat(AppendResources.appended(root)).contains(new Appended(store.position(), 2));
        assertThat(store.position().number()).isEqualTo(before + 2);
        assertThat(store.rejectedEvents().count(77)).isEqualTo(1);
        bus.shutDown();
    }

    private static void publishIn(EmbeddedEventStore bus, DomainEventMessage<?> event, boolean commit) {
        UnitOfWork<?> child = DefaultUnitOfWork.startAndGet(null);
        bus.publish(event);
        if (commit) {
            child.commit();
        } else {
            child.rollback();
        }
    }

    @Test
    void axonsOwnStreamDeliversWhatItsStorageEngineStores() throws Exception {
        EmbeddedEventStore bus =
                EmbeddedEventStore.builder().storageEngine(engine).build();
        try (var stream = bus.openStream(engine.createHeadToken())) {
            engine.appendEvents(event(aggregate, 0, "a"));
            assertThat(stream.nextAvailable().getPayload()).isEqualTo(new Told("a"));
        }
        bus.shutDown();
    }

    private static DomainEventMessage<Told> event(String aggregate, long sequence, String text) {
        return new GenericDomainEventMessage<>("Teller", aggregate, sequence, new Told(text));
    }

    private static List<String> texts(DomainEventStream stream) {
        return stream.asStream()
                .map(message -> ((Told) message.getPayload()).text())
                .toList();
    }
}
