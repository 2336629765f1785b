package io.gamemetrics.projections.livetailstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAddArgs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Entries as builds before this one wrote them: of one event, packed or with a field for each thing it says. */
class EarlierEntriesTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final UUID ANNA = UUID.randomUUID();
    private static final int GAME = 7;
    private static final LiveTailStore STORE = LiveTailStore.open(TestRedis.url());

    @AfterAll
    static void close() {
        STORE.close();
    }

    @Test
    void an_entry_that_an_earlier_build_wrote_is_read_given_and_purged_like_any_other() {
        STORE.cleaner().drop();
        LiveEvent event = new LiveEvent(
                new Position(1, 5),
                "purchase",
                null,
                ANNA,
                AT,
                AT.plusMillis(9),
                "ios",
                null,
                null,
                Map.of("gate", "gate_40"),
                Map.of("itemId", "gems5"));
        write(
                "type",
                "purchase",
                "at",
                millis(0),
                "stored",
                millis(9),
                "player",
                ANNA.toString(),
                "platform",
                "ios",
                "x:gate",
                "gate_40",
                "f:itemId",
                "gems5");
        List<Map<String, Object>> given = new ArrayList<>();

        assertThat(read()).containsExactly(event);
        STORE.cleaner().forEachEntry(GAME, ANNA, given::add);
        assertThat(given).singleElement().satisfies(fields -> assertThat(fields)
                .containsEntry("pseudonym", ANNA.toString())
                .containsEntry("experiment gate", "gate_40")
                .containsEntry("itemId", "gems5"));
        assertThat(STORE.cleaner().purge(GAME, ANNA)).isEqualTo(1);
        assertThat(read()).isEmpty();
    }

    @Test
    void what_an_earlier_build_wrote_before_and_between_counts_as_an_event_each() {
        STORE.cleaner().drop();
        BeforeRuns.write(STORE, GAME, 0, 8, events(1, 5));
        Checkpoint first = write(null, 8, events(4, 7));
        BeforeRuns.write(STORE, GAME, 0, 8, events(6, 8));
        assertThat(ids()).containsExactly("1-1", "2-2", "3-3", "4-4", "5-5", "7-7", "8-0");
        Checkpoint second = write(first, 8, events(8, 9));
        assertThat(ids()).containsExactly("2-2", "3-3", "4-4", "5-5", "7-7", "8-8", "9-9");
        write(second, 3, events(10, 10));
        assertThat(ids()).containsExactly("8-8", "9-9", "10-10");
        assertThat(read().stream().map(event -> event.position().number())).containsExactly(8L, 9L);
    }

    @Test
    void what_was_purged_of_an_earlier_build_does_not_come_back() {
        STORE.cleaner().drop();
        BeforeRuns.write(STORE, GAME, 0, 8, events(1, 1));
        BeforeRuns.write(STORE, GAME, 0, 8, List.of(event(2, ANNA)));
        assertThat(STORE.cleaner().purge(GAME, ANNA)).isEqualTo(1);
        Checkpoint first = write(null, 8, List.of(event(2, ANNA)));
        write(first, 8, List.of(event(2, ANNA), event(3, ANNA)));
        assertThat(ids()).containsExactly("1-1", "3-2");
    }

    private static Checkpoint write(@Nullable Checkpoint expected, int kept, List<LiveEvent> events) {
        LiveTailBatch batch = new LiveTailBatch(STORE, STORE.checkpoints(), 0, kept);
        events.forEach(event -> batch.add(GAME, event));
        Position last = events.getLast().position();
        Checkpoint next = new Checkpoint(last, AT, last.number(), 0, 0);
        assertThat(batch.commit(expected, next)).isTrue();
        return next;
    }

    private static List<LiveEvent> events(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(number -> event(number, null))
                .toList();
    }

    private static LiveEvent event(long number, @Nullable UUID player) {
        return new LiveEvent(
                new Position(1, number), "purchase", null, player, AT, AT, "ios", null, null, Map.of(), Map.of());
    }

    private static List<String> ids() {
        return STORE.commands().xrange(LiveTailKeys.stream(GAME, 1, 0), Range.unbounded()).stream()
                .map(StreamMessage::getId)
                .toList();
    }

    private static void write(Object... fields) {
        STORE.commands().xadd(LiveTailKeys.stream(GAME, 1, 0), new XAddArgs().id("5-0"), fields);
    }

    private static String millis(int later) {
        return Long.toString(AT.toEpochMilli() + later);
    }

    private static List<LiveEvent> read() {
        return STORE.reader(1)
                .page(GAME, new Position(1, 0), new Position(1, 9), 10)
                .events();
    }
}
