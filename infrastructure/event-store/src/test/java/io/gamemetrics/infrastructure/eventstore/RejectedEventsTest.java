package io.gamemetrics.infrastructure.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.eventstore.RejectedEvents.CodeCount;
import io.gamemetrics.infrastructure.eventstore.RejectedEvents.Entry;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log of refused events on a real PostgreSQL: found by tenant, code and time, in bites of bounded size. */
class RejectedEventsTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");
    private static final long ANY_SIZE = Long.MAX_VALUE;

    private static EventStore store;
    private static int tenants;

    private RejectedEvents log;
    private int tenant;
    private RejectedEventsQuery all;

    @BeforeAll
    static void open() {
        store = PostgresEventStore.open(EventStoreSettings.of(
                TestPostgres.newDatabase(),
                TestPostgres.server().user(),
                TestPostgres.server().password()));
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @BeforeEach
    void newTenant() {
        log = store.rejectedEvents();
        tenant = ++tenants;
        all = RejectedEventsQuery.all(tenant, NOON);
    }

    @Test
    void pagesInBothDirectionsMissNothingAndRepeatNothing() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        // Many of the same instant, and received out of the order of their ids, as from several replicas.
        log.append(IntStream.range(0, 200)
                .mapToObj(i -> event("code", random.nextInt(20), new byte[] {1}))
                .toList());
        List<Entry> newest = new ArrayList<>();
        for (List<Entry> page = log.newestFirst(all, null, 7, ANY_SIZE);
                !page.isEmpty();
                page = log.newestFirst(all, page.getLast().place(), 7, ANY_SIZE)) {
            newest.addAll(page);
        }
        List<Entry> oldest = new ArrayList<>();
        for (List<Entry> page = log.oldestFirst(all, null, 7, ANY_SIZE);
                !page.isEmpty();
                page = log.oldestFirst(all, page.getLast().place(), 7, ANY_SIZE)) {
            oldest.addAll(page);
        }
        assertThat(ids(newest)).as("seed %d", seed).hasSize(200).doesNotHaveDuplicates();
        assertThat(ids(oldest)).as("seed %d", seed).isEqualTo(ids(newest.reversed()));
        assertThat(oldest).as("seed %d", seed).isSortedAccordingTo((a, b) -> a.event()
                .receivedAt()
                .compareTo(b.event().receivedAt()));
    }

    @Test
    void whatIsAskedForIsFoundAndNothingElse() {
        log.append(List.of(event("a", 0, new byte[1]), event("b", 1, new byte[1]), event("a", 2, new byte[1])));
        log.append(List.of(new RejectedEvent(tenant + 1_000, NOON, NOON.plusSeconds(60), "a", new byte[1])));
        log.append(List.of(new RejectedEvent(tenant, NOON, NOON, "a", new byte[1])));
        assertThat(log.count(all)).isEqualTo(3);
        assertThat(log.count(all.ofCode("a"))).isEqualTo(2);
        assertThat(log.count(all.ofCode("other"))).isZero();
        assertThat(log.count(all.received(NOON.plusSeconds(1), NOON.plusSeconds(2))))
                .isEqualTo(1);
        assertThat(log.count(all.received(NOON.plusSeconds(1), null).ofCode("a")))
                .isEqualTo(1);
        List<Entry> found = log.oldestFirst(all, null, 10, ANY_SIZE);
        assertThat(ids(log.newestFirst(all.among(List.of(found.get(1).id(), 1_000_000L)), null, 10, ANY_SIZE)))
                .containsExactly(found.get(1).id());
        assertThat(log.countByCode(tenant, NOON))
                .containsExactly(
                        new CodeCount("a", 2, NOON, NOON.plusSeconds(2)),
                        new CodeCount("b", 1, NOON.plusSeconds(1), NOON.plusSeconds(1)));
    }

    @Test
    void aBiteIsBoundedByBytesAndNeverEmptyForThat() {
        log.append(Stream.of(100, 100, 100, 5_000, 10)
                .map(size -> event("a", size, new byte[size]))
                .toList());
        assertThat(sizes(log.oldestFirst(all, null, 10, 200))).containsExactly(10, 100);
        assertThat(sizes(log.newestFirst(all, null, 10, 200))).containsExactly(5_000);
        assertThat(sizes(log.newestFirst(all, null, 10, 6_000))).containsExactly(5_000, 100, 100, 100, 10);
        assertThat(sizes(log.newestFirst(all, null, 2, 6_000))).containsExactly(5_000, 100);
    }

    @Test
    void settlingDeletesAndRewritesTogetherAndPassesOverWhatIsGone() {
        log.append(List.of(event("a", 0, new byte[1]), event("a", 1, new byte[1]), event("a", 2, new byte[1])));
        List<Entry> before = log.oldestFirst(all, null, 10, ANY_SIZE);
        Entry second = before.get(1);
        Entry changed = new Entry(
                second.id(),
                new RejectedEvent(
                        tenant, second.event().receivedAt(), second.event().expiresAt(), "b", new byte[] {7, 7}));
        log.settle(tenant, List.of(before.get(0).id()), List.of(changed));
        log.settle(
                tenant,
                List.of(before.get(0).id()),
                List.of(new Entry(before.get(0).id(), changed.event())));
        log.settle(tenant + 1_000, List.of(before.get(2).id()), List.of());

        List<Entry> after = log.oldestFirst(all, null, 10, ANY_SIZE);
        assertThat(ids(after)).containsExactly(second.id(), before.get(2).id());
        assertThat(after.getFirst().event()).usingRecursiveComparison().isEqualTo(changed.event());
    }

    private RejectedEvent event(String code, int second, byte[] sealed) {
        Instant received = NOON.plusSeconds(second);
        return new RejectedEvent(tenant, received, received.plusSeconds(1_000_000), code, sealed);
    }

    private static List<Long> ids(List<Entry> entries) {
        return entries.stream().map(Entry::id).toList();
    }

    private static List<Integer> sizes(List<Entry> entries) {
        return entries.stream().map(entry -> entry.event().sealed().length).toList();
    }
}
