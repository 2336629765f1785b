package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.readstore.EntrySource;
import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.readstore.PostgresContents;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What a version of the metrics holds, at one moment. Texts stand for their numbers, which each version hands out itself;
 * players' numbers come with the events. A section is called as its table, and behind a colon as the part of it:
 *
 * <ul>
 *   <li>{@code game}, {@code link}: by game; {@code exchange_rate}: by game and day
 *   <li>{@code event:} and a type: each event, by UTC day; of those without a player, how many are alike
 *   <li>{@code event_name:} and a type: by game
 *   <li>{@code player}: by first day; parts of it {@code :acquisition}, {@code :paid}, {@code :session}: by game
 *   <li>{@code player_day}, {@code segment_day}: by local day; parts of them {@code :purchases}, {@code :sessions}
 *   <li>{@code player_money:}, {@code segment_money:} with {@code ads}, {@code purchases}, {@code refunds}: by local day
 *   <li>{@code player_set:} with {@code active}, {@code cohort}, {@code paid}: by local day
 *   <li>{@code chart:} with {@code half_hour}, {@code minute}: by UTC day; on TimescaleDB, what charts are read from
 * </ul>
 *
 * A version that gave days up ({@code game.days_from}) differs from one that counts them.
 */
public final class MetricsContents {

    private MetricsContents() {}

    /**
     * Takes a snapshot of it.
     *
     * @param version which; its tables are there
     * @param projection the projection's stable name
     * @param asked which sections are given, by name
     */
    public static Contents open(DataSource database, int version, String projection, Predicate<String> asked) {
        ModelSchema schema = MetricsSchema.of(database, version);
        List<EntrySource> sources = new ArrayList<>(DayEntries.all());
        sources.addAll(EventEntries.all(MetricsSchema.engine(schema)));
        sources.addAll(PlayerEntries.all());
        sources.add(new SetEntries());
        return PostgresContents.open(
                schema, projection, sources, asked, MetricsContents::keptFrom, MetricsStoreException::new);
    }

    private static @Nullable Instant keptFrom(Connection connection) throws SQLException {
        try (Statement lock = connection.createStatement()) {
            // Months are not dropped while what they hold is read.
            lock.execute("LOCK TABLE event IN ACCESS SHARE MODE");
        }
        return EventHorizon.read(connection).keptFrom();
    }
}
