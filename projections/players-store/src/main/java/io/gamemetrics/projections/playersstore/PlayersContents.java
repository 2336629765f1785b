package io.gamemetrics.projections.playersstore;

import io.gamemetrics.infrastructure.readstore.Contents;
import io.gamemetrics.infrastructure.readstore.EntrySource;
import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.readstore.PostgresContents;
import io.gamemetrics.infrastructure.readstore.SqlEntries;
import java.util.List;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What a version of the players holds, at one moment. A name is encrypted anew each time it is written: of it only counts
 * which event said it last. Sections:
 *
 * <ul>
 *   <li>{@code game}: by game; {@code exchange_rate}: by game and day
 *   <li>{@code player}: by the UTC day of the first event; parts of it {@code :achievements}, {@code :link}, {@code :purchases},
 *       {@code :registered}, {@code :sessions}: by game
 *   <li>{@code money:} with {@code ads}, {@code purchases}, {@code refunds}: by UTC day
 * </ul>
 */
public final class PlayersContents {

    private static final String SESSIONS =
            "e.first_session_at, e.last_session_at, e.sessions, e.lengths, trim_scale(e.length_millis)";
    private static final String REGISTERED =
            "e.name IS NOT NULL, e.name_at, e.name_by, e.acquisition, e.acquisition_at," + " e.acquisition_by";
    private static final String SEEN = "e.first_event_at, e.last_event_at, e.platform, e.platform_at, e.platform_by,"
            + " e.country, e.country_at, e.country_by, e.app_version, e.app_version_at, e.app_version_by";

    private PlayersContents() {}

    /**
     * Takes a snapshot of it.
     *
     * @param version which; its tables are there
     * @param asked which sections are given, by name
     * @throws PlayersStoreException as all its methods do when the database can't be asked
     */
    public static Contents open(DataSource database, int version, Predicate<String> asked) {
        return PostgresContents.open(
                new ModelSchema(database, PlayersSchema.NAME, version),
                PlayersWriter.PROJECTION,
                sources(),
                asked,
                connection -> null,
                PlayersStoreException::new);
    }

    private static List<EntrySource> sources() {
        return List.of(
                entries(
                        "game",
                        "e.number",
                        "NULL::date",
                        "e.game_id",
                        "NULL::uuid",
                        "ROW(e.time_zone, e.currency, e.any_event)",
                        "game e WHERE true",
                        null),
                entries(
                        "exchange_rate",
                        "e.game",
                        "e.day",
                        "e.currency",
                        "NULL::uuid",
                        "trim_scale(e.rate)",
                        "exchange_rate e WHERE true",
                        null),
                player(
                        "player",
                        "(e.first_event_at AT TIME ZONE 'UTC')::date",
                        String.join(", ", "e.person", SEEN, SESSIONS, "e.purchases, e.achievements", REGISTERED),
                        "true"),
                player("player:achievements", "NULL::date", "e.achievements", "e.achievements > 0"),
                player("player:link", "NULL::date", "e.person", "e.person IS NOT NULL"),
                player("player:purchases", "NULL::date", "e.purchases", "e.purchases > 0"),
                player(
                        "player:registered",
                        "NULL::date",
                        REGISTERED,
                        "(e.name_at IS NOT NULL OR e.acquisition_at IS NOT NULL)"),
                player("player:sessions", "NULL::date", SESSIONS, "(e.sessions > 0 OR e.lengths > 0)"),
                new SqlEntries(
                        List.of("money:ads", "money:purchases", "money:refunds"),
                        "SELECT 'money:' || CASE e.kind WHEN 1 THEN 'purchases' WHEN 2 THEN 'ads' ELSE 'refunds' END AS section,"
                                + " coalesce(p.game, 0) AS game, (e.at AT TIME ZONE 'UTC')::date AS day,"
                                + " concat(e.player, ' ', e.currency, ' ', e.at) AS key, e.player AS stream,"
                                + " trim_scale(e.micros)::text AS value FROM money e LEFT JOIN player p ON p.player = e.player"
                                + " WHERE true" + SqlEntries.WITHIN,
                        "e.at",
                        "e.player"));
    }

    private static EntrySource player(String section, String day, String columns, String which) {
        return entries(
                section,
                "e.game",
                day,
                "e.player::text",
                "e.player",
                "ROW(" + columns + ")",
                "player e WHERE " + which,
                "e.player");
    }

    private static EntrySource entries(
            String section,
            String game,
            String day,
            String key,
            String stream,
            String value,
            String from,
            @Nullable String whose) {
        return new SqlEntries(
                List.of(section),
                "SELECT '" + section + "' AS section, " + game + " AS game, " + day + " AS day, " + key + " AS key, "
                        + stream + " AS stream, " + value + "::text AS value FROM " + from + SqlEntries.WITHIN,
                null,
                whose);
    }
}
