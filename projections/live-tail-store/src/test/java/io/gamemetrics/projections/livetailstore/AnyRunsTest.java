package io.gamemetrics.projections.livetailstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Events by chance, in batches by chance, written again after crashes and cut elsewhere then, by this build and by one that did
 * not know runs, with players erased meanwhile: whatever is read, page by page, is what a plain list has.
 */
class AnyRunsTest {

    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final int PARTITIONS = 3;
    private static final int GAME = 7;
    private static final int STEPS = 100;
    private static final LiveTailStore STORE = LiveTailStore.open(TestRedis.url());
    private static final LiveTailReader READER = STORE.reader(PARTITIONS);

    private final Random random = new Random(SEED);
    private final List<UUID> players = new ArrayList<>();
    private final List<Source> sources = new ArrayList<>();
    private final Set<LiveEvent> erased = new HashSet<>();
    private long number;

    /** What there is to be written to a partition, in order, and how much of it was. */
    private static final class Source {
        final List<LiveEvent> events = new ArrayList<>();
        int done;
        int written;
        Checkpoint at = new Checkpoint(position(0), AT, 0, 0, 0);
    }

    @BeforeEach
    void empty() {
        STORE.cleaner().drop();
        for (int i = 0; i < 5; i++) {
            players.add(new UUID(random.nextLong(), random.nextLong()));
        }
        for (int partition = 0; partition < PARTITIONS; partition++) {
            sources.add(new Source());
            assertThat(STORE.writer().begin(partition).commit(null, sources.get(partition).at))
                    .isTrue();
        }
    }

    @AfterAll
    static void close() {
        STORE.close();
    }

    @Test
    void any_pages_are_together_what_a_plain_list_has() {
        writeByChance(LiveTailWriter.KEPT_EVENTS);
        for (int i = 0; i < 100; i++) {
            long after = random.nextLong(number);
            long upTo = after + random.nextLong(number - after + 1);
            assertThat(read(after, upTo)).as("seed=%s", SEED).isEqualTo(plain(after, upTo));
        }
        List<LiveEvent> all = plain(0, number);
        assertThat(read(0, number)).as("seed=%s", SEED).isEqualTo(all);
        for (UUID player : players) {
            long theirs =
                    all.stream().filter(event -> player.equals(event.player())).count();
            assertThat(STORE.cleaner().held(GAME, player))
                    .as("seed=%s", SEED)
                    .isEqualTo(theirs == 0 ? Map.of() : Map.of("entry", theirs));
        }
    }

    @Test
    void the_newest_are_kept_and_who_asks_for_what_is_not_is_told() {
        int kept = 60;
        writeByChance(kept);
        long missing = sources.stream()
                .filter(source -> source.events.size() > kept)
                .mapToLong(source -> source.events
                                .get(source.events.size() - kept)
                                .position()
                                .number()
                        - 1)
                .max()
                .orElse(0);
        assertThat(missing).as("seed=%s", SEED).isPositive();
        for (int i = 0; i < 300; i++) {
            long after = i < 100 ? Math.max(0, missing - 50) + i : random.nextLong(number);
            LiveTailReader.Page page = READER.page(GAME, position(after), position(number), Integer.MAX_VALUE);
            List<LiveEvent> plain = plain(after, number);
            assertThat(page.complete() || after < missing)
                    .as("seed=%s after=%s", SEED, after)
                    .isTrue();
            if (page.complete()) {
                assertThat(page.events()).as("seed=%s after=%s", SEED, after).isEqualTo(plain);
            }
        }
        List<LiveEvent> all = READER.page(GAME, position(0), position(number), Integer.MAX_VALUE)
                .events();
        assertThat(plain(0, number)).as("seed=%s", SEED).containsAll(all);
        assertThat(all).as("seed=%s", SEED).doesNotHaveDuplicates();
        assertThat(all).as("seed=%s", SEED).hasSizeLessThan(PARTITIONS * (kept + Run.MOST_EVENTS));
    }

