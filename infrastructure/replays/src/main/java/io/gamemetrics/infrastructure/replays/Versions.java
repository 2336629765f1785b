package io.gamemetrics.infrastructure.replays;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import javax.sql.DataSource;

/** Which versions of read models there are. Safe for concurrent use. */
public final class Versions {

    /**
     * How long a version stays after nobody may begin to read it: longer than any request takes, and than any reader
     * takes to notice.
     */
    public static final Duration GRACE = Duration.ofSeconds(30);

    private final Sql sql;

    /** @param database one {@link ReplaysSchema#migrate} has been run on, or will be */
    public Versions(DataSource database) {
        this.sql = new Sql(database);
    }

    /** The version readers ask; absent before the projection ran for the first time. */
    public OptionalInt active(String projection) {
        return sql.ask(
                "the active version of " + projection,
                "SELECT number FROM replays.version WHERE projection = ? AND state = 'ACTIVE'",
                statement -> statement.setString(1, projection),
                rows -> rows.next() ? OptionalInt.of(rows.getInt(1)) : OptionalInt.empty());
    }

    /** Notes that a projection runs; the first time, makes version 1 of its read model the active one. */
    public void register(KnownProjection projection) {
        sql.change("projection " + projection, connection -> {
            try (PreparedStatement upsert = connection.prepareStatement(
                    "INSERT INTO replays.projection AS p (name, partitions, rebuildable, handlers) VALUES (?, ?, ?, ?)"
                            + " ON CONFLICT (name) DO UPDATE SET partitions = excluded.partitions,"
                            + " rebuildable = excluded.rebuildable, handlers = excluded.handlers")) {
                upsert.setString(1, projection.name());
                upsert.setInt(2, projection.partitions());
                upsert.setBoolean(3, projection.isRebuildable());
                upsert.setInt(4, projection.handlers());
                upsert.executeUpdate();
            }
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO replays.version (projection, number, handlers, state) SELECT ?, 1, ?, 'ACTIVE'"
                            + " WHERE NOT EXISTS (SELECT FROM replays.version WHERE projection = ?) ON CONFLICT DO NOTHING")) {
                insert.setString(1, projection.name());
                insert.setInt(2, projection.handlers());
                insert.setString(3, projection.name());
                insert.executeUpdate();
            }
            return null;
        });
    }

    /** All projections that ever ran, by name. */
    public List<KnownProjection> projections() {
        return sql.ask(
                "projections",
                "SELECT name, partitions, rebuildable, handlers FROM replays.projection ORDER BY name",
                statement -> {},
                rows -> {
                    List<KnownProjection> projections = new ArrayList<>();
                    while (rows.next()) {
                        projections.add(new KnownProjection(
                                rows.getString(1), rows.getInt(2), rows.getBoolean(3), rows.getInt(4)));
                    }
                    return projections;
                });
    }

    /** All versions of a projection that are not {@code DROPPED}, by number. */
    public List<Version> of(String projection) {
        return sql.read("versions of " + projection, connection -> read(connection, projection));
    }

    /** Notes that a version's store is gone. */
    public void dropped(Version version) {
        sql.change("dropping " + version, connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "UPDATE replays.version SET state = 'DROPPED', changed_at = clock_timestamp()"
                            + " WHERE projection = ? AND number = ? AND state = 'DROPPING'")) {
                update.setString(1, version.projection());
                update.setInt(2, version.number());
                update.executeUpdate();
            }
            try (PreparedStatement close = connection.prepareStatement(
                    "UPDATE replays.quarantine_target SET state = 'GONE', done_at = clock_timestamp()"
                            + " WHERE projection = ? AND version = ? AND state = 'OPEN'")) {
                close.setString(1, version.projection());
                close.setInt(2, version.number());
                close.executeUpdate();
            }
            for (String table : List.of("progress", "milestone", "tail", "taken_over", "quarantined", "begun_with")) {
                try (PreparedStatement delete = connection.prepareStatement(
                        "DELETE FROM replays." + table + " WHERE projection = ? AND version = ?")) {
                    delete.setString(1, version.projection());
                    delete.setInt(2, version.number());
                    delete.executeUpdate();
                }
            }
            return null;
        });
    }

    private static List<Version> read(Connection connection, String projection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT number, handlers, state, changed_at FROM replays.version WHERE projection = ? AND state <> 'DROPPED'"
                        + " ORDER BY number")) {
            select.setString(1, projection);
            try (ResultSet rows = select.executeQuery()) {
                List<Version> versions = new ArrayList<>();
                while (rows.next()) {
                    versions.add(new Version(
                            projection,
                            rows.getInt(1),
                            rows.getInt(2),
                            Version.State.valueOf(rows.getString(3)),
                            rows.getObject(4, OffsetDateTime.class).toInstant()));
                }
                return versions;
            }
        }
    }
}
