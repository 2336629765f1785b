package io.gamemetrics.infrastructure.eventstore;

import static io.gamemetrics.infrastructure.eventstore.TestStores.group;
import static io.gamemetrics.infrastructure.eventstore.TestStores.row;
import static io.gamemetrics.infrastructure.eventstore.TestStores.start;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresEventStoreTest {

    private static EventStore store;

    private final UUID stream = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();

    @BeforeAll
    static void open() {
        store = PostgresEventStore.open(TestStores.newDatabase());
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Test
    void aStaleSequenceIsRefusedAndNothingOfItsGroupIsStored() {
        store.append(group(stream, 0, 2));
        Position before = store.position();

        assertThatThrownBy(() -> store.append(EventGroup.of(List.of(row(other, 0), row(stream, 1)))))
                .isInstanceOf(StaleStreamException.class);

        assertThat(store.position()).isEqualTo(before);
        assertThat(store.headSequences(List.of(other))).isEmpty();
        assertThat(store.append(group(other, 0, 1)).last().number()).isEqualTo(before.number() + 1);
    }

    @Test
    void anEventReadsBackAsItWasWritten() {
        Instant before = Instant.now().minusSeconds(1);
        Position start = store.position();

        Appended appended = store.append(group(stream, 0, 3));

        List<StoredEvent> events = store.read(start, 10);
        assertThat(events).hasSize(3);
        assertThat(appended).isEqualTo(new Appended(events.getLast().position(), 3));
        StoredEvent second = events.get(1);
        assertThat(second.position()).isEqualTo(new Position(start.incarnation(), start.number() + 2));
        assertThat(second.stream()).isEqualTo(stream);
        assertThat(second.sequence()).isEqualTo(1);
        assertThat(second.tenant()).isEqualTo(7);
        assertThat(second.type()).isEqualTo(3);
        assertThat(second.revision()).isEqualTo(1);
        assertThat(second.storedAt()).isBetween(before, Instant.now().plusSeconds(1));
        assertThat(new String(second.payload(), UTF_8)).isEqualTo(stream + "/1");
    }

    @Test
    void aStreamIsReadFromASequenceOn() {
        store.append(group(stream, 0, 4));

        assertThat(store.readStream(stream, 2, 10))
                .extracting(StoredEvent::sequence)
                .containsExactly(2L, 3L);
        assertThat(store.readStream(stream, 0, 1))
                .extracting(StoredEvent::sequence)
                .containsExactly(0L);
        assertThat(store.readStream(other, 0, 10)).isEmpty();
    }

    @Test
    void severalStreamsAreReadAtOnceEachFromItsOwnSequence() {
        store.append(group(stream, 0, 3));
        store.append(group(other, 0, 2));

        Map<UUID, List<StoredEvent>> read = store.readStreams(Map.of(stream, 2L, other, 0L, UUID.randomUUID(), 0L));

        assertThat(read).containsOnlyKeys(stream, other);
        assertThat(read.get(stream)).extracting(StoredEvent::sequence).containsExactly(2L);
        assertThat(read.get(other)).extracting(StoredEvent::sequence).containsExactly(0L, 1L);
        assertThat(store.headSequences(List.of(stream, other, UUID.randomUUID())))
                .isEqualTo(Map.of(stream, 2L, other, 1L));
    }

    @Test
    void aLookupKeyFindsTheEventsOfItsStreamOnly() {
        store.append(EventGroup.of(List.of(row(stream, 0, 11L, 12L), row(stream, 1, 11L), row(stream, 2, 13L, 13L))));
        store.append(EventGroup.of(List.of(row(other, 0, 11L))));

        Map<UUID, List<StoredEvent>> found =
                store.byLookupKeys(Map.of(stream, Set.of(11L, 12L, 99L), other, Set.of(12L)));

        assertThat(found).containsOnlyKeys(stream);
        assertThat(found.get(stream)).extracting(StoredEvent::sequence).containsExactly(0L, 1L);
    }

    @Test
    void theLatestSnapshotStays() {
        store.storeSnapshots(List.of(new StoredSnapshot(stream, 9, new byte[] {9})));
        store.storeSnapshots(
                List.of(new StoredSnapshot(stream, 4, new byte[] {4}), new StoredSnapshot(other, 1, new byte[0])));

        Map<UUID, StoredSnapshot> snapshots = store.snapshots(List.of(stream, other, UUID.randomUUID()));

        assertThat(snapshots).containsOnlyKeys(stream, other);
        assertThat(snapshots.get(stream))
                .usingRecursiveComparison()
                .isEqualTo(new StoredSnapshot(stream, 9, new byte[] {9}));
    }

    @Test
    void aRangeIsProvedByTheSameHashesThatAReaderAddsUp() {
        Position after = store.position();
        store.append(group(stream, 0, 10));
        Position upTo = store.position();
        RangeProof expected = RangeProof.NONE;
        for (StoredEvent event : store.read(after, 100)) {
            expected = expected.plus(EventDigest.of(event));
        }

        // The database hashed these; what it was held against was hashed here.
        assertThat(store.prove(after, upTo)).isEqualTo(expected);
        assertThat(store.digests(after, 100))
                .isEqualTo(store.read(after, 100).stream().map(EventDigest::of).toList());
        assertThat(expected.count()).isEqualTo(10);
        assertThat(store.prove(upTo, upTo)).isEqualTo(RangeProof.NONE);
    }

    @Test
    void aReaderWaitsForTheNextEvent() throws Exception {
        Position now = store.position();
        assertThat(store.awaitAfter(now, Duration.ofMillis(1))).isFalse();

        CompletableFuture<Boolean> arrived = CompletableFuture.supplyAsync(() -> {
            try {
                return store.awaitAfter(now, Duration.ofSeconds(30));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        store.append(group(stream, 0, 1));

        assertThat(arrived.get()).isTrue();
    }

    @Test
    void eventsThatWereRefusedAreKeptWithTheirGroupUntilTheyExpire() {
        Instant received = Instant.parse("2026-11-22T10:00:00.123456Z");
        RejectedEvent first = rejected(900, received, "first");
        RejectedEvent second = rejected(900, received.plusSeconds(100), "second");
        store.append(new EventGroup(List.of(row(stream, 0)), List.of(first, second)));
        store.append(new EventGroup(List.of(), List.of(rejected(901, received, "other"))));
        RejectedEvents log = store.rejectedEvents();

        RejectedEventsQuery all = RejectedEventsQuery.all(900, received);
        List<RejectedEvents.Entry> page = log.newestFirst(all, null, 1, Long.MAX_VALUE);
        assertThat(page.getFirst().event().code()).isEqualTo("second");
        assertThat(log.newestFirst(all, page.getFirst().place(), 10, Long.MAX_VALUE))
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry.event()).usingRecursiveComparison().isEqualTo(first));
        assertThat(log.count(900)).isEqualTo(2);

        assertThat(log.deleteExpired(first.expiresAt(), 10)).isEqualTo(2);
        assertThat(log.count(900)).isEqualTo(1);
        assertThat(log.count(901)).isZero();
    }

    @Test
    void aGroupThatIsRefusedKeepsNoneOfItsRejectedEvents() {
        store.append(group(stream, 0, 1));

        assertThatThrownBy(() -> store.append(new EventGroup(
                        List.of(row(stream, 0)),
                        List.of(rejected(902, Instant.EPOCH.plusSeconds(1_000_000_000), "x")))))
                .isInstanceOf(StaleStreamException.class);

        assertThat(store.rejectedEvents().count(902)).isZero();
    }

    @Test
    void aPositionPastTheEndOrOfAnotherLifeIsRefusedWithOneSentence() {
        Position last = store.position();

        assertThatThrownBy(() -> store.read(new Position(last.incarnation(), last.number() + 1), 10))
                .isInstanceOf(OtherIncarnationException.class)
                .hasMessageContaining("restored to older data")
                .hasMessageContaining("gamemetrics restore reconcile");
        assertThatThrownBy(() -> store.read(new Position(last.incarnation() == 1 ? 2 : 1, 0), 10))
                .isInstanceOf(OtherIncarnationException.class);
    }

    @Test
    void aNewLifeKeepsTheEventsAndRefusesTheOldPositions() {
        try (EventStore restored = PostgresEventStore.open(TestStores.newDatabase())) {
            restored.append(group(stream, 0, 2));
            Position old = start(restored);

            Position reborn = restored.newIncarnation();

            assertThat(reborn.number()).isEqualTo(2);
            assertThat(reborn.incarnation()).isNotEqualTo(old.incarnation());
            assertThatThrownBy(() -> restored.read(old, 10)).isInstanceOf(OtherIncarnationException.class);
            assertThat(restored.read(start(restored), 10)).hasSize(2);
        }
    }

    private static RejectedEvent rejected(int tenant, Instant receivedAt, String code) {
        return new RejectedEvent(tenant, receivedAt, receivedAt.plusSeconds(50), code, new byte[] {1, 2, 3});
    }
}