    private void writeByChance(int kept) {
        for (int step = 0; step < STEPS; step++) {
            int partition = random.nextInt(PARTITIONS);
            Source source = sources.get(partition);
            happen(source, random.nextInt(random.nextBoolean() ? 5 : 120));
            int upTo = source.done + random.nextInt(source.events.size() - source.done + 1);
            switch (random.nextInt(6)) {
                case 0 -> writeAsBefore(partition, kept, upTo, random.nextBoolean());
                case 1, 2 -> write(partition, kept, upTo, false, null);
                case 3 -> write(partition, kept, upTo, true, players.get(random.nextInt(players.size())));
                default -> write(partition, kept, upTo, true, null);
            }
        }
        for (int partition = 0; partition < PARTITIONS; partition++) {
            happen(sources.get(partition), 1);
            write(partition, kept, sources.get(partition).events.size(), true, null);
        }
    }

    private void happen(Source source, int events) {
        UUID player = null;
        for (int i = 0; i < events; i++) {
            if (random.nextInt(12) == 0) {
                player = random.nextInt(4) == 0 ? null : players.get(random.nextInt(players.size()));
            }
            number += 1 + random.nextInt(3);
            source.events.add(new LiveEvent(
                    position(number),
                    "progression",
                    null,
                    player,
                    AT,
                    AT.plusMillis(number / 10),
                    random.nextInt(5) == 0 ? null : "ios",
                    null,
                    null,
                    Map.of(),
                    random.nextBoolean() ? Map.of() : Map.of("stage", "1:n" + number)));
        }
    }

    /** @param done the checkpoint moves; else all is written again, as after a crash */
    private void write(int partition, int kept, int upTo, boolean done, @Nullable UUID erase) {
        Source source = sources.get(partition);
        LiveTailBatch batch = new LiveTailBatch(STORE, STORE.checkpoints(), partition, kept);
        source.events.subList(source.done, upTo).forEach(event -> batch.add(GAME, event));
        if (erase != null) {
            batch.erased(GAME, erase);
        }
        Checkpoint next = checkpoint(done ? upTo : source.done);
        assertThat(batch.commit(source.at, next)).isTrue();
        move(source, next, upTo, done);
        if (erase != null) {
            sources.forEach(each -> each.events.subList(0, each.written).stream()
                    .filter(event -> erase.equals(event.player()))
                    .forEach(erased::add));
        }
    }

    private void writeAsBefore(int partition, int kept, int upTo, boolean done) {
        Source source = sources.get(partition);
        BeforeRuns.write(STORE, GAME, partition, kept, source.events.subList(source.done, upTo));
        Checkpoint next = checkpoint(done ? upTo : source.done);
        assertThat(STORE.writer().begin(partition).commit(source.at, next)).isTrue();
        move(source, next, upTo, done);
    }

    private static void move(Source source, Checkpoint next, int upTo, boolean done) {
        source.at = next;
        source.written = Math.max(source.written, upTo);
        source.done = done ? upTo : source.done;
    }

    private List<LiveEvent> read(long after, long upTo) {
        List<LiveEvent> read = new ArrayList<>();
        Position at = position(after);
        while (at.number() < upTo) {
            int most = 1 + random.nextInt(random.nextBoolean() ? 8 : 400);
            LiveTailReader.Page page = READER.page(GAME, at, position(upTo), most);
            assertThat(page.complete()).as("seed=%s", SEED).isTrue();
            assertThat(page.events()).as("seed=%s", SEED).hasSizeLessThanOrEqualTo(most);
            assertThat(page.through().number()).as("seed=%s", SEED).isGreaterThan(at.number());
            read.addAll(page.events());
            at = page.through();
        }
        return read;
    }

    private List<LiveEvent> plain(long after, long upTo) {
        return sources.stream()
                .flatMap(source -> source.events.subList(0, source.written).stream())
                .filter(event ->
                        event.position().number() > after && event.position().number() <= upTo)
                .filter(event -> !erased.contains(event))
                .sorted(Comparator.comparingLong(event -> event.position().number()))
                .toList();
    }

    private static Checkpoint checkpoint(int events) {
        return new Checkpoint(position(events), AT, events, events, events);
    }

    private static Position position(long number) {
        return new Position(1, number);
    }
}
