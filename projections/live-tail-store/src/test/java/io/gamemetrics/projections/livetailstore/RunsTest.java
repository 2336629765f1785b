package io.gamemetrics.projections.livetailstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import io.lettuce.core.Range;
import io.lettuce.core.StreamMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that come one after the other and are one player's lie in one entry, and are events like any other. */
class RunsTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final UUID ANNA = UUID.randomUUID();
    private static final UUID BELA = UUID.randomUUID();
    private static final int GAME = 7;
    private static final int ALL = 10_000;
    private static final LiveTailStore STORE = LiveTailStore.open(TestRedis.url());

    private Checkpoint at = checkpoint(0);

    @BeforeEach
    void empty() {
        STORE.cleaner().drop();
        at = checkpoint(0);
        assertThat(STORE.writer().begin(0).commit(null, at)).isTrue();
    }

    @AfterAll
    static void close() {
        STORE.close();
    }

    @Test
    void what_one_player_does_together_is_an_entry_with_the_number_of_its_last_event_and_their_count() {
        write(run(ANNA, 1, 25), run(BELA, 30, 33), run(null, 40, 41), run(ANNA, 50, 50 + Run.MOST_EVENTS));
        write(run(ANNA, 200, 201));
        assertThat(ids()).containsExactly("25-25", "33-29", "41-31", "99-81", "100-82", "201-84");
        assertThat(numbers(read(0, 300)))
                .isEqualTo(LongStream.rangeClosed(1, 201)
                        .filter(number -> number <= 25
                                || (number >= 30 && number <= 33)
                                || number == 40
                                || number == 41
                                || (number >= 50 && number <= 100)
                                || number >= 200)
                        .boxed()
                        .toList());
    }

    @Test
    void each_event_of_a_run_is_read_back_whole_whatever_it_shares_with_the_one_before() {
        List<LiveEvent> run = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            run.add(new LiveEvent(
                    position(i),
                    i % 2 == 0 ? "custom" : "purchase",
                    i % 2 == 0 ? "a:b" : null,
                    ANNA,
                    AT.plusMillis(i),
                    i < 5 ? AT : AT.plusMillis(9),
                    i < 3 ? "ios" : null,
                    i < 6 ? "SE" : "DE",
                    i == 7 ? "1.0" : null,
                    i % 3 == 0 ? Map.of("gate", "gate_" + i) : Map.of(),
                    i == 4 ? Map.of() : Map.of("n", "1:n1:7", "stored", "" + i)));
        }
        write(run);
        assertThat(ids()).containsExactly("8-8");
        assertThat(read(0, 9)).isEqualTo(run);
    }

    @Test
    void what_events_of_a_run_share_is_in_it_once() {
        List<LiveEvent> run = run(ANNA, 1, 3);
        Run of = new Run(run.getFirst());
        run.subList(1, 3).forEach(event -> assertThat(of.extendedBy(event)).isTrue());
        assertThat(new String(Entry.packed(of), UTF_8))
                .containsOnlyOnce("6:stored")
                .containsOnlyOnce("8:platform3:ios");
    }

    @Test
    void a_range_may_begin_and_end_inside_of_a_run() {
        write(run(ANNA, 10, 40), run(BELA, 50, 60));
        assertThat(numbers(read(9, 9))).isEmpty();
        assertThat(numbers(read(9, 10))).containsExactly(10L);
        assertThat(numbers(read(12, 15))).containsExactly(13L, 14L, 15L);
        assertThat(numbers(read(38, 51))).containsExactly(39L, 40L, 50L, 51L);
        assertThat(numbers(read(60, 70))).isEmpty();
        LiveTailReader.Page page = STORE.reader(1).page(GAME, position(12), position(55), 3);
        assertThat(numbers(page.events())).containsExactly(13L, 14L, 15L);
        assertThat(page.through()).isEqualTo(position(15));
    }

    @Test
    void what_was_written_before_a_crash_is_neither_lost_nor_doubled_wherever_it_is_cut_the_next_time() {
        for (long end : new long[] {20, 34, 35, 40, 41, 60}) {
            empty();
            write(run(BELA, 1, 5));
            writeAndCrash(run(ANNA, 10, 34));
            write(run(ANNA, 10, end));
            write(run(ANNA, end + 1, 70));
            assertThat(numbers(read(0, 99)))
                    .as("10 to %s", end)
                    .isEqualTo(LongStream.concat(LongStream.rangeClosed(1, 5), LongStream.rangeClosed(10, 70))
                            .boxed()
                            .toList());
            assertThat(ids().getLast()).isEqualTo("70-66");
        }
    }

    @Test
    void of_a_game_as_many_events_are_kept_however_many_lie_in_an_entry() {
        int kept = 100;
        for (long from = 1; from <= 1_000; from += 25) {
            write(kept, run(from % 2 == 0 ? ANNA : BELA, from, from + 24));
        }
        assertThat(ids()).hasSize(4);
        assertThat(numbers(read(0, 1_000)))
                .isEqualTo(LongStream.rangeClosed(901, 1_000).boxed().toList());
        write(kept, run(ANNA, 1_001, 1_001));
        assertThat(numbers(read(0, 1_001)))
                .as("a run goes when all of it is too much")
                .hasSize(101);
        assertThat(complete(900)).isTrue();
        assertThat(complete(899)).isFalse();
        write(kept, run(ANNA, 1_002, 1_024));
        assertThat(numbers(read(0, 1_024))).hasSize(124);
        assertThat(complete(900)).isTrue();
        write(kept, run(ANNA, 1_025, 1_025));
        assertThat(numbers(read(0, 1_025))).hasSize(100);
        assertThat(complete(924)).isFalse();
        assertThat(complete(925)).isTrue();
    }

    @Test
    void a_player_s_runs_are_held_given_and_purged_whole_and_nobody_else_s() {
        write(run(ANNA, 1, 25), run(BELA, 26, 30), run(ANNA, 31, 35), run(null, 36, 40));
        List<Map<String, Object>> given = new ArrayList<>();
        STORE.cleaner().forEachEntry(GAME, ANNA, given::add);
        assertThat(given).hasSize(30);
        assertThat(given.stream().map(fields -> fields.get("stage")).collect(Collectors.toSet()))
                .hasSize(30);
        assertThat(given).allSatisfy(fields -> assertThat(fields)
                .containsOnlyKeys("type", "occurredAt", "stage", "storedAt", "platform", "pseudonym"));
        assertThat(STORE.cleaner().held(GAME, ANNA)).isEqualTo(Map.of("entry", 30L));

        erase(ANNA, run(ANNA, 50, 55), run(BELA, 56, 57));

        assertThat(STORE.cleaner().held(GAME, ANNA)).isEmpty();
        assertThat(STORE.cleaner().scan(Needles.of(List.of(ANNA.toString())))).isEmpty();
        assertThat(numbers(read(0, 99)))
                .isEqualTo(LongStream.of(26, 27, 28, 29, 30, 36, 37, 38, 39, 40, 56, 57)
                        .boxed()
                        .toList());
        assertThat(ids()).as("of a batch nothing is written").endsWith("57-42");
        writeAndCrash(run(ANNA, 31, 35));
        assertThat(STORE.cleaner().held(GAME, ANNA))
                .as("what was purged does not come back")
                .isEmpty();
    }

    @Test
    void who_was_alone_is_gone_and_the_rest_of_a_run_that_is_written_again_goes_with_the_next_erasure() {
        writeAndCrash(run(ANNA, 1, 10));
        erase(ANNA);
        assertThat(read(0, 99)).isEmpty();
        write(run(ANNA, 5, 12));
        assertThat(numbers(read(0, 99))).containsExactly(11L, 12L);
        assertThat(ids()).containsExactly("12-12");
        erase(ANNA);
        assertThat(read(0, 99)).isEmpty();
    }

    @SafeVarargs
    private void write(List<LiveEvent>... runs) {
        write(LiveTailWriter.KEPT_EVENTS, runs);
    }

    @SafeVarargs
    private void write(int kept, List<LiveEvent>... runs) {
        LiveTailBatch batch = batch(kept, runs);
        Checkpoint next = next();
        assertThat(batch.commit(at, next)).isTrue();
        at = next;
    }

    /** The events are there, and the checkpoint is where it was. */
    @SafeVarargs
    private void writeAndCrash(List<LiveEvent>... runs) {
        assertThat(batch(LiveTailWriter.KEPT_EVENTS, runs).commit(at, at)).isTrue();
    }

    @SafeVarargs
    private void erase(UUID player, List<LiveEvent>... runs) {
        LiveTailBatch batch = batch(LiveTailWriter.KEPT_EVENTS, runs);
        batch.erased(GAME, player);
        Checkpoint next = next();
        assertThat(batch.commit(at, next)).isTrue();
        at = next;
    }

    @SafeVarargs
    private static LiveTailBatch batch(int kept, List<LiveEvent>... runs) {
        LiveTailBatch batch = new LiveTailBatch(STORE, STORE.checkpoints(), 0, kept);
        for (List<LiveEvent> run : runs) {
            run.forEach(event -> batch.add(GAME, event));
        }
        return batch;
    }

    private Checkpoint next() {
        return checkpoint(at.position().number() + 1);
    }

    private static Checkpoint checkpoint(long number) {
        return new Checkpoint(position(number), AT, number, number, number);
    }

    private static List<LiveEvent> run(@Nullable UUID player, long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(number -> new LiveEvent(
                        position(number),
                        "progression",
                        null,
                        player,
                        AT,
                        AT,
                        "ios",
                        null,
                        null,
                        Map.of(),
                        Map.of("stage", "" + number)))
                .toList();
    }

    private static List<String> ids() {
        return STORE.commands().xrange(LiveTailKeys.stream(GAME, 1, 0), Range.unbounded()).stream()
                .map(StreamMessage::getId)
                .toList();
    }

    private static List<LiveEvent> read(long after, long upTo) {
        return STORE.reader(1).page(GAME, position(after), position(upTo), ALL).events();
    }

    private static boolean complete(long after) {
        return STORE.reader(1).page(GAME, position(after), position(9_999), ALL).complete();
    }

    private static List<Long> numbers(List<LiveEvent> events) {
        return events.stream().map(event -> event.position().number()).toList();
    }

    private static Position position(long number) {
        return new Position(1, number);
    }
}
