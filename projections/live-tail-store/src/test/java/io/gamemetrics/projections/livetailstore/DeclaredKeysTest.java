package io.gamemetrics.projections.livetailstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.datamap.DataMap;
import io.gamemetrics.infrastructure.datamap.StoredField;
import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import io.lettuce.core.Range;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Whatever the live tail writes is in {@code data-map/live-tail.map}. */
class DeclaredKeysTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final LiveTailStore STORE = LiveTailStore.open(TestRedis.url());

    @AfterAll
    static void close() {
        STORE.close();
    }

    @Test
    void every_kind_of_key_and_every_field_of_an_entry_is_in_the_data_map() {
        STORE.cleaner().drop();
        LiveTailBatch batch = STORE.writer().begin(0);
        batch.add(
                7,
                new LiveEvent(
                        new Position(1, 5),
                        "custom",
                        "a:b",
                        UUID.randomUUID(),
                        AT,
                        AT,
                        "ios",
                        "SE",
                        "1.4.2",
                        Map.of("gate", "gate_40"),
                        Map.of("itemId", "gems5")));
        Checkpoint next = new Checkpoint(new Position(1, 6), AT, 6, 6, 6);
        ParkedEvent parked = new ParkedEvent(new Position(1, 6), UUID.randomUUID(), 0, "cause");
        assertThat(batch.commit(null, next, List.of(parked), List.of())).isTrue();

        Map<String, Set<String>> declared = new TreeMap<>();
        DataMap.current()
                .store("live-tail")
                .places()
                .forEach(place -> declared.put(
                        place.name(),
                        new TreeSet<>(
                                place.fields().stream().map(StoredField::name).toList())));
        Map<String, Set<String>> written = written();
        assertThat(written)
                .containsOnlyKeys(
                        "gm:live:{G}:I:N",
                        "gm:{live-tail}:checkpoint",
                        "gm:{live-tail}:parked:N",
                        "gm:{live-tail}:moves");
        written.forEach((kind, fields) -> {
            assertThat(declared).as("data-map/live-tail.map").containsKey(kind);
            assertThat(declared.get(kind))
                    .as("data-map/live-tail.map [%s]", kind)
                    .containsAll(fields);
        });
        assertThat(written.get("gm:live:{G}:I:N")).isEqualTo(declared.get("gm:live:{G}:I:N"));
    }

    /** The fields of streams' entries by kind of key; of other keys none. */
    private static Map<String, Set<String>> written() {
        Map<String, Set<String>> written = new TreeMap<>();
        var redis = STORE.commands();
        for (String pattern : List.of("gm:live:*", "gm:{live-tail}:*")) {
            for (String key : redis.keys(pattern)) {
                Set<String> fields = written.computeIfAbsent(kind(key), kind -> new TreeSet<>());
                if (redis.type(key).equals("stream")) {
                    redis.xrange(key, Range.unbounded()).forEach(entry -> fields.addAll(fieldsOf(entry.getBody())));
                }
            }
        }
        return written;
    }

    private static Set<String> fieldsOf(Map<String, String> entry) {
        List<String> texts = new ArrayList<>();
        entry.forEach((field, value) -> texts.addAll(List.of(field, value)));
        List<String> opened = Entry.opened(texts);
        Set<String> fields = new TreeSet<>();
        for (int i = 0; i < opened.size(); i += 2) {
            fields.add(opened.get(i).replaceFirst("^([fx]:).*", "$1"));
        }
        return fields;
    }

    private static String kind(String key) {
        return key.replaceFirst("^gm:live:\\{\\d+}:\\d+:\\d+$", "gm:live:{G}:I:N")
                .replaceFirst("^gm:live:\\{\\d+}:\\d+:trimmed$", "gm:live:{G}:I:trimmed")
                .replaceFirst(":parked:\\d+$", ":parked:N");
    }
}
