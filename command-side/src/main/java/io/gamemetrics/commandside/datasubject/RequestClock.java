package io.gamemetrics.commandside.datasubject;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;

/**
 * By when a request must be answered: one calendar month after it was received, and two more when it is extended (article
 * 12(3)), counted in the games' own time zones; of several games the earliest counts. From January 31 a month ends with
 * February.
 */
record RequestClock(Instant receivedAt, Instant dueAt, Instant latestAt) {

    private static final int MONTHS = 1;
    private static final int MONTHS_EXTENDED = 3;

    /** @param zones of the games, one at least */
    static RequestClock of(Instant receivedAt, Collection<ZoneId> zones) {
        return new RequestClock(
                receivedAt, earliest(receivedAt, MONTHS, zones), earliest(receivedAt, MONTHS_EXTENDED, zones));
    }

    private static Instant earliest(Instant from, int months, Collection<ZoneId> zones) {
        return zones.stream()
                .map(zone -> from.atZone(zone).plusMonths(months).toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }
}
