package io.gamemetrics.projections.metricsstore;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Measures the events of one name, those without a player included. */
record EventQuery(
        Connection connection,
        GameRow game,
        NameQuery name,
        Measure measure,
        @Nullable String field,
        Buckets buckets,
        ChartLayers layers) {

    /** Values by labels and bucket, the total under {@link FigureQuery#TOTAL}. */
    Map<List<String>, Map<Integer, BigDecimal>> run(List<Dimension> by, Filter where) throws SQLException {
        Map<List<String>, Map<Integer, BigDecimal>> lines = new HashMap<>();
        Splits splits = new Splits(
                where,
                by,
                Overflow.read(connection, game, by, buckets, Overflow.dayOf(buckets, game, "f.occurred_at")));
        boolean sums = field == null && measure != Measure.PLAYERS && ChartQuery.isOfEvents(by, where);
        for (String bucket : List.of("width_bucket(f.occurred_at, b.bounds) - 1", "-1")) {
            Sql sql = sums ? sums(bucket, splits) : each(bucket, splits);
            sql.add(" AND " + name.condition()).add(splits.conditions()).add(" GROUP BY 1" + splits.places(2));
            sql.forEach(connection, row -> {
                BigDecimal value = measured(row, 2 + by.size());
                if (value != null) {
                    lines.computeIfAbsent(splits.read(row, 2), key -> new HashMap<>())
                            .put(row.getInt(1), value);
                }
            });
        }
        return lines;
    }

    private Sql sums(String bucket, Splits splits) {
        return new Sql()
                .add("SELECT " + bucket)
                .add(splits.labels())
                .add(", sum(f.events), 0, sum(f.value), sum(f.value_count)")
                .instants(" FROM (SELECT ?::timestamptz[] AS bounds) b CROSS JOIN ", buckets.bounds())
                .add(layers.from(game) + splits.joins() + " WHERE true");
    }

    private Sql each(String bucket, Splits splits) {
        return new Sql()
                .add("SELECT " + bucket)
                .add(splits.labels())
                .add(", count(*), count(DISTINCT f.player) FILTER (WHERE f.player >= 0), sum(v.value), count(v.value)")
                .instants(" FROM (SELECT ?::timestamptz[] AS bounds) b CROSS JOIN event f", buckets.bounds())
                .add(value())
                .add(splits.joins() + " LEFT JOIN player p ON p.game = f.game AND p.player = f.player")
                .add(" WHERE f.game = ?", game.number())
                .add(" AND f.occurred_at >= '" + buckets.from() + "' AND f.occurred_at < '" + buckets.to() + "'");
    }

    private Sql value() {
        return field == null
                ? new Sql().add(" CROSS JOIN LATERAL (SELECT f.value) v(value)")
                : new Sql()
                        .add(
                                " CROSS JOIN LATERAL (SELECT f.field_values[array_position(f.field_ids, (SELECT id FROM term"
                                        + " WHERE game = f.game AND sort = 'f' AND key = ?))]) v(value)",
                                Terms.key(new Terms.Term(game.number(), Terms.FIELD, List.of(field))));
    }

    private @Nullable BigDecimal measured(ResultSet row, int first) throws SQLException {
        return switch (measure) {
            case COUNT -> row.getBigDecimal(first);
            case PLAYERS -> row.getBigDecimal(first + 1);
            case SUM_VALUE -> row.getBigDecimal(first + 2);
            case MEAN_VALUE ->
                row.getLong(first + 3) == 0
                        ? null
                        : row.getBigDecimal(first + 2).divide(row.getBigDecimal(first + 3), 6, RoundingMode.HALF_UP);
        };
    }

    /** What a bucket without events shows. */
    static @Nullable BigDecimal nothing(Measure measure) {
        return measure == Measure.MEAN_VALUE ? null : BigDecimal.ZERO;
    }
}
