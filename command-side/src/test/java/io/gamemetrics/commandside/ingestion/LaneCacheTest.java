package io.gamemetrics.commandside.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LaneCacheTest {

    private static final int SMALLEST = 2_048;

    private final LaneCache cache = new LaneCache(10 * SMALLEST + 10 * 48);

    @Test
    void the_least_recently_used_leaves_first() {
        for (int i = 0; i < 10; i++) {
            hold("player-" + i, 0);
        }
        assertThat(cache.holds("player-0", 0)).isTrue();
        hold("one more", 0);

        assertThat(cache.containsKey("player-0")).isTrue();
        assertThat(cache.containsKey("player-1")).isFalse();
        assertThat(cache.holds("player-1", 0)).isFalse();
        assertThat(cache.<String, String>get("player-1")).isNull();
    }

    @Test
    void who_has_a_longer_past_takes_the_room_of_several() {
        for (int i = 0; i < 10; i++) {
            hold("player-" + i, 0);
        }
        cache.isAt("player-9", 10_000);

        assertThat(cache.holds("player-9", 10_000)).isTrue();
        for (int i = 0; i < 9; i++) {
            assertThat(cache.containsKey("player-" + i)).as("player-%d", i).isFalse();
        }
    }

    @Test
    void the_last_one_stays_whatever_it_takes() {
        LaneCache small = new LaneCache(1);
        small.put("a", "A");
        assertThat(small.<String, String>get("a")).isEqualTo("A");
        small.put("b", "B");
        assertThat(small.containsKey("a")).isFalse();
        assertThat(small.<String, String>get("b")).isEqualTo("B");
    }

    @Test
    void what_is_known_of_streams_that_are_not_held_takes_room_too() {
        hold("held", 3);
        for (int i = 0; i < 1_000; i++) {
            cache.isAt("not held " + i, i);
        }
        assertThat(cache.containsKey("held")).isFalse();
        assertThat(cache.holds("not held 999", 999))
                .as("only its sequence is known")
                .isFalse();
    }

    @Test
    void who_was_removed_gives_the_room_back() {
        for (int round = 0; round < 100; round++) {
            hold("gone", 5);
            assertThat(cache.remove("gone")).isTrue();
            assertThat(cache.remove("gone")).isFalse();
        }
        for (int i = 0; i < 10; i++) {
            hold("player-" + i, 0);
        }
        assertThat(cache.containsKey("player-0")).isTrue();
    }

    @Test
    void another_replicas_event_makes_it_stale() {
        hold("player", 7);
        assertThat(cache.holds("player", 8)).isFalse();
        assertThat(cache.putIfAbsent("player", "other")).isFalse();
        assertThat(cache.holds("player", 7)).isTrue();
    }

    private void hold(String id, long lastSequence) {
        cache.put(id, "aggregate of " + id);
        cache.isAt(id, lastSequence);
    }
}
