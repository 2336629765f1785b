package io.gamemetrics.projections.metricsstore;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a filter and dimensions mean in SQL, over a row {@code f} with a segment and a player's row {@code p} that may be
 * missing.
 *
 * @param where what counts
 * @param by what each value has a line of its own for
 */
record Splits(Filter where, List<Dimension> by, Overflow overflow) {

    private static final String EXPERIMENTS =
            "CASE WHEN cardinality(s.parts) > 3 THEN s.parts[4:] ELSE ARRAY['(none)'] END";

    /** Whether it splits by nothing but what stands on events themselves. */
    boolean isOfSegments() {
        return by.stream().allMatch(dimension -> switch (dimension) {
            case PLATFORM, COUNTRY, APP_VERSION, EXPERIMENT -> true;
            case ACQUISITION, COHORT_DAY, PAYER -> false;
        });
    }

    /** The segment's row, and a line an experiment where that is asked for. */
    String joins() {
        return " JOIN term s ON s.id = f.segment"
                + (by.contains(Dimension.EXPERIMENT) ? " CROSS JOIN LATERAL unnest(" + EXPERIMENTS + ") x(label)" : "");
    }

    /** {@code , label, label} or nothing. */
    Sql labels() {
        Sql sql = new Sql();
        for (Dimension dimension : by) {
            sql.add(", ").add(overflow.label(dimension, label(dimension)));
        }
        return sql;
    }

    /** {@code , 2, 3}: the labels' places in a GROUP BY, counted from the first. */
    String places(int first) {
        StringBuilder places = new StringBuilder();
        for (int place = first; place < first + by.size(); place++) {
            places.append(", ").append(place);
        }
        return places.toString();
    }

    List<String> read(ResultSet row, int first) throws SQLException {
        List<String> labels = new ArrayList<>();
        for (int place = first; place < first + by.size(); place++) {
            labels.add(row.getString(place));
        }
        return labels;
    }

    static String label(Dimension dimension) {
        return switch (dimension) {
            case PLATFORM -> "coalesce(s.parts[1], '(none)')";
            case COUNTRY -> "coalesce(s.parts[2], '(none)')";
            case APP_VERSION -> "coalesce(s.parts[3], '(none)')";
            case EXPERIMENT -> "x.label";
            case ACQUISITION -> "coalesce(p.acquisition, '(none)')";
            case COHORT_DAY -> "coalesce(p.first_day::text, '(none)')";
            case PAYER -> "CASE WHEN p.player IS NULL THEN '(none)' ELSE (p.paid_at IS NOT NULL)::text END";
        };
    }

    /** {@code  AND … AND …} or nothing. */
    Sql conditions() {
        Sql sql = new Sql();
        if (!where.platforms().isEmpty()) {
            sql.texts(" AND coalesce(s.parts[1], '(none)') = ANY(?)", where.platforms());
        }
        if (!where.countries().isEmpty()) {
            sql.texts(" AND coalesce(s.parts[2], '(none)') = ANY(?)", where.countries());
        }
        if (!where.appVersions().isEmpty()) {
            sql.texts(" AND coalesce(s.parts[3], '(none)') = ANY(?)", where.appVersions());
        }
        if (!where.experiments().isEmpty()) {
            sql.texts(" AND (" + EXPERIMENTS + ") && ?", where.experiments());
        }
        if (!where.acquisitions().isEmpty()) {
            sql.texts(" AND coalesce(p.acquisition, '(none)') = ANY(?)", where.acquisitions());
        }
        if (where.cohortFrom() != null) {
            sql.add(" AND p.first_day >= ?", where.cohortFrom());
        }
        if (where.cohortTo() != null) {
            sql.add(" AND p.first_day <= ?", where.cohortTo());
        }
        if (where.payer() != null) {
            sql.add(" AND p.player IS NOT NULL AND (p.paid_at IS NOT NULL) = ?", where.payer());
        }
        return sql;
    }
}
