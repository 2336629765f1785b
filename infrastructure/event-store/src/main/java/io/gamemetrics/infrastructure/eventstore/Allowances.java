package io.gamemetrics.infrastructure.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What each tenant may take, together over all who share the database: a bucket into which a steady rate flows. The
 * database's clock counts. Taking waits for no disk. Safe for concurrent use.
 */
public final class Allowances {

    /** The subquery locks the row, so what it computes is what is written. */
    private static final String TAKE = """
            UPDATE allowance SET filled_at = now.at, tokens = now.tokens - now.taken
            FROM (
                SELECT tenant, at, tokens,
                       CASE WHEN tokens >= least(?, ?::double precision)
                            THEN ? + greatest(0, least(?, floor(tokens - ?))) ELSE 0 END AS taken
                FROM (
                    SELECT tenant, clock_timestamp() AS at,
                           least(?::double precision, tokens + ?::double precision
                               * greatest(0, extract(epoch FROM clock_timestamp() - filled_at))) AS tokens
                    FROM allowance WHERE tenant = ? FOR UPDATE
                ) AS filled
            ) AS now
            WHERE allowance.tenant = now.tenant
            RETURNING now.taken, allowance.tokens
            """;

    private final DataSource connections;

    Allowances(DataSource connections) {
        this.connections = connections;
    }

    /**
     * What came of asking.
     *
     * @param taken 0 when it was refused
     * @param left what is left; less than 0 while a large amount is being paid for
     */
    public record Taken(long taken, double left) {}

    /**
     * Takes an amount, or nothing. More than a whole bucket is granted when the bucket is full, and leaves a debt.
     *
     * @param perSecond what flows in, more than 0
     * @param burst what fits in, 1 or more
     * @param amount 1 or more
     * @param spare so much more at most, when it is there: to hand out without asking again
     */
    public Taken take(int tenant, double perSecond, double burst, long amount, long spare) {
        try (Connection connection = connections.getConnection()) {
            Taken taken = tryTake(connection, tenant, perSecond, burst, amount, spare);
            if (taken != null) {
                return taken;
            }
            try (PreparedStatement insert = connection.prepareStatement("""
                    INSERT INTO allowance (tenant, tokens, filled_at) VALUES (?, ?, clock_timestamp())
                    ON CONFLICT DO NOTHING
                    """)) {
                insert.setInt(1, tenant);
                insert.setDouble(2, burst);
                insert.executeUpdate();
            }
            taken = tryTake(connection, tenant, perSecond, burst, amount, spare);
            if (taken == null) {
                throw new EventStoreException("the allowance of a tenant vanished", null);
            }
            return taken;
        } catch (SQLException e) {
            throw new EventStoreException("the allowances cannot be reached: " + e.getSQLState(), e);
        }
    }

    private static @Nullable Taken tryTake(
            Connection connection, int tenant, double perSecond, double burst, long amount, long spare)
            throws SQLException {
        try (PreparedStatement take = connection.prepareStatement(TAKE)) {
            take.setDouble(1, (double) amount);
            take.setDouble(2, burst);
            take.setDouble(3, (double) amount);
            take.setDouble(4, (double) spare);
            take.setDouble(5, (double) amount);
            take.setDouble(6, burst);
            take.setDouble(7, perSecond);
            take.setInt(8, tenant);
            try (ResultSet row = take.executeQuery()) {
                return row.next() ? new Taken((long) row.getDouble(1), row.getDouble(2)) : null;
            }
        }
    }
}
