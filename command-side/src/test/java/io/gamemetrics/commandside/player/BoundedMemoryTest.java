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
        for (int i = 0; i < Bans.MAX_BOARDS; i++) {
            state.evolve(Events.banned("ban-" + i, longest + i, null));
        }
        assertThat(state.toBytes().length).isLessThanOrEqualTo(PlayerState.MAX_BYTES);
        assertThat(state.seen().bytes()).isLessThanOrEqualTo(SeenIds.MAX_BYTES);
        assertThat(state.minutes().bytes()).isEqualTo(MinuteCounts.MAX_MINUTES * 12);
        assertThat(state.sessions().size()).isEqualTo(RecentSessions.MAX_SESSIONS);
    }

    @Test
    void aSnapshotKeepsBansAndOneOfAPlayerWithoutAnyIsAsItWasBeforeThereWereBans() {
        PlayerState state = new PlayerState();
        state.evolve(Events.achievement("a", "x", null, 0));
        byte[] without = state.toBytes();
        assertThat(without[0]).isEqualTo((byte) 1);
        assertThat(PlayerState.fromBytes(without).toBytes()).isEqualTo(without);

        state.evolve(Events.banned("b1", "top", null));
        state.evolve(Events.banned("b2", null, null));
        PlayerState read = PlayerState.fromBytes(state.toBytes());
        assertThat(read.bans().holds("top")).isTrue();
        assertThat(read.bans().holds(null)).isTrue();
        assertThat(read.bans().holds("other")).isFalse();
        read.evolve(Events.unbanned("u1", "top"));
        read.evolve(Events.unbanned("u2", null));
        assertThat(PlayerState.fromBytes(read.toBytes()).bans().none()).isTrue();
    }

    @Test
    void whatAModeratorDecidesIsNoEventOfThePlayersMinute() {
        PlayerState state = new PlayerState();
        state.evolve(Events.banned("b1", "top", null));
        state.evolve(Events.unbanned("u1", "top"));
        assertThat(state.minutes().of(MinuteCounts.minuteOf(Events.NOON))).isZero();
        assertThat(state.seen().mayContain(SeenIds.keyOf(new EventId("b1")))).isFalse();
        assertThat(state.nextSequence()).isEqualTo(2);
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
