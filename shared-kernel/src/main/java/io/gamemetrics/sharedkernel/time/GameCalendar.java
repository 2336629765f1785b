package io.gamemetrics.sharedkernel.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Which day it is in a game: days are the game's own time zone, by when things occurred. */
public record GameCalendar(ZoneId zone) {

    /** The local day an instant falls on. */
    public LocalDate dayOf(Instant instant) {
        return instant.atZone(zone).toLocalDate();
    }

    /** The first instant of a local day; where daylight saving skips midnight, the first instant after the gap. */
    public Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }
}
