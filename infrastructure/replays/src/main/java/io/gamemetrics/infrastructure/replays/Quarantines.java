package io.gamemetrics.infrastructure.replays;

import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Which streams wait, told by those who write the versions. Safe for concurrent use. Every method throws {@link
 * ReplaysException} when the database can't be asked.
 */
public final class Quarantines {

    /** Every column, in the order {@link #all} reads them. */
    static final String COLUMNS = "id, projection, version, partition, stream, tenant, incarnation, position, sequence,"
            + " type, revision, cause, events, since";

    private final Sql sql;

    /** @param database one {@link ReplaysSchema#migrate} has been run on */
    public Quarantines(DataSource database) {
        this.sql = new Sql(database);
    }

    /**
     * Replaces what was told of a partition.
     *
     * @param streams their {@code id} and {@code since} are the database's to say
     */
    public void tell(String projection, int version, int partition, List<WaitingStream> streams) {
        sql.change("quarantine of " + projection, connection -> {
            forgetOthers(connection, projection, version, partition, streams);
            if (!streams.isEmpty()) {
                upsert(connection, projection, version, partition, streams);
            }
            return null;
        });
    }

    /**
     * Streams that wait, in the order they were told of.
     *
     * @param projection absent: of all
     * @param cause absent: of any
     * @param after the {@code id} of the last one seen; 0 to begin
     */
    public List<WaitingStream> list(@Nullable String projection, @Nullable String cause, long after, int most) {
        return sql.ask(
                "quarantine",
                "SELECT " + COLUMNS + " FROM replays.quarantined WHERE (?::text IS NULL OR projection = ?)"
                        + " AND (?::text IS NULL OR cause = ?) AND id > ? ORDER BY id LIMIT ?",
                statement -> {
                    statement.setString(1, projection);
                    statement.setString(2, projection);
                    statement.setString(3, cause);
                    statement.setString(4, cause);
                    statement.setLong(5, after);
                    statement.setInt(6, most);
                },
                Quarantines::all);
    }

    /** Where a stream waits: versions and, for settings of a game, partitions. */
    public List<WaitingStream> of(String projection, UUID stream) {
        return sql.ask(
                "quarantine of " + projection,
                "SELECT " + COLUMNS + " FROM replays.quarantined WHERE projection = ? AND stream = ?"
                        + " ORDER BY version, partition",
                statement -> {
                    statement.setString(1, projection);
                    statement.setObject(2, stream);
                },
                Quarantines::all);
    }

    /** How many places these streams wait at, in all versions there are. */
    public long count(Collection<UUID> streams) {
        return sql.ask(
                "quarantine of some streams",
                "SELECT count(*) FROM replays.quarantined WHERE stream = ANY (?)",
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("uuid", streams.toArray())),
                rows -> {
                    rows.next();
                    return rows.getLong(1);
                });
    }

    /**
     * Takes a stream's name out of everything that is kept here, orders included, whose rest stays readable.
     *
     * @return rows that had it
     */
    public long forget(UUID stream) {
        return sql.change("a stream in quarantine", connection -> {
            long rows = 0;
            for (String statement : List.of(
                    "DELETE FROM replays.quarantined WHERE stream = ?",
                    "UPDATE replays.quarantine_target SET stream = NULL WHERE stream = ?",
                    "UPDATE replays.quarantine_order SET stream = NULL WHERE stream = ?")) {
                try (PreparedStatement forget = connection.prepareStatement(statement)) {
                    forget.setObject(1, stream);
                    rows += forget.executeUpdate();
                }
            }
            return rows;
        });
    }

    private static void forgetOthers(
            Connection connection, String projection, int version, int partition, List<WaitingStream> streams)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM replays.quarantined"
                + " WHERE projection = ? AND version = ? AND partition = ? AND stream <> ALL (?)")) {
            delete.setString(1, projection);
            delete.setInt(2, version);
            delete.setInt(3, partition);
            Object[] kept = streams.stream().map(WaitingStream::stream).toArray();
            delete.setArray(4, connection.createArrayOf("uuid", kept));
            delete.executeUpdate();
        }
    }

    private static void upsert(
            Connection connection, String projection, int version, int partition, List<WaitingStream> streams)
            throws SQLException {
        String sql =
                "INSERT INTO replays.quarantined AS q (projection, version, partition, stream, tenant, incarnation,"
                        + " position, sequence, type, revision, cause, events) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"
                        + " ON CONFLICT (projection, version, partition, stream) DO UPDATE SET tenant = excluded.tenant,"
                        + " incarnation = excluded.incarnation, position = excluded.position, sequence = excluded.sequence,"
                        + " type = excluded.type, revision = excluded.revision, cause = excluded.cause, events = excluded.events,"
                        + " since = CASE WHEN q.position = excluded.position THEN q.since ELSE clock_timestamp() END"
                        + " WHERE (q.incarnation, q.position, q.cause, q.events)"
                        + " IS DISTINCT FROM (excluded.incarnation, excluded.position, excluded.cause, excluded.events)";
        try (PreparedStatement upsert = connection.prepareStatement(sql)) {
            for (WaitingStream stream : streams) {
                upsert.setString(1, projection);
                upsert.setInt(2, version);
                upsert.setInt(3, partition);
                upsert.setObject(4, stream.stream());
                upsert.setInt(5, stream.tenant());
                upsert.setLong(6, stream.position().incarnation());
                upsert.setLong(7, stream.position().number());
                upsert.setLong(8, stream.sequence());
                upsert.setInt(9, stream.type());
                upsert.setInt(10, stream.revision());
                upsert.setString(11, stream.cause());
                upsert.setLong(12, stream.events());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    static List<WaitingStream> all(ResultSet rows) throws SQLException {
        List<WaitingStream> streams = new ArrayList<>();
        while (rows.next()) {
            streams.add(new WaitingStream(
                    rows.getLong(1),
                    rows.getString(2),
                    rows.getInt(3),
                    rows.getInt(4),
                    rows.getObject(5, UUID.class),
                    rows.getInt(6),
                    new Position(rows.getLong(7), rows.getLong(8)),
                    rows.getLong(9),
                    rows.getInt(10),
                    rows.getInt(11),
                    rows.getString(12),
                    rows.getLong(13),
                    rows.getObject(14, OffsetDateTime.class).toInstant()));
        }
        return streams;
    }
}
