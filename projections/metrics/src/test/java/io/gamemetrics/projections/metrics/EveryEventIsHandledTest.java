package io.gamemetrics.projections.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.sharedkernel.erasure.ErasureEvent;
import io.gamemetrics.sharedkernel.game.GameEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.eventhandling.EventHandler;
import org.junit.jupiter.api.Test;

class EveryEventIsHandledTest {

    /**
     * Events that change no number: a moderator's decision is no deed of the player's, the rest is for other readers.
     */
    private static final Set<Class<?>> IGNORED = Set.of(
            PlayerEvent.LeaderboardBanned.class,
            PlayerEvent.LeaderboardUnbanned.class,
            PlayerEvent.ErasureBegun.class,
            GameEvent.KeyIssued.class,
            GameEvent.KeyRevoked.class,
            GameEvent.LimitsSet.class,
            GameEvent.LeaderboardDefined.class);

    @Test
    void every_event_is_counted_or_left_out_on_purpose() {
        Set<Class<?>> handled = Arrays.stream(MetricsHandlers.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(EventHandler.class))
                .map((Method method) -> method.getParameterTypes()[0])
                .collect(Collectors.toSet());

        Set<Class<?>> all = Stream.of(PlayerEvent.class, ErasureEvent.class, GameEvent.class)
                .flatMap(family -> Arrays.stream(family.getPermittedSubclasses()))
                .collect(Collectors.toSet());
        Set<Class<?>> known = Stream.concat(handled.stream(), IGNORED.stream()).collect(Collectors.toSet());
        assertThat(known).isEqualTo(all);
        assertThat(handled).doesNotContainAnyElementsOf(IGNORED);
    }
}
