package io.gamemetrics.infrastructure.erasures;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Plans somebody asked for: who is to be counted before anybody is erased. What is asked of read models stands in {@link
 * ErasureOrders} under the number of the plan, and goes with it. Safe for concurrent use, also by several processes. Every
 * method throws {@link ErasuresException} when the database can't be asked.
 */
public final class ErasurePlans {

    private final DataSource database;

    /** @param database one {@link ErasuresSchema#migrate} has been run on */
    public ErasurePlans(DataSource database) {
        this.database = database;
    }

    /**
     * A plan.
     *
     * @param plan the number its orders have in the place of a request's
     * @param askedAt by the database's clock: it is as old as this
     */
    public record Plan(UUID request, UUID plan, int subjects, Instant askedAt) {}

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Asks for a request's plan; one that was asked for already stays. */
    public Plan ask(UUID request, int subjects) {
        run(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO erasures.plan (request, plan, subjects) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")) {
                insert.setObject(1, request);
                insert.setObject(2, UUID.randomUUID());
                insert.setInt(3, subjects);
                return insert.executeUpdate();
            }
        });
        return find(request).orElseThrow();
    }

    public Optional<Plan> find(UUID request) {
        return run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT request, plan, subjects, asked_at FROM erasures.plan WHERE request = ?")) {
                select.setObject(1, request);
                return plans(select).stream().findFirst();
            }
        });
    }

    /**
     * Those there are, in the order of their requests; at most so many.
     *
     * @param after the last request of those before; absent: from the first on
     */
    public List<Plan> all(@Nullable UUID after, int most) {
        return run(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT request, plan, subjects, asked_at FROM erasures.plan"
                            + " WHERE request > ? OR ?::uuid IS NULL ORDER BY request LIMIT ?")) {
                select.setObject(1, after);
                select.setObject(2, after);
                select.setInt(3, most);
                return plans(select);
            }
        });
    }

    /** Takes a request's plan away, with all that was counted. */
    public void forget(UUID request) {
        run(connection -> {
            try (PreparedStatement delete = connection.prepareStatement("WITH gone AS (DELETE FROM erasures.plan"
                    + " WHERE request = ? RETURNING plan)"
                    + " DELETE FROM erasures.erasure e USING gone WHERE e.request = gone.plan")) {
                delete.setObject(1, request);
                return delete.executeUpdate();
            }
        });
    }

    /** Takes those away that were asked for longer ago, and what was counted late for one that is gone. */
    public void forgetOlderThan(Duration age) {
        run(connection -> {
            try (PreparedStatement old = connection.prepareStatement(
                            "DELETE FROM erasures.plan WHERE asked_at < clock_timestamp() - ? * interval '1 millisecond'");
                    PreparedStatement counted = connection.prepareStatement(
                            "DELETE FROM erasures.erasure e"
                                    + " WHERE step = 'PLAN' AND NOT EXISTS (SELECT FROM erasures.plan p WHERE p.plan = e.request)")) {
                old.setLong(1, age.toMillis());
                old.executeUpdate();
                return counted.executeUpdate();
            }
        });
    }

    private static List<Plan> plans(PreparedStatement select) throws SQLException {
        List<Plan> plans = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                plans.add(new Plan(
                        row.getObject(1, UUID.class),
                        row.getObject(2, UUID.class),
                        row.getInt(3),
                        row.getObject(4, OffsetDateTime.class).toInstant()));
            }
        }
        return plans;
    }

    private <T> T run(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new ErasuresException("a plan was not read or written", e);
        }
    }
}
