package io.gamemetrics.queryside.game;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How new a read model is, as it is told.
 *
 * @param position absent unless it is ready; so are the next two
 */
record ModelFreshness(
        String name,
        State state,
        @Nullable Position position,
        @Nullable Instant asOf,
        @Nullable Long lagMillis) {

    /** {@link ModelState} by a word. */
    enum State {
        READY,
        BEGINNING,
        NOT_STARTED,
        UNAVAILABLE
    }

    static ModelFreshness of(String name, ModelState state, Instant now) {
        return switch (state) {
            case ModelState.Ready(Position position, Instant asOf) ->
                new ModelFreshness(
                        name,
                        State.READY,
                        position,
                        asOf,
                        Math.max(0, Duration.between(asOf, now).toMillis()));
            case ModelState.Beginning() -> without(name, State.BEGINNING);
            case ModelState.NotStarted() -> without(name, State.NOT_STARTED);
            case ModelState.Unavailable() -> without(name, State.UNAVAILABLE);
        };
    }

    private static ModelFreshness without(String name, State state) {
        return new ModelFreshness(name, state, null, null, null);
    }
}
