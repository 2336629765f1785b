package io.gamemetrics.projections.gamesstore;

import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Currency;

/**
 * A game as it is set up now.
 *
 * @param number the game's dense number, by which other read models know it
 * @param activeBy what makes a player active: {@code ANY_EVENT} or {@code SESSION_START}
 * @param stage {@code LIVE} or {@code TEST}
 */
public record GameSettings(
        GameId gameId,
        int number,
        String name,
        ZoneId timeZone,
        Currency currency,
        String activeBy,
        String stage,
        Instant createdAt) {}
