package io.gamemetrics.infrastructure.readstore;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;

/**
 * The local day of a moment as an SQL expression, by a zone's offsets as Java knows them: the database may know an older
 * or a newer time zone. Right from 2000 to 2099, which is when events can occur.
 */
public final class LocalDay {

    private static final Instant FIRST = Instant.parse("1999-12-30T00:00:00Z");
    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

    private final StringBuilder starts = new StringBuilder();
    private final StringBuilder offsets = new StringBuilder();

    private LocalDay(ZoneId zone) {
        var rules = zone.getRules();
        offset(rules.getOffset(FIRST));
        ZoneOffsetTransition transition = rules.nextTransition(FIRST);
        while (transition != null && transition.getInstant().isBefore(LAST)) {
            starts.append(starts.isEmpty() ? "'" : ",'")
                    .append(transition.getInstant())
                    .append('\'');
            offset(transition.getOffsetAfter());
            transition = rules.nextTransition(transition.getInstant());
        }
    }

    private void offset(ZoneOffset offset) {
        offsets.append(offsets.isEmpty() ? "" : ",").append(offset.getTotalSeconds());
    }

    /**
     * An expression of type {@code date}.
     *
     * @param column the name of a {@code timestamptz} column, put into the text as it is
     */
    public static String sql(ZoneId zone, String column) {
        LocalDay day = new LocalDay(zone);
        return "((" + column + " AT TIME ZONE 'UTC') + interval '1 second' * (ARRAY[" + day.offsets
                + "])[1 + width_bucket(" + column + ", ARRAY[" + day.starts + "]::timestamptz[])])::date";
    }
}
