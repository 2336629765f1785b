package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.EntrySource;
import io.gamemetrics.infrastructure.readstore.SqlEntries;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What local days add up to, by player and segment, and by segment alone. */
final class DayEntries {

    private static final String SEGMENT = "coalesce(s.parts::text, '?')";
    private static final String SEGMENTS = " LEFT JOIN term s ON s.id = e.segment";
    private static final String PLAYERS = SEGMENTS + " LEFT JOIN player p ON p.game = e.game AND p.player = e.player";

    private DayEntries() {}

    static List<EntrySource> all() {
        List<EntrySource> all = new ArrayList<>();
        all.addAll(days("player_day", "e.player || '/' || " + SEGMENT, "p.stream", PLAYERS, "e.player"));
        all.addAll(days("segment_day", SEGMENT, "NULL::uuid", SEGMENTS, null));
        all.add(money(
                "player_money", "e.player || '/' || e.currency || '/' || " + SEGMENT, "p.stream", PLAYERS, "e.player"));
        all.add(money("segment_money", "e.currency || '/' || " + SEGMENT, "NULL::uuid", SEGMENTS, null));
        // Of whoever it was, only which rows belong together is of any matter.
        all.add(erased(
                "erased_day",
                "e.contribution || '/' || " + SEGMENT,
                "e.first_day, e.first_session, e.events, e.sessions, e.lengths, trim_scale(e.length_millis), e.purchases,"
                        + " e.paid"));
        all.add(erased(
                "erased_money",
                "e.contribution || '/' || e.kind || '/' || e.currency || '/' || " + SEGMENT,
                "trim_scale(e.micros)"));
        return all;
    }

    private static EntrySource erased(String table, String key, String value) {
        return new SqlEntries(
                List.of(table),
                "SELECT '" + table + "' AS section, e.game, e.day, " + key + " AS key, e.contribution AS stream, ROW("
                        + value + ")::text AS value FROM " + table + " e" + SEGMENTS + " WHERE true"
                        + SqlEntries.WITHIN,
                null,
                null);
    }

    private static List<EntrySource> days(
            String table, String key, String stream, String joins, @Nullable String player) {
        String sessions = "e.sessions, e.lengths, trim_scale(e.length_millis)";
        String purchases = "e.purchases, e.paid";
        return List.of(
                days(table, key, stream, "e.events, " + sessions + ", " + purchases, joins, player, "true"),
                days(table + ":sessions", key, stream, sessions, joins, player, "(e.sessions > 0 OR e.lengths > 0)"),
                days(table + ":purchases", key, stream, purchases, joins, player, "e.purchases > 0"));
    }

    private static EntrySource days(
            String section,
            String key,
            String stream,
            String value,
            String joins,
            @Nullable String player,
            String which) {
        String table = section.split(":", -1)[0];
        return new SqlEntries(
                List.of(section),
                "SELECT '" + section + "' AS section, e.game, e.day, " + key + " AS key, " + stream + " AS stream, ROW("
                        + value + ")::text AS value FROM " + table + " e" + joins + " WHERE " + which
                        + SqlEntries.WITHIN,
                null,
                player);
    }

    private static EntrySource money(String table, String key, String stream, String joins, @Nullable String player) {
        return new SqlEntries(
                List.of(table + ":ads", table + ":purchases", table + ":refunds"),
                "SELECT '" + table + ":' || CASE e.kind WHEN 1 THEN 'purchases' WHEN 2 THEN 'ads' ELSE 'refunds' END"
                        + " AS section, e.game, e.day, " + key + " AS key, " + stream
                        + " AS stream, trim_scale(e.micros)::text AS value FROM " + table + " e" + joins + " WHERE true"
                        + SqlEntries.WITHIN,
                null,
                player);
    }
}
