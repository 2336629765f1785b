package io.gamemetrics.projections.livetailstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.readstore.RedisCheckpoints.Move;
import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LiveTailStoreTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final UUID ANNA = UUID.randomUUID();
    private static final int GAME = 7;
    private static final int ALL = 10_000;

    private static final LiveTailStore STORE = LiveTailStore.open(TestRedis.url());
    private static final LiveTailReader READER = STORE.reader(2);

    @BeforeEach
    void empty() {
        STORE.cleaner().drop();
    }

    @AfterAll
    static void close() {
        STORE.close();
    }

    @Test
    void an_event_is_read_back_whole() {
        LiveEvent event = new LiveEvent(
                position(5),
                "purchase",
                null,
                ANNA,
                AT,
                AT.plusMillis(9),
                "ios",
                "SE",
                "1.4.2",
                Map.of("gate", "gate_40", "b", "x"),
                Map.of("itemId", "gems5", "amountMicros", "4990000"));
        LiveEvent bare =
                new LiveEvent(position(6), "custom", "a:b", null, AT, AT, null, null, null, Map.of(), Map.of());
        write(0, null, 6, event, bare);
        assertThat(read(0, 6)).containsExactly(event, bare);
    }

    @Test
    void events_of_all_partitions_come_in_order_of_position_and_page_by_page() {
        write(0, null, 9, event(1), event(4), event(6));
        write(1, null, 9, event(2), event(3), event(5));
        assertThat(numbers(read(0, 9))).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
        assertThat(numbers(read(2, 5))).containsExactly(3L, 4L, 5L);
        LiveTailReader.Page first = READER.page(GAME, position(0), position(9), 4);
        assertThat(numbers(first.events())).containsExactly(1L, 2L, 3L, 4L);
        assertThat(first.through()).isEqualTo(position(4));
        LiveTailReader.Page second = READER.page(GAME, first.through(), position(9), 4);
        assertThat(numbers(second.events())).containsExactly(5L, 6L);
        assertThat(second.through()).isEqualTo(position(9));
    }

    @Test
    void a_game_sees_nothing_of_another_game_nor_of_another_life_of_the_store() {
        write(0, null, 9, event(1));
        assertThat(READER.page(GAME + 1, position(0), position(9), ALL).events())
                .isEmpty();
        assertThat(READER.page(GAME, new Position(2, 0), new Position(2, 9), ALL)
                        .events())
                .isEmpty();
    }

    @Test
    void a_batch_written_again_changes_nothing_whether_its_checkpoint_moved_or_not() {
        write(0, null, 2, event(1), event(2));
        LiveTailBatch late = STORE.writer().begin(0);
        late.add(GAME, event(3));
        assertThat(late.commit(null, checkpoint(3))).isFalse();
        assertThat(numbers(read(0, 9))).containsExactly(1L, 2L);
        // As after a crash between the events and the checkpoint: the same events again, cut differently.
        LiveTailBatch again = STORE.writer().begin(0);
        again.add(GAME, event(1));
        again.add(GAME, event(2));
        again.add(GAME, event(3));
        assertThat(again.commit(checkpoint(2), checkpoint(3))).isTrue();
        assertThat(numbers(read(0, 9))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void only_the_newest_are_kept_and_a_range_that_begins_before_them_is_not_complete() {
        Checkpoint before = null;
        for (int batch = 0; batch < 5; batch++) {
            LiveEvent[] events = new LiveEvent[700];
            for (int i = 0; i < events.length; i++) {
                events[i] = event(1 + 2L * (700 * batch + i));
            }
            before = write(0, before, 2L * 700 * (batch + 1), events);
        }
        LiveTailReader.Page all = READER.page(GAME, position(0), position(7_000), ALL);
        assertThat(all.events()).hasSize(LiveTailWriter.KEPT_EVENTS);
        assertThat(all.complete()).isFalse();
        long first = all.events().getFirst().position().number();
        assertThat(READER.page(GAME, position(first - 1), position(7_000), ALL).complete())
                .isTrue();
        assertThat(READER.page(GAME, position(first - 3), position(7_000), ALL).complete())
                .isFalse();
    }

    @Test
    void of_a_batch_longer_than_what_is_kept_the_rest_is_known_to_be_missing() {
        LiveEvent[] events = new LiveEvent[LiveTailWriter.KEPT_EVENTS + 10];
        for (int i = 0; i < events.length; i++) {
            events[i] = event(i + 1L);
        }
        write(0, null, events.length, events);
        assertThat(read(0, events.length)).hasSize(LiveTailWriter.KEPT_EVENTS);
        assertThat(READER.page(GAME, position(9), position(events.length), ALL).complete())
                .isFalse();
        assertThat(READER.page(GAME, position(10), position(events.length), ALL).complete())
                .isTrue();
    }

    @Test
    void a_player_is_given_their_own_entries_by_names_senders_know() {
        write(0, null, 3, event(1), of(ANNA, 2), event(3));
        List<Map<String, Object>> given = new ArrayList<>();
        STORE.cleaner().forEachEntry(GAME, ANNA, given::add);
        assertThat(given).singleElement().satisfies(fields -> assertThat(fields)
                .containsEntry("pseudonym", ANNA.toString())
                .containsKeys("type", "occurredAt", "storedAt"));
    }

    @Test
    void what_is_purged_is_gone_and_does_not_come_back() {
        Checkpoint before = write(0, null, 3, event(1), of(ANNA, 2), event(3));
        Needles needles = Needles.of(List.of(ANNA.toString()));
        assertThat(STORE.cleaner().scan(needles)).hasSize(1);
        assertThat(STORE.cleaner().held(GAME, ANNA)).isEqualTo(Map.of("entry", 1L));
        assertThat(bytesOf(0)).contains(ANNA.toString());

        LiveTailBatch erasing = STORE.writer().begin(0);
        erasing.add(GAME, of(ANNA, 4));
        erasing.erased(GAME, ANNA);
        erasing.add(GAME, event(6));
        assertThat(erasing.commit(before, checkpoint(6))).isTrue();

        assertThat(STORE.cleaner().scan(needles)).isEmpty();
        assertThat(STORE.cleaner().held(GAME, ANNA)).isEmpty();
        assertThat(bytesOf(0)).as("what Redis writes to its dump").doesNotContain(ANNA.toString());
        LiveTailBatch again = STORE.writer().begin(0);
        again.add(GAME, of(ANNA, 2));
        assertThat(again.commit(checkpoint(6), checkpoint(7))).isTrue();
        assertThat(numbers(read(0, 9))).containsExactly(1L, 3L, 6L);
    }

    @Test
    void who_was_alone_in_a_stream_is_gone_and_no_id_comes_again() {
        Checkpoint before = write(0, null, 3, of(ANNA, 2), of(ANNA, 3));
        LiveTailBatch erasing = STORE.writer().begin(0);
        erasing.erased(GAME, ANNA);
        assertThat(erasing.commit(before, checkpoint(4))).isTrue();

        assertThat(read(0, 9)).isEmpty();
        assertThat(bytesOf(0)).doesNotContain(ANNA.toString());
        LiveTailBatch again = STORE.writer().begin(0);
        again.add(GAME, of(ANNA, 3));
        again.add(GAME, event(5));
        assertThat(again.commit(checkpoint(4), checkpoint(5))).isTrue();
        assertThat(numbers(read(0, 9))).containsExactly(5L);
    }

    @Test
    void a_control_is_found_wherever_one_can_lie() {
        write(0, null, 3, event(1));
        String planted = "planted \"control\" 1987";
        Needles needles = Needles.of(List.of(planted));
        var redis = STORE.commands();
        String stream = LiveTailKeys.stream(GAME, 1, 0);
        assertThat(STORE.cleaner().scan(needles)).isEmpty();

        StringBuilder packed = new StringBuilder();
        PackedTexts.add(packed, "f:who");
        PackedTexts.add(packed, planted);
        redis.xadd(stream, Entry.PACKED, packed.toString());
        redis.xadd(stream, Entry.PACKED, "not packed: " + planted);
        redis.xadd(stream, "f:who", planted);
        redis.xadd(stream, planted, "x");
        redis.hset(LiveTailKeys.trimmed(GAME, 1), "0", planted);
        redis.hset("gm:{live-tail}:parked:0", "1.1", UUID.randomUUID() + " 1 " + planted);
        redis.set(LiveTailKeys.PREFIX + "odd:" + planted, "x");

        assertThat(STORE.cleaner().scan(needles))
                .containsExactlyInAnyOrder(
                        new Hit("live-tail", stream, 0, 4),
                        new Hit("live-tail", LiveTailKeys.trimmed(GAME, 1), 0, 1),
                        new Hit("live-tail", "gm:{live-tail}:parked:0", 0, 1),
                        new Hit("live-tail", LiveTailKeys.PREFIX + "odd:…", 0, 1));
        assertThat(packed).contains("5:f:who22:planted");
        assertThat(STORE.cleaner().scan(Needles.of(List.of("5:f:who22:planted"))))
                .as("what only stands beside each other")
                .isEmpty();
    }

    /** A stream as Redis would dump it. */
    private static String bytesOf(int partition) {
        STORE.commands().configSet("rdbcompression", "no");
        byte[] dump = STORE.commands().dump(LiveTailKeys.stream(GAME, 1, partition));
        return new String(dump == null ? new byte[0] : dump, StandardCharsets.ISO_8859_1);
    }

    @Test
    void who_follows_hears_of_every_move_and_of_the_games_it_touched() {
        try (LiveTailReader.Following following = READER.follow()) {
            following.begin();
            assertThat(following.next(Duration.ofMillis(1))).isEmpty();
            write(0, null, 3, event(1));
            write(1, null, 4);
            assertThat(following.next(Duration.ofSeconds(5)))
                    .containsExactly(new Move(1, 0, checkpoint(3), "" + GAME), new Move(2, 1, checkpoint(4), ""));
            assertThat(READER.checkpoints()).isEqualTo(Map.of(0, checkpoint(3), 1, checkpoint(4)));
        }
    }

    @Test
    void a_redis_that_does_not_answer_is_trouble_that_passes() {
        try (LiveTailStore nowhere = LiveTailStore.open("redis://127.0.0.1:1")) {
            assertThatThrownBy(() -> nowhere.writer().checkpoint(0)).isInstanceOf(LiveTailStoreException.class);
        }
    }

    private Checkpoint write(int partition, @Nullable Checkpoint expected, long upTo, LiveEvent... events) {
        LiveTailBatch batch = STORE.writer().begin(partition);
        for (LiveEvent event : events) {
            batch.add(GAME, event);
        }
        Checkpoint next = checkpoint(upTo);
        assertThat(batch.commit(expected, next)).isTrue();
        return next;
    }

    private List<LiveEvent> read(long after, long upTo) {
        return READER.page(GAME, position(after), position(upTo), ALL).events();
    }

    private static List<Long> numbers(List<LiveEvent> events) {
        return events.stream().map(event -> event.position().number()).toList();
    }

    private static LiveEvent event(long number) {
        return of(UUID.randomUUID(), number);
    }

    private static LiveEvent of(UUID player, long number) {
        return new LiveEvent(
                position(number), "session_started", null, player, AT, AT, "ios", null, null, Map.of(), Map.of());
    }

    private static Position position(long number) {
        return new Position(1, number);
    }

    private static Checkpoint checkpoint(long number) {
        return new Checkpoint(position(number), AT, number, number, number);
    }
}
