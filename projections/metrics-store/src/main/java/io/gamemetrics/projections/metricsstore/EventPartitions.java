package io.gamemetrics.projections.metricsstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One partition a month (UTC) on plain PostgreSQL, made when its first event comes: late events reach back to 2000.
 * Attached, not created in place, so that running batches and readers go on. Safe for concurrent use.
 */
final class EventPartitions {

    private final Set<YearMonth> existing = ConcurrentHashMap.newKeySet();

    /** The connection must not be in a transaction. */
    void ensure(Connection connection, Collection<Instant> instants) throws SQLException {
        Set<YearMonth> missing = new TreeSet<>();
        for (Instant instant : instants) {
            YearMonth month = YearMonth.from(instant.atOffset(ZoneOffset.UTC));
            if (!existing.contains(month)) {
                missing.add(month);
            }
        }
        for (YearMonth month : missing) {
            String name = "event_%04d_%02d".formatted(month.getYear(), month.getMonthValue());
            try (Statement statement = connection.createStatement()) {
                statement.execute("DO $$ BEGIN PERFORM pg_advisory_xact_lock(hashtext('metrics.event'));"
                        + " IF to_regclass('" + name + "') IS NULL THEN CREATE TABLE " + name
                        + " (LIKE event INCLUDING ALL); ALTER TABLE event ATTACH PARTITION " + name
                        + " FOR VALUES FROM ('" + month.atDay(1) + " 00:00+00') TO ('"
                        + month.plusMonths(1).atDay(1) + " 00:00+00'); END IF; END $$");
            }
            existing.add(month);
        }
    }

    /**
     * The statements that take all months away that end before or at an instant, each to be run by itself, in order.
     * Detaching waits for whoever reads or writes events now and lets everybody else go on; broken off, it is taken up
     * again.
     */
    static List<String> drops(Connection connection, Instant before) throws SQLException {
        List<String> drops = new ArrayList<>();
        new Sql()
                .add("SELECT c.relname, i.inhrelid IS NOT NULL, i.inhdetachpending FROM pg_class c"
                        + " LEFT JOIN pg_inherits i ON i.inhrelid = c.oid WHERE c.relnamespace = current_schema()::regnamespace"
                        + " AND c.relkind = 'r' AND c.relname ~ '^event_[0-9]{4}_[0-9]{2}$'"
                        // One that is being detached keeps all others from it.
                        + " ORDER BY i.inhdetachpending DESC NULLS LAST, c.relname")
                .forEach(connection, row -> {
                    String name = row.getString(1);
                    LocalDate first = LocalDate.parse(name.substring(6).replace('_', '-') + "-01");
                    Instant end = first.plusMonths(1).atStartOfDay().toInstant(ZoneOffset.UTC);
                    if (!end.isAfter(before)) {
                        if (row.getBoolean(2)) {
                            drops.add("ALTER TABLE event DETACH PARTITION " + name
                                    + (row.getBoolean(3) ? " FINALIZE" : " CONCURRENTLY"));
                        }
                        drops.add("DROP TABLE " + name);
                    }
                });
        return drops;
    }
}
