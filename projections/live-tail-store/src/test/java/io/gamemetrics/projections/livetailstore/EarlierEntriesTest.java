package io.gamemetrics.projections.livetailstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.TestRedis;
import io.gamemetrics.sharedkernel.ids.Position;
import io.lettuce.core.XAddArgs;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** An entry with a field for each thing it says, as builds before this one wrote them. */
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
