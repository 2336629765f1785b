package io.gamemetrics.projections.players;

import io.gamemetrics.sharedkernel.player.Dimensions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event as the oracle knows it: all of what will ever be known of it, whenever that arrives.
 *
 * @param length a session start's, when its end came too
 * @param micros paid, earned or, when its purchase came too, given back
 */
record Fact(
        int player,
        long sequence,
        Instant at,
        String type,
        Dimensions dimensions,
        @Nullable Long length,
        @Nullable Long micros,
        String currency,
        @Nullable String name,
        @Nullable String acquisition) {

    Fact withLength(long millis) {
        return new Fact(player, sequence, at, type, dimensions, millis, micros, currency, name, acquisition);
    }

    Fact withMicros(long amount) {
        return new Fact(player, sequence, at, type, dimensions, length, amount, currency, name, acquisition);
    }
}
