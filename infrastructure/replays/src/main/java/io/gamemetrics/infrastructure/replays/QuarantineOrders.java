package io.gamemetrics.infrastructure.replays;

import io.gamemetrics.infrastructure.replays.QuarantineOrder.Kind;
import io.gamemetrics.infrastructure.replays.QuarantineRefused.Reason;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What operators order for streams that wait. An order is for what is told to wait when it is given, on every version and
 * partition; the instance that has the partition does it. Orders stay readable. Safe for concurrent use, also by several
 * processes. Every method throws {@link ReplaysException} when the database can't be asked.
 */
public final class QuarantineOrders {

    /** An order for all of a cause is for so many at most; the same again is for the rest. */
    public static final int MOST_TARGETS = 10_000;

    private final Sql sql;

    /** @param database one {@link ReplaysSchema#migrate} has been run on */
    public QuarantineOrders(DataSource database) {
        this.sql = new Sql(database);
    }

    /** Something that is to be done on one partition of a version. */
    public record Open(long target, UUID order, Kind kind, int partition, UUID stream, Position position) {}

    /**
     * What came of it.
     *
     * @param stoppedAt the event the stream waits for now, and why; absent when it waits no more
     */
    public record Outcome(
            long applied,
            int skipped,
            @Nullable Position stoppedAt,
            @Nullable String stoppedCause) {}

    /**
     * Orders that a stream's events are applied.
     *
     * @throws QuarantineRefused NOTHING_WAITS or ORDERED
     */
    public UUID retry(String projection, UUID stream, String actor) {
        return order(projection, Kind.RETRY, stream, null, null, null, actor);
    }

    /**
     * Orders that the events of all streams are applied that wait for this cause; of those without an order.
     *
     * @throws QuarantineRefused NOTHING_WAITS or ORDERED
     */
    public UUID retryAll(String projection, String cause, String actor) {
        return order(projection, Kind.RETRY, null, cause, null, null, actor);
    }

    /**
     * Orders that the event a stream waits for is passed over, and the others applied.
     *
     * @param position the event; absent: the one it waits for, where all versions wait for the same
     * @throws QuarantineRefused NOTHING_WAITS, ORDERED, WHICH or OTHER_EVENT
     */
    public UUID skip(String projection, UUID stream, @Nullable Position position, String reason, String actor) {
        return order(projection, Kind.SKIP, stream, null, position, reason, actor);
    }

    /** The order by this id. */
    public Optional<QuarantineOrder> find(UUID id) {
        return sql.read("quarantine order " + id, connection -> OrderRows.find(connection, id));
    }

    /** The latest orders, newest first, without what they are for. */
    public List<QuarantineOrder> latest(int most) {
        return sql.read("quarantine orders", connection -> OrderRows.latest(connection, most));
    }

    /** What is to be done on some partitions of a version, in order of the events that are waited for; at most so many. */
    public List<Open> open(String projection, int version, Set<Integer> partitions, int most) {
        return sql.ask(
                "quarantine orders of " + projection,
                "SELECT t.id, t.ordered, o.kind, t.partition, t.stream, t.incarnation, t.position"
                        + " FROM replays.quarantine_target t JOIN replays.quarantine_order o ON o.id = t.ordered"
                        + " WHERE t.state = 'OPEN' AND t.projection = ? AND t.version = ? AND t.stream IS NOT NULL"
                        + " AND t.partition = ANY (?) ORDER BY t.position, t.id LIMIT ?",
                statement -> {
                    statement.setString(1, projection);
                    statement.setInt(2, version);
                    statement.setArray(3, statement.getConnection().createArrayOf("integer", partitions.toArray()));
                    statement.setInt(4, most);
                },
                QuarantineOrders::open);
    }

    /** Notes what came of it. Twice is once. */
    public void done(long target, Outcome outcome) {
        sql.change("quarantine target " + target, connection -> {
            Position stopped = outcome.stoppedAt();
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE replays.quarantine_target SET state = ?,"
                            + " applied = ?, skipped = ?, stopped_incarnation = ?, stopped_position = ?, stopped_cause = ?,"
                            + " done_at = clock_timestamp() WHERE id = ? AND state = 'OPEN'")) {
                update.setString(1, stopped == null ? "RELEASED" : "STOPPED");
                update.setLong(2, outcome.applied());
                update.setInt(3, outcome.skipped());
                update.setObject(4, stopped == null ? null : stopped.incarnation());
                update.setObject(5, stopped == null ? null : stopped.number());
                update.setString(6, outcome.stoppedCause());
                update.setLong(7, target);
                update.executeUpdate();
            }
            return null;
        });
    }

    private UUID order(
            String projection,
            Kind kind,
            @Nullable UUID stream,
            @Nullable String cause,
            @Nullable Position position,
            @Nullable String reason,
            String actor) {
        return sql.change("quarantine order for " + projection, connection -> {
            OrderRows.lock(connection);
            List<WaitingStream> waiting = waiting(connection, projection, stream, cause);
            if (waiting.isEmpty()) {
                throw new QuarantineRefused(Reason.NOTHING_WAITS);
            }
            List<WaitingStream> meant = kind == Kind.SKIP ? at(position, waiting) : waiting;
            UUID id = UUID.randomUUID();
            OrderRows.insert(connection, id, projection, kind, stream, cause, actor, reason);
            if (OrderRows.insertTargets(connection, id, meant) == 0) {
                throw new QuarantineRefused(Reason.ORDERED);
            }
            return id;
        });
    }

    private static List<WaitingStream> at(@Nullable Position position, List<WaitingStream> waiting) {
        Position first = position == null ? waiting.getFirst().position() : position;
        List<WaitingStream> there = waiting.stream()
                .filter(stream -> stream.position().equals(first))
                .toList();
        if (there.isEmpty()) {
            throw new QuarantineRefused(Reason.OTHER_EVENT);
        }
        if (position == null && there.size() < waiting.size()) {
            throw new QuarantineRefused(Reason.WHICH);
        }
        return there;
    }

    private static List<WaitingStream> waiting(
            Connection connection, String projection, @Nullable UUID stream, @Nullable String cause)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + Quarantines.COLUMNS
                + " FROM replays.quarantined q WHERE projection = ? AND (stream = ? OR cause = ?)"
                // Of many of a cause, those that are ordered already are the last to be ordered again.
                + " ORDER BY EXISTS (SELECT FROM replays.quarantine_target t WHERE t.state = 'OPEN'"
                + " AND t.projection = q.projection AND t.version = q.version AND t.partition = q.partition"
                + " AND t.stream = q.stream), position LIMIT " + MOST_TARGETS)) {
            select.setString(1, projection);
            select.setObject(2, stream);
            select.setString(3, cause);
            try (ResultSet rows = select.executeQuery()) {
                return Quarantines.all(rows);
            }
        }
    }

    private static List<Open> open(ResultSet rows) throws SQLException {
        List<Open> open = new ArrayList<>();
        while (rows.next()) {
            open.add(new Open(
                    rows.getLong(1),
                    rows.getObject(2, UUID.class),
                    Kind.valueOf(rows.getString(3)),
                    rows.getInt(4),
                    rows.getObject(5, UUID.class),
                    new Position(rows.getLong(6), rows.getLong(7))));
        }
        return open;
    }
}
