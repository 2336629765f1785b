package io.gamemetrics.infrastructure.replays;

import java.sql.PreparedStatement;
import java.sql.Types;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * How much room each read model takes and has. Safe for concurrent use. Every method throws {@link ReplaysException} when
 * the database can't be asked.
 */
public final class Rooms {

    private final Sql sql;

    /** @param database one {@link ReplaysSchema#migrate} has been run on */
    public Rooms(DataSource database) {
        this.sql = new Sql(database);
    }

    /** Replaces what was told. */
    public void tell(String projection, Room room) {
        sql.change("room of " + projection, connection -> {
            try (PreparedStatement upsert = connection.prepareStatement(
                    "INSERT INTO replays.room (projection, version_bytes, free_bytes) VALUES (?, ?, ?)"
                            + " ON CONFLICT (projection) DO UPDATE SET version_bytes = excluded.version_bytes,"
                            + " free_bytes = excluded.free_bytes, told_at = clock_timestamp()")) {
                upsert.setString(1, projection);
                if (room.versionBytes().isPresent()) {
                    upsert.setLong(2, room.versionBytes().getAsLong());
                } else {
                    upsert.setNull(2, Types.BIGINT);
                }
                upsert.setLong(3, room.freeBytes());
                upsert.executeUpdate();
            }
            return null;
        });
    }

    /** What was told last; absent before that. */
    public Optional<Room> of(String projection) {
        return sql.ask(
                "room of " + projection,
                "SELECT version_bytes, free_bytes FROM replays.room WHERE projection = ?",
                statement -> statement.setString(1, projection),
                rows -> {
                    if (!rows.next()) {
                        return Optional.empty();
                    }
                    long bytes = rows.getLong(1);
                    return Optional.of(
                            new Room(rows.wasNull() ? OptionalLong.empty() : OptionalLong.of(bytes), rows.getLong(2)));
                });
    }
}
