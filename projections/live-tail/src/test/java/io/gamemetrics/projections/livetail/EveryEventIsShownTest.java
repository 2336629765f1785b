package io.gamemetrics.projections.livetail;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventHandler;
import org.junit.jupiter.api.Test;

class EveryEventIsShownTest {

    /** A link's other half, and what moderators decided: no game sent them. */
    private static final Set<Class<?>> IGNORED = Set.of(
            PlayerEvent.LinkedToPlayer.class,
            PlayerEvent.LeaderboardBanned.class,
            PlayerEvent.LeaderboardUnbanned.class,
            PlayerEvent.ErasureBegun.class);

    @Test
    void every_event_of_a_player_is_shown_or_left_out_on_purpose() {
        Set<Class<?>> handled = Arrays.stream(LiveTailHandlers.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(EventHandler.class))
                .map(method -> method.getParameterTypes()[0])
                .collect(Collectors.toSet());
        Set<Class<?>> known = Stream.concat(handled.stream(), IGNORED.stream()).collect(Collectors.toSet());
        assertThat(known).containsExactlyInAnyOrder(PlayerEvent.class.getPermittedSubclasses());
        assertThat(handled).doesNotContainAnyElementsOf(IGNORED);
    }
}
