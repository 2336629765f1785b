package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.EntrySource;
import io.gamemetrics.infrastructure.readstore.SqlEntries;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The players, who is who, and the games' settings. Where a setting was said is not part of it: nobody sees it. */
final class PlayerEntries {

    private PlayerEntries() {}

    static List<EntrySource> all() {
        return List.of(
                entries(
                        "game",
                        "e.number",
                        "NULL::date",
                        "e.game_id",
                        "NULL::uuid",
                        "ROW(e.time_zone, e.currency, e.any_event, e.days_from)",
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
                entries(
                        "link",
                        "e.game",
                        "NULL::date",
                        "e.player::text",
                        "e.person_stream",
                        "ROW(e.person, e.person_stream)",
                        "link e WHERE true",
                        "e.player"),
                player(
                        "player",
                        "e.first_day",
                        "e.stream, e.first_any_at, e.first_session_at, e.paid_at, e.acquisition, e.acquired_at,"
                                + " e.acquired_by",
                        "true"),
                player(
                        "player:acquisition",
                        "NULL::date",
                        "e.acquisition, e.acquired_at, e.acquired_by",
                        "e.acquisition IS NOT NULL"),
                player("player:paid", "NULL::date", "e.paid_at", "e.paid_at IS NOT NULL"),
                player("player:session", "NULL::date", "e.first_session_at", "e.first_session_at IS NOT NULL"));
    }

    private static EntrySource player(String section, String day, String columns, String which) {
        return entries(
                section,
                "e.game",
                day,
                "e.player::text",
                "e.stream",
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
            @Nullable String player) {
        return new SqlEntries(
                List.of(section),
                "SELECT '" + section + "' AS section, " + game + " AS game, " + day + " AS day, " + key + " AS key, "
                        + stream + " AS stream, " + value + "::text AS value FROM " + from + SqlEntries.WITHIN,
                null,
                player);
    }
}
