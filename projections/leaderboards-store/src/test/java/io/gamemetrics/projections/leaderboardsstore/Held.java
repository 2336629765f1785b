package io.gamemetrics.projections.leaderboardsstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.readstore.Cell;
import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.readstore.Entry;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Everything a version holds. */
final class Held {

    private Held() {}

    /** Everything; what a cell says of itself, and what is found by key, held against what it has. */
    static Map<Cell.Key, Map<String, Entry>> in(LeaderboardsRedis redis, int version) {
        Map<Cell.Key, Map<String, Entry>> held = new TreeMap<>();
        try (Contents contents = LeaderboardsContents.open(redis, version, section -> true)) {
            assertThat(contents.isOfOneMoment()).isFalse();
            assertThat(contents.positions())
                    .containsOnlyKeys(
                            IntStream.range(0, Partitions.COUNT).boxed().toList());
            contents.forEachCell(cell -> {
                Map<String, Entry> entries = new TreeMap<>();
                contents.forEachPage(cell.key(), page -> page.forEach(entry -> entries.put(entry.key(), entry)));
                assertThat(entries).as(cell.key().toString()).hasSize((int) cell.count());
                Set<String> asked = new TreeSet<>(entries.keySet());
                asked.add("nobody's");
                assertThat(contents.find(cell.key(), asked))
                        .as(cell.key().toString())
                        .isEqualTo(entries);
                assertThat(held.put(cell.key(), entries)).isNull();
            });
        }
        return held;
    }

    static void same(
            String where, Map<Cell.Key, Map<String, Entry>> found, Map<Cell.Key, Map<String, Entry>> expected) {
        Set<Cell.Key> keys = new TreeSet<>(found.keySet());
        keys.addAll(expected.keySet());
        keys.forEach(key -> assertThat(found.get(key)).as("%s, %s", where, key).isEqualTo(expected.get(key)));
    }
}
