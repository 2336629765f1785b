package io.gamemetrics.projections.metricsstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows each player's events through the steps, in one pass over the events in question. Used by one thread. */
final class FunnelQuery {

    private final List<String> steps;
    private final List<NameQuery> names = new ArrayList<>();
    private final Duration within;
    private final Buckets days;
    private final Map<String, long[]> reached = new HashMap<>();

    /** By step the latest beginning from which it was reached: the one that leaves most time for the rest. */
    private final @Nullable Instant[] began;

    FunnelQuery(List<String> steps, Duration within, Buckets days) {
        this.steps = steps;
        this.within = within;
        this.days = days;
        this.began = new Instant[steps.size()];
    }

    Funnel run(Connection connection, GameRow game, @Nullable Dimension by, Filter where) throws SQLException {
        for (String step : steps) {
            names.add(NameQuery.find(connection, game, step));
        }
        List<Dimension> split = by == null ? List.of() : List.of(by);
        Splits splits = new Splits(
                where,
                split,
                Overflow.read(connection, game, split, days, Overflow.dayOf(days, game, "f.occurred_at")));
        String any =
                String.join(" OR ", names.stream().map(NameQuery::condition).toList());
        Sql sql = new Sql()
                .add("SELECT f.player, f.occurred_at, f.kind, f.name")
                .add(splits.labels())
                .add(" FROM event f" + splits.joins() + " JOIN player p ON p.game = f.game AND p.player = f.player")
                .add(" WHERE f.game = ?", game.number())
                .add(" AND f.player >= 0 AND (" + any + ") AND f.occurred_at >= '" + days.from()
                        + "' AND f.occurred_at < '" + days.to().plus(within).plusMillis(1) + "'")
                .add(splits.conditions())
                .add(" ORDER BY f.player" + (by == null ? "" : ", 5")
                        + ", f.occurred_at, f.sequence, f.source NULLS FIRST");
        String[] last = {null};
        int[] lastPlayer = {EventRow.NO_PLAYER};
        boolean[] done = new boolean[steps.size()];
        sql.forEach(connection, row -> {
            String label = by == null ? "" : row.getString(5);
            if (row.getInt(1) != lastPlayer[0] || !label.equals(last[0])) {
                count(last[0], done);
                Arrays.fill(done, false);
                Arrays.fill(began, null);
                lastPlayer[0] = row.getInt(1);
                last[0] = label;
            }
            follow(row.getTimestamp(2).toInstant(), row.getInt(3), row.getInt(4), done);
        });
        count(last[0], done);
        if (by == null) {
            reached.putIfAbsent("", new long[steps.size()]);
        }
        return new Funnel(reached.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<String, long[]> e) -> -e.getValue()[0])
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MetricsReader.MAX_SERIES)
                .map(e -> new Funnel.Series(by == null ? null : e.getKey(), steps(e.getValue())))
                .toList());
    }

    /** Last step first, so that one event is one step of a way. */
    private void follow(Instant at, int kind, int name, boolean[] done) {
        for (int step = steps.size() - 1; step >= 0; step--) {
            if (!names.get(step).matches(kind, name)) {
                continue;
            }
            if (step == 0) {
                if (at.isBefore(days.to())) {
                    began[0] = at;
                    done[0] = true;
                }
                continue;
            }
            Instant beginning = began[step - 1];
            if (beginning != null && Duration.between(beginning, at).compareTo(within) <= 0) {
                Instant known = began[step];
                began[step] = known == null || known.isBefore(beginning) ? beginning : known;
                done[step] = true;
            }
        }
    }

    private void count(@Nullable String label, boolean[] done) {
        if (label == null || !done[0]) {
            return;
        }
        long[] counts = reached.computeIfAbsent(label, key -> new long[steps.size()]);
        for (int step = 0; step < done.length; step++) {
            counts[step] += done[step] ? 1 : 0;
        }
    }

    private List<Funnel.Step> steps(long[] counts) {
        List<Funnel.Step> list = new ArrayList<>();
        for (int step = 0; step < counts.length; step++) {
            list.add(new Funnel.Step(
                    steps.get(step),
                    counts[step],
                    Figures.ratio(counts[step], counts[0]),
                    Figures.ratio(counts[step], counts[Math.max(0, step - 1)])));
        }
        return list;
    }
}
