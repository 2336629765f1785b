package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.readstore.Cell;
import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.readstore.Entry;
import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.readstore.PostgresCheckpoints;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.QuarantinedStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** How often each stream was counted, a cell a game. */
final class CountingContents implements Contents {

    private final Connection connection;
    private final String schema;
    private final boolean isOfOneMoment;

    CountingContents(DataSource database, int version, boolean isOfOneMoment) {
        this.schema = ModelSchema.name("counting", version);
        this.isOfOneMoment = isOfOneMoment;
        try {
            connection = database.getConnection();
            if (isOfOneMoment) {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                connection.setAutoCommit(false);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Copies what a version counted of the games that are not rebuilt; again changes nothing. */
    static Map<Integer, Position> takeOver(DataSource database, CountingStore to, int from, LeftOut leftOut)
            throws SQLException {
        to.execute("CREATE TABLE IF NOT EXISTS " + to.schema()
                + ".taken (partition int, incarnation bigint, position bigint)");
        try (CountingContents before = new CountingContents(database, from, true)) {
            Connection connection = before.connection;
            Map<Integer, Position> known = new TreeMap<>();
            try (ResultSet rows =
                    connection.createStatement().executeQuery("SELECT * FROM " + to.schema() + ".taken")) {
                while (rows.next()) {
                    known.put(rows.getInt(1), new Position(rows.getLong(2), rows.getLong(3)));
                }
            }
            if (!known.isEmpty()) {
                return known;
            }
            UUID[] streams = before.streams().keySet().stream()
                    .filter(stream -> !leftOut.games().contains(LiveStream.gameOf(stream)))
                    .toArray(UUID[]::new);
            try (PreparedStatement copy = connection.prepareStatement("INSERT INTO " + to.schema()
                    + ".counted SELECT * FROM " + before.schema + ".counted WHERE stream = ANY(?)")) {
                copy.setArray(1, connection.createArrayOf("uuid", streams));
                copy.executeUpdate();
            }
            copyParked(connection, before.schema, to.schema(), leftOut);
            Map<Integer, Position> positions = before.positions();
            try (PreparedStatement mark =
                    connection.prepareStatement("INSERT INTO " + to.schema() + ".taken VALUES (?, ?, ?)")) {
                for (Map.Entry<Integer, Position> each : positions.entrySet()) {
                    mark.setInt(1, each.getKey());
                    mark.setLong(2, each.getValue().incarnation());
                    mark.setLong(3, each.getValue().number());
                    mark.executeUpdate();
                }
            }
            connection.commit();
            return positions;
        }
    }

    private static void copyParked(Connection connection, String from, String to, LeftOut leftOut) throws SQLException {
        PostgresCheckpoints checkpoints = new PostgresCheckpoints(from, "counting");
        for (int partition = 0; partition < LiveStream.PARTITIONS; partition++) {
            for (QuarantinedStream waiting : checkpoints.quarantined(connection, partition)) {
                if (!leftOut.has(waiting)) {
                    try (PreparedStatement copy = connection.prepareStatement("INSERT INTO " + to
                            + ".parked SELECT * FROM " + from + ".parked WHERE stream = ?" + " AND partition = ?")) {
                        copy.setObject(1, waiting.stream());
                        copy.setInt(2, partition);
                        copy.executeUpdate();
                    }
                }
            }
        }
    }

    @Override
    public boolean isOfOneMoment() {
        return isOfOneMoment;
    }

    @Override
    public Map<Integer, Position> positions() {
        try {
            return new PostgresCheckpoints(schema, "counting")
                    .readAll(connection).entrySet().stream()
                            .collect(Collectors.toMap(Map.Entry::getKey, each -> position(each.getValue())));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Position position(Checkpoint checkpoint) {
        return checkpoint.position();
    }

    @Override
    public void forEachCell(Consumer<Cell> each) {
        Map<Integer, List<Entry>> games = new TreeMap<>();
        streams()
                .forEach((stream, entry) ->
                        games.merge(LiveStream.gameOf(stream), List.of(entry), (some, more) -> Stream.concat(
                                        some.stream(), more.stream())
                                .toList()));
        games.forEach((game, entries) -> each.accept(new Cell(
                new Cell.Key("counts", game, ""),
                entries.size(),
                isOfOneMoment
                        ? OptionalLong.of(
                                entries.stream().mapToLong(Entry::hashCode).sum())
                        : OptionalLong.empty())));
    }

    @Override
    public void forEachPage(Cell.Key cell, Consumer<List<Entry>> each) {
        each.accept(streams().values().stream()
                .filter(entry -> LiveStream.gameOf(UUID.fromString(entry.key())) == cell.game())
                .toList());
    }

    @Override
    public Map<String, Entry> find(Cell.Key cell, Collection<String> keys) {
        return streams().values().stream()
                .filter(entry -> keys.contains(entry.key()))
                .collect(Collectors.toMap(Entry::key, entry -> entry));
    }

    private Map<UUID, Entry> streams() {
        try (ResultSet rows = connection
                .createStatement()
                .executeQuery(
                        "SELECT stream, sum(events), sum(sequences) FROM " + schema + ".counted GROUP BY stream")) {
            Map<UUID, Entry> entries = new TreeMap<>();
            while (rows.next()) {
                UUID stream = rows.getObject(1, UUID.class);
                entries.put(
                        stream, new Entry.Exact(stream.toString(), stream, rows.getLong(2) + "/" + rows.getLong(3)));
            }
            return entries;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
