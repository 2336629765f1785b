package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.LeftOut;
import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.readstore.PostgresTakeOver;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/**
 * Begins a version of the metrics with the rows of another one, of all games but some. Events are kept from the same moment
 * on in both, charts are made anew, and what was parked stays parked. Of a game that is left out only its settings are
 * taken: its days are counted in its time zone from the first event on, since by the time they were in another one the
 * events of old days might be gone again; the event that set them sets them once more.
 */
public final class MetricsTakeOver {

    private static final List<String> TABLES = List.of(
            "exchange_rate",
            "term",
            "link",
            "player",
            "player_day",
            "player_money",
            "segment_day",
            "segment_money",
            "player_set",
            "event_name",
            "event_open",
            "erased_day",
            "erased_money",
            "erased_player",
            "event",
            "change");

    private final ModelSchema into;
    private final ModelSchema from;
    private final PostgresTakeOver takeOver;
    private final EventPartitions partitions = new EventPartitions();

    private MetricsTakeOver(DataSource database, int into, int from, String projection, LeftOut leftOut) {
        this.into = MetricsSchema.of(database, into);
        this.from = MetricsSchema.of(database, from);
        this.takeOver = new PostgresTakeOver(this.into, this.from, projection, leftOut);
    }

    /**
     * Makes the version's tables and fills them, or tells what they were filled with.
     *
     * @param into the version that is filled
     * @param from the version that is read
     * @param projection the projection's stable name
     * @param leftOut games whose rows are not taken
     * @return how far each partition's events are in it, by partition
     * @throws IllegalStateException when the version has begun to handle events, or took over something else
     */
    public static Map<Integer, Position> run(
            DataSource database, int into, int from, String projection, LeftOut leftOut) throws SQLException {
        MetricsSchema.Engine engine = MetricsSchema.migrate(database, into);
        return new MetricsTakeOver(database, into, from, projection, leftOut).run(engine);
    }

    private Map<Integer, Position> run(MetricsSchema.Engine engine) throws SQLException {
        return switch (engine) {
            case POSTGRESQL -> {
                // Now, as each makes others wait who need a new month; later only those that came meanwhile.
                try (Connection connection = into.connect()) {
                    connection.setAutoCommit(true);
                    months(connection);
                }
                yield takeOver.run("event", connection -> {
                    months(connection);
                    copy(connection);
                });
            }
            case TIMESCALEDB ->
                takeOver.run("event", connection -> {
                    copy(connection);
                    PostgresTakeOver.execute(
                            connection,
                            "INSERT INTO chart_touched (from_at, to_at) SELECT date_trunc('minute', min(occurred_at)),"
                                    + " date_trunc('minute', max(occurred_at)) + INTERVAL '1 minute'"
                                    + " FROM event HAVING count(*) > 0");
                });
        };
    }

    /** Of every month the other version has events of, as far as the connection sees. */
    private void months(Connection connection) throws SQLException {
        List<Instant> months = new ArrayList<>();
        new Sql()
                .add(
                        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relname ~ '^event_[0-9]{4}_[0-9]{2}$'"
                                + " AND relnamespace = ?::regnamespace",
                        from.name())
                .forEach(
                        connection,
                        row -> months.add(
                                LocalDate.parse(row.getString(1).substring(6).replace('_', '-') + "-01")
                                        .atStartOfDay()
                                        .toInstant(ZoneOffset.UTC)));
        partitions.ensure(connection, months);
    }

    private void copy(Connection connection) throws SQLException {
        takeOver.copy(connection, "event_horizon", "true");
        takeOver.copy(connection, "game", takeOver.taken("e.number"));
        for (String table : TABLES) {
            takeOver.copy(connection, table, takeOver.taken("e.game"));
        }
        takeOver.copyParked(connection);
        PostgresTakeOver.execute(
                connection,
                "INSERT INTO game (number, game_id, time_zone, currency, any_event, incarnation, position)"
                        + " SELECT number, game_id, time_zone, currency, any_event, incarnation, position - 1 FROM "
                        + takeOver.table("game") + " e WHERE " + takeOver.isLeftOut("e.number"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT setval(pg_get_serial_sequence('term', 'id'), coalesce(max(id), 0) + 1, false)"
                    + " FROM term");
        }
    }
}
