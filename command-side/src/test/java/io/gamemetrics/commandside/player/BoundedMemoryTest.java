package io.gamemetrics.commandside.player;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.sharedkernel.ids.EventId;
import org.junit.jupiter.api.Test;

/** However long a player's history, what is held of it stays small, and nothing of it is forgotten. */
class BoundedMemoryTest {

    private static final int EVENTS = 50_000;

    @Test
    void theStateOfTheLongestHistoryIsBounded() {
        PlayerState state = new PlayerState();
        String longest = "€".repeat(240);
        for (int i = 0; i < EVENTS; i++) {
            state.evolve(Events.start("event-" + i, longest + i, i));
        }
        assertThat(state.toBytes().length).isLessThanOrEqualTo(PlayerState.MAX_BYTES);
        assertThat(state.seen().bytes()).isLessThanOrEqualTo(SeenIds.MAX_BYTES);
        assertThat(state.minutes().bytes()).isEqualTo(MinuteCounts.MAX_MINUTES * 12);
        assertThat(state.sessions().size()).isEqualTo(RecentSessions.MAX_SESSIONS);
    }

    @Test
    void noIdIsEverForgotten() {
        SeenIds seen = new SeenIds();
        for (int i = 0; i < EVENTS; i++) {
            seen.add(SeenIds.keyOf(new EventId("event-" + i)));
            if (i == SeenIds.EXACT_IDS || i == EVENTS - 1) {
                for (int j = 0; j <= i; j++) {
                    assertThat(seen.mayContain(SeenIds.keyOf(new EventId("event-" + j))))
                            .isTrue();
                }
            }
        }
    }

    @Test
    void aShortHistoryIsRememberedExactly() {
        SeenIds seen = new SeenIds();
        for (int i = 0; i < SeenIds.EXACT_IDS; i++) {
            seen.add(SeenIds.keyOf(new EventId("event-" + i)));
        }
        for (int i = 0; i < EVENTS; i++) {
            assertThat(seen.mayContain(SeenIds.keyOf(new EventId("other-" + i))))
                    .isFalse();
        }
    }

    @Test
    void aThousandIdsAreSeldomMistaken() {
        SeenIds seen = new SeenIds();
        for (int i = 0; i < 1_000; i++) {
            seen.add(SeenIds.keyOf(new EventId("event-" + i)));
        }
        int mistaken = 0;
        for (int i = 0; i < 10_000; i++) {
            mistaken += seen.mayContain(SeenIds.keyOf(new EventId("other-" + i))) ? 1 : 0;
        }
        assertThat(mistaken).isLessThan(100);
    }
}
