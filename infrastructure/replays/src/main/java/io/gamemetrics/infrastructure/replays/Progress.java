package io.gamemetrics.infrastructure.replays;

import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;

/**
 * How far versions are, told by those who write them. Safe for concurrent use. Every method throws {@link
 * ReplaysException} when the database can't be asked.
 */
public final class Progress {

    private static final String COLUMNS = "partition, instance, incarnation, position, head, as_of, handled,"
            + " events_per_second, head_per_second, quarantined, problem";

    private final Sql sql;

    /** @param database one {@link ReplaysSchema#migrate} has been run on */
    public Progress(DataSource database) {
        this.sql = new Sql(database);
    }

    /** Replaces what was told of these partitions. When it was told is the database's to say. */
    public void tell(String projection, int version, Collection<PartitionProgress> partitions) {
        String upsert =
                "INSERT INTO replays.progress (projection, version, " + COLUMNS + ") VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"
                        + " ON CONFLICT (projection, version, partition) DO UPDATE SET instance = excluded.instance,"
                        + " incarnation = excluded.incarnation, position = excluded.position, head = excluded.head,"
                        + " as_of = excluded.as_of, handled = excluded.handled, events_per_second = excluded.events_per_second,"
                        + " head_per_second = excluded.head_per_second, quarantined = excluded.quarantined,"
                        + " problem = excluded.problem, told_at = clock_timestamp()";
        if (partitions.isEmpty()) {
            return;
        }
        sql.change("progress of " + projection, connection -> {
            try (Statement quick = connection.createStatement()) {
                // Told again in a moment: a server that crashes may forget it.
                quick.execute("SET LOCAL synchronous_commit TO off");
            }
            try (PreparedStatement statement = connection.prepareStatement(upsert)) {
                for (PartitionProgress partition : partitions) {
                    statement.setString(1, projection);
                    statement.setInt(2, version);
                    statement.setInt(3, partition.partition());
                    statement.setString(4, partition.instance());
                    statement.setLong(5, partition.position().incarnation());
                    statement.setLong(6, partition.position().number());
                    statement.setLong(7, partition.head());
                    statement.setObject(8, partition.asOf().atOffset(ZoneOffset.UTC));
                    statement.setLong(9, partition.handled());
                    statement.setDouble(10, partition.eventsPerSecond());
                    statement.setDouble(11, partition.headPerSecond());
                    statement.setInt(12, partition.quarantined());
                    statement.setString(13, partition.problem());
                    statement.addBatch();
                }
                statement.executeBatch();
            }
            return null;
        });
    }

    /** What was told last. */
    public VersionProgress of(String projection, int version) {
        return sql.read("progress of " + projection, connection -> read(connection, projection, version));
    }

    static VersionProgress read(Connection connection, String projection, int version) throws SQLException {
        // The outer join: the clock is wanted also when nothing was told.
        String query = "SELECT clock_timestamp(), told_at, " + COLUMNS
                + " FROM (SELECT) AS one LEFT JOIN replays.progress ON projection = ? AND version = ? ORDER BY partition";
        try (PreparedStatement select = connection.prepareStatement(query)) {
            select.setString(1, projection);
            select.setInt(2, version);
            try (ResultSet rows = select.executeQuery()) {
                return read(rows);
            }
        }
    }

    private static VersionProgress read(ResultSet rows) throws SQLException {
        List<PartitionProgress> partitions = new ArrayList<>();
        Instant now = Instant.EPOCH;
        while (rows.next()) {
            now = instant(rows, 1);
            if (rows.getObject(2) != null) {
                partitions.add(new PartitionProgress(
                        rows.getInt(3),
                        rows.getString(4),
                        new Position(rows.getLong(5), rows.getLong(6)),
                        rows.getLong(7),
                        instant(rows, 8),
                        rows.getLong(9),
                        rows.getDouble(10),
                        rows.getDouble(11),
                        rows.getInt(12),
                        rows.getString(13),
                        instant(rows, 2)));
            }
        }
        return new VersionProgress(now, partitions);
    }

    private static Instant instant(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }
}
