package io.gamemetrics.projections.metricsstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The days on which a dimension has more than {@link Dimension#VALUES_PER_DAY} values, and which of those are told
 * apart: the ones with most events of players that day, then by label. Decided when asked, so that a replay and every
 * order of arrival give the same answer. Immutable once read.
 */
final class Overflow {

    private final Map<Dimension, Kept> kept = new EnumMap<>(Dimension.class);
    private final String day;

    private static final class Kept {
        final Set<LocalDate> days = new TreeSet<>();
        final List<LocalDate> keptDays = new ArrayList<>();
        final List<String> labels = new ArrayList<>();
    }

    private Overflow(String day) {
        this.day = day;
    }

    /** No dimension at all. */
    static Overflow none() {
        return new Overflow("");
    }

    /** @param day the SQL expression of the local day at hand, in the query the labels are for */
    static Overflow read(Connection connection, GameRow game, List<Dimension> by, Buckets buckets, String day)
            throws SQLException {
        Overflow overflow = new Overflow(day);
        for (Dimension dimension : by) {
            overflow.read(connection, game, dimension, buckets);
        }
        return overflow;
    }

    private void read(Connection connection, GameRow game, Dimension dimension, Buckets buckets) throws SQLException {
        Splits split = new Splits(Filter.ALL, List.of(dimension), none());
        Sql days = new Sql();
        switch (dimension) {
            case PLATFORM, COUNTRY, APP_VERSION, EXPERIMENT ->
                days.add("SELECT f.day, " + Splits.label(dimension) + ", sum(f.events) FROM segment_day f"
                        + split.joins());
            case ACQUISITION, COHORT_DAY -> {
                String column = dimension == Dimension.ACQUISITION ? "acquisition" : "first_day";
                long[] values = {0};
                new Sql()
                        .add("SELECT count(DISTINCT " + column + ") FROM player WHERE game = ?", game.number())
                        .forEach(connection, row -> values[0] = row.getLong(1));
                if (values[0] < Dimension.VALUES_PER_DAY) {
                    return;
                }
                days.add("SELECT f.day, " + Splits.label(dimension)
                        + ", sum(f.events) FROM player_day f JOIN player p USING (game, player)");
            }
            case PAYER -> {
                return;
            }
        }
        days.add(" WHERE f.game = ?", game.number())
                .add(" AND f.day BETWEEN ?", buckets.days().getFirst())
                .add(" AND ?", buckets.days().getLast())
                .add(" GROUP BY 1, 2");
        Kept many = new Kept();
        new Sql()
                .add(
                        "SELECT day, label FROM (SELECT day, label, count(*) OVER (PARTITION BY day) AS labels,"
                                + " row_number() OVER (PARTITION BY day ORDER BY events DESC, label COLLATE \"C\") AS place FROM (")
                .add(days)
                .add(") d(day, label, events)) r WHERE labels > " + Dimension.VALUES_PER_DAY + " AND place <= "
                        + Dimension.VALUES_PER_DAY)
                .forEach(connection, row -> {
                    many.days.add(row.getObject(1, LocalDate.class));
                    many.keptDays.add(row.getObject(1, LocalDate.class));
                    many.labels.add(row.getString(2));
                });
        if (!many.days.isEmpty()) {
            kept.put(dimension, many);
        }
    }

    /** The label, or {@link Dimension#OTHER} where it is not kept on its day. */
    Sql label(Dimension dimension, String label) {
        Kept many = kept.get(dimension);
        if (many == null) {
            return new Sql().add(label);
        }
        return new Sql()
                .days("CASE WHEN " + day + " = ANY(?)", many.days)
                .days(" AND (" + day + ", " + label + ") NOT IN (SELECT * FROM unnest(?::date[], ", many.keptDays)
                .texts("?::text[])) THEN '" + Dimension.OTHER + "' ELSE " + label + " END", many.labels);
    }

    /** The SQL expression of the local day of an instant. */
    static String dayOf(Buckets buckets, GameRow game, String instant) {
        List<LocalDate> days = buckets.days().stream().distinct().toList();
        StringBuilder bounds = new StringBuilder();
        for (LocalDate day : days) {
            Instant start = game.startOf(day);
            bounds.append(bounds.isEmpty() ? "'" : ",'").append(start).append('\'');
        }
        return "('" + days.getFirst() + "'::date + width_bucket(" + instant + ", ARRAY[" + bounds
                + "]::timestamptz[]) - 1)";
    }
}
