package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.readstore.Cell;
import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.readstore.Entry;
import io.gamemetrics.infrastructure.replays.Comparisons;
import io.gamemetrics.infrastructure.replays.Difference;
import io.gamemetrics.sharedkernel.ids.Position;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContentsDiffTest {

    private static final Cell.Key DAY = new Cell.Key("days", 4, "2026-11-29");

    private final Held old = new Held(true);
    private final Held built = new Held(true);

    @Test
    void cells_of_one_sum_are_not_opened() throws InterruptedException {
        old.put(DAY, exact("a", "1"));
        built.put(DAY, exact("a", "1"));

        assertThat(find()).isEmpty();
        assertThat(old.opened).isEmpty();
    }

    @Test
    void a_cell_that_only_one_has_is_a_difference_whichever_it_is() throws InterruptedException {
        old.put(DAY, exact("a", "1"));
        built.put(new Cell.Key("days", 4, "2026-11-30"), exact("b", "1"));
        built.put(new Cell.Key("boards", 9, ""), exact("c", "1"));

        assertThat(find())
                .extracting(Difference::section, Difference::part, Difference::oldCount, Difference::newCount)
                .containsExactly(
                        tuple("boards", "", 0L, 1L),
                        tuple("days", "2026-11-29", 1L, 0L),
                        tuple("days", "2026-11-30", 0L, 1L));
    }

    @Test
    void an_entry_that_is_more_less_or_other_is_a_difference_where_only_entries_tell() throws InterruptedException {
        for (String value : List.of("same", "more", "less", "other")) {
            Cell.Key cell = new Cell.Key("boards", 4, value);
            old.sumless.add(cell);
            built.sumless.add(cell);
            old.put(cell, exact("a", "1"));
            built.put(cell, exact("a", value.equals("other") ? "2" : "1"));
        }
        built.put(new Cell.Key("boards", 4, "more"), exact("b", "1"));
        old.put(new Cell.Key("boards", 4, "less"), exact("b", "1"));

        assertThat(find()).extracting(Difference::part).containsExactly("less", "more", "other");
    }

    @Test
    void vectors_may_differ_by_rounding_and_by_what_they_were_learned_from() throws InterruptedException {
        Cell.Key near = vectors("near", 1, 0.0001f);
        Cell.Key far = vectors("far", 1, 0.9f);
        Cell.Key none = vectors("none", 0, 0);
        Cell.Key later = vectors("later", 0, 1);

        List<Difference> found = find();
        built.put(later, new Entry.Vector("b", null, new float[] {1, 1}, "more"));
        assertThat(List.of(near, far, none, later)).hasSize(4);
        assertThat(found).extracting(Difference::part).containsExactly("far", "none");
        assertThat(found.getFirst().distance()).isBetween(0.25, 0.26);
        assertThat(found.getLast().distance()).isEqualTo(1);
    }

    @Test
    void all_are_counted_and_the_first_are_kept() throws InterruptedException {
        IntStream.range(0, 250).forEach(i -> old.put(new Cell.Key("days", i, ""), exact("a", "1")));
        ContentsDiff diff = diff();

        assertThat(diff.find()).isEqualTo(250);
        assertThat(diff.first()).hasSize(Comparisons.MOST_DIFFERENCES);
        assertThat(old.opened).hasSize(Comparisons.MOST_DIFFERENCES);
    }

    @Test
    void what_is_only_read_at_another_moment_is_no_difference() throws InterruptedException {
        Held then = new Held(false);
        Held now = new Held(false);
        then.put(DAY, exact("moves", "1"));
        now.put(DAY, exact("moves", "2"));
        then.put(DAY, exact("comes", "1"));
        ContentsDiff diff = diff(then, now, () -> {
            then.put(DAY, exact("moves", "2"));
            now.put(DAY, exact("comes", "1"));
        });

        assertThat(diff.find()).isZero();
    }

    @Test
    void what_goes_on_changing_is_looked_at_until_it_is_the_same_and_what_stays_different_is_one()
            throws InterruptedException {
        Held then = new Held(false);
        Held now = new Held(false);
        then.put(DAY, exact("busy", "0"));
        now.put(DAY, exact("busy", "1"));
        int[] looks = {0};
        assertThat(diff(then, now, () -> {
                            looks[0]++;
                            then.put(DAY, exact("busy", String.valueOf(looks[0])));
                            now.put(DAY, exact("busy", String.valueOf(looks[0] < 5 ? looks[0] + 1 : looks[0])));
                        })
                        .find())
                .isZero();
        assertThat(looks[0]).isEqualTo(5);
        then.put(DAY, exact("stuck", "1"));
        now.put(DAY, exact("stuck", "2"));
        looks[0] = 0;

        assertThat(diff(then, now, () -> looks[0]++).find()).isEqualTo(1);
        assertThat(looks[0])
                .as("once past all that was stored, it will never be the same")
                .isEqualTo(1);
    }

    @Test
    void events_that_one_of_them_no_longer_keeps_are_left_out_of_both() throws InterruptedException {
        Instant later = Instant.parse("2026-11-01T00:00:00Z");
        old.keptFrom = later;
        built.keptFrom = later.minusSeconds(60);
        find();

        assertThat(old.leftOutBefore).isEqualTo(later);
        assertThat(built.leftOutBefore).isEqualTo(later);
    }

    @Test
    void it_ends_when_nobody_wants_it_any_more_and_when_one_can_not_be_read() {
        IntStream.range(0, 5_000).forEach(i -> old.put(new Cell.Key("days", i, ""), exact("a", "1")));
        ContentsDiff unwanted = new ContentsDiff(old, built, entries(old, built, () -> {}), (cells, entries) -> {
            throw new CancellationException("not wanted");
        });
        assertThatThrownBy(unwanted::find).isInstanceOf(CancellationException.class);
        built.failure = new IllegalStateException("gone");

        assertThatThrownBy(() -> diff().find()).isSameAs(built.failure);
    }

    private Cell.Key vectors(String part, float first, float second) {
        Cell.Key cell = new Cell.Key("vectors", 4, part);
        old.sumless.add(cell);
        built.sumless.add(cell);
        old.put(cell, new Entry.Vector("a", null, new float[] {1, 0}, "all"));
        built.put(
                cell, new Entry.Vector("a", null, new float[] {first, second}, part.equals("later") ? "more" : "all"));
        return cell;
    }

    private List<Difference> find() throws InterruptedException {
        ContentsDiff diff = diff();
        diff.find();
        return diff.first();
    }

    private ContentsDiff diff() {
        return diff(old, built, () -> {});
    }

    private static ContentsDiff diff(Contents one, Contents other, EntriesDiff.Settling settling) {
        return new ContentsDiff(one, other, entries(one, other, settling), (cells, entries) -> {});
    }

    private static EntriesDiff entries(Contents one, Contents other, EntriesDiff.Settling settling) {
        // These entries come from no stream: of the store only that is asked.
        EventStore none = (EventStore) Proxy.newProxyInstance(
                EventStore.class.getClassLoader(),
                new Class<?>[] {EventStore.class},
                (proxy, method, arguments) -> Map.of());
        return new EntriesDiff(one, other, none, settling);
    }

    private static Entry exact(String key, String value) {
        return new Entry.Exact(key, null, value);
    }

    /** Contents in memory. */
    private static final class Held implements Contents {

        private final Map<Cell.Key, Map<String, Entry>> cells = new TreeMap<>();
        private final Set<Cell.Key> sumless = new HashSet<>();
        private final Set<Cell.Key> opened = new HashSet<>();
        private final boolean isOfOneMoment;
        private @Nullable RuntimeException failure;
        private @Nullable Instant keptFrom;
        private @Nullable Instant leftOutBefore;

        Held(boolean isOfOneMoment) {
            this.isOfOneMoment = isOfOneMoment;
        }

        void put(Cell.Key cell, Entry entry) {
            cells.computeIfAbsent(cell, key -> new TreeMap<>()).put(entry.key(), entry);
        }

        @Override
        public boolean isOfOneMoment() {
            return isOfOneMoment;
        }

        @Override
        public Map<Integer, Position> positions() {
            return Map.of();
        }

        @Override
        public Optional<Instant> keptFrom() {
            return Optional.ofNullable(keptFrom);
        }

        @Override
        public void leaveOutBefore(Instant moment) {
            leftOutBefore = moment;
        }

        @Override
        public void forEachCell(Consumer<Cell> each) {
            if (failure != null) {
                throw failure;
            }
            cells.forEach((key, entries) -> each.accept(new Cell(
                    key,
                    entries.size(),
                    sumless.contains(key) ? OptionalLong.empty() : OptionalLong.of(entries.hashCode()))));
        }

        @Override
        public void forEachPage(Cell.Key cell, Consumer<List<Entry>> each) {
            opened.add(cell);
            each.accept(List.copyOf(cells.getOrDefault(cell, Map.of()).values()));
        }

        @Override
        public Map<String, Entry> find(Cell.Key cell, Collection<String> keys) {
            return cells.getOrDefault(cell, Map.of()).entrySet().stream()
                    .filter(each -> keys.contains(each.getKey()))
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }

        @Override
        public void close() {}
    }
}
