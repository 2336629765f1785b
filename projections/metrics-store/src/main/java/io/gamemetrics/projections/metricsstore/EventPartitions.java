package io.gamemetrics.projections.metricsstore;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
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
            String name = "metrics.event_%04d_%02d".formatted(month.getYear(), month.getMonthValue());
            try (Statement statement = connection.createStatement()) {
                statement.execute("DO $$ BEGIN PERFORM pg_advisory_xact_lock(hashtext('metrics.event'));"
                        + " IF to_regclass('" + name + "') IS NULL THEN CREATE TABLE " + name
                        + " (LIKE metrics.event INCLUDING ALL); ALTER TABLE metrics.event ATTACH PARTITION " + name
                        + " FOR VALUES FROM ('" + month.atDay(1) + " 00:00+00') TO ('"
                        + month.plusMonths(1).atDay(1) + " 00:00+00'); END IF; END $$");
            }
            existing.add(month);
        }
    }
}
