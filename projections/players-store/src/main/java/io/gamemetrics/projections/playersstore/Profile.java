package io.gamemetrics.projections.playersstore;

import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.money.Revenue;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a person, of all players they are.
 *
 * @param person the player the others were linked to, or the only one
 * @param firstDay the first active day in the game's time zone; absent while never active
 * @param lastSeen the latest activity; absent while never active
 * @param sessions started, those still open included
 * @param sessionSeconds of all sessions whose length is known, exact to the millisecond
 * @param meanSessionSeconds over sessions whose length is known, six decimals; absent when there is none
 * @param purchases those for nothing included
 * @param achievements unlockings
 * @param acquisition of the latest registration that names one, by when it occurred
 * @param platform of the latest event that names one, by when it occurred; so are country and appVersion
 */
public record Profile(
        GameId game,
        Pseudonym person,
        @Nullable LocalDate firstDay,
        @Nullable Instant lastSeen,
        long sessions,
        BigDecimal sessionSeconds,
        @Nullable BigDecimal meanSessionSeconds,
        long purchases,
        long achievements,
        Revenue revenue,
        @Nullable String acquisition,
        @Nullable String platform,
        @Nullable String country,
        @Nullable String appVersion) {}
