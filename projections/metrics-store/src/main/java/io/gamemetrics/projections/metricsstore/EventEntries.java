package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.EntrySource;
import io.gamemetrics.infrastructure.readstore.SqlEntries;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The events, their names and what charts are read from. */
final class EventEntries {

    private static final String TYPE = Arrays.stream(EventKind.values())
            .map(kind -> " WHEN " + kind.code() + " THEN '" + kind.typeName() + "'")
            .collect(Collectors.joining("", "CASE e.kind", " END"));

    /** A text that is missing is not the same as none. */
    private static final String NAME = "CASE WHEN e.name <> 0 THEN coalesce(n.parts::text, '?') END";

    private static final String SEGMENT = "coalesce(s.parts::text, '?')";

    /** Everything known of an event but whose it is; fields by their names, whatever the order they came in. */
    private static final String VALUE = "ROW(e.occurred_at, " + NAME + ", " + SEGMENT + ","
            + " CASE WHEN e.item IS NOT NULL THEN coalesce(i.parts::text, '?') END, e.length_millis, e.micros,"
            + " e.currency, trim_scale(e.value), CASE WHEN e.field_ids IS NOT NULL THEN"
            + " (SELECT array_agg(concat(t.parts::text, '=', trim_scale(f.value)) ORDER BY t.parts::text COLLATE \"C\")"
            + " FROM unnest(e.field_ids, e.field_values) AS f(id, value) LEFT JOIN term t ON t.id = f.id) END)::text";

    private static final String TEXTS = " LEFT JOIN term n ON n.id = e.name LEFT JOIN term s ON s.id = e.segment";
    private static final String DAY = "(e.occurred_at AT TIME ZONE 'UTC')::date";

    private EventEntries() {}

    static List<EntrySource> all(MetricsSchema.Engine engine) {
        List<EntrySource> all = new ArrayList<>(List.of(
                new SqlEntries(sections("event"), events(), "e.occurred_at", "e.player"),
                new SqlEntries(sections("event_name"), names(), null, null)));
        switch (engine) {
            case POSTGRESQL -> {
                // Charts are views over the events.
            }
            case TIMESCALEDB -> {
                all.add(charts("half_hour", "30 minutes"));
                all.add(charts("minute", "1 minute"));
            }
        }
        return all;
    }

    private static List<String> sections(String prefix) {
        return Arrays.stream(EventKind.values())
                .map(kind -> prefix + ":" + kind.typeName())
                .sorted()
                .toList();
    }

    /**
     * An event is named by whom it counts for, in whose stream it lies where that is another's, and its place there. Of an
     * event without a player nobody knows the stream.
     */
    private static String events() {
        String from = " FROM event e" + TEXTS + " LEFT JOIN term i ON i.id = e.item";
        return "SELECT 'event:' || " + TYPE + " AS section, e.game, " + DAY + " AS day,"
                + " concat(e.player, '/' || e.source, '#', e.sequence) AS key,"
                + " CASE WHEN e.source IS NULL THEN p.stream END AS stream, " + VALUE + " AS value" + from
                + " LEFT JOIN player p ON p.game = e.game AND p.player = e.player WHERE e.player >= 0"
                + SqlEntries.WITHIN
                + " UNION ALL SELECT section, game, day, key, NULL::uuid, count(*)::text FROM (SELECT 'event:' || "
                + TYPE
                + " AS section, e.game, " + DAY + " AS day, '-1 ' || " + VALUE + " AS key" + from
                + " WHERE e.player < 0"
                + SqlEntries.WITHIN + ") a GROUP BY section, game, day, key";
    }

    private static String names() {
        return "SELECT 'event_name:' || " + TYPE + " AS section, e.game, NULL::date AS day,"
                + " coalesce(" + NAME + ", '') AS key, NULL::uuid AS stream,"
                + " ROW(e.events, e.first_at, e.last_at)::text AS value FROM event_name e"
                + " LEFT JOIN term n ON n.id = e.name";
    }

    /** As a reader would take them: what is made, and of what was touched since, the events themselves. */
    private static EntrySource charts(String name, String length) {
        String touched = "EXISTS (SELECT FROM chart_touched t WHERE t.from_at < e.bucket + INTERVAL '" + length
                + "' AND t.to_at > e.bucket)";
        String made =
                "SELECT game, played, kind, name, currency, segment, bucket, events, lengths, length_millis, micros,"
                        + " value_count, value FROM chart_" + name + " e WHERE NOT " + touched;
        String events = "SELECT * FROM (SELECT game, player >= 0 AS played, kind, name, currency, segment,"
                + " public.time_bucket(INTERVAL '" + length + "', occurred_at) AS bucket, 1,"
                + " (length_millis IS NOT NULL)::int, length_millis, micros, (value IS NOT NULL)::int, value FROM event) e"
                + " WHERE " + touched;
        return new SqlEntries(
                List.of("chart:" + name),
                "SELECT 'chart:" + name + "' AS section, e.game, (e.bucket AT TIME ZONE 'UTC')::date AS day,"
                        + " ROW(e.bucket, e.played, e.kind, " + NAME + ", e.currency, " + SEGMENT + ")::text AS key,"
                        + " NULL::uuid AS stream, ROW(sum(e.events), sum(e.lengths), sum(e.length_millis), sum(e.micros),"
                        + " sum(e.value_count), trim_scale(sum(e.value)))::text AS value FROM (" + made + " UNION ALL "
                        + events + ") e" + TEXTS + " WHERE true" + SqlEntries.WITHIN
                        + " GROUP BY e.game, e.bucket, e.played, e.kind, e.name, e.segment, n.parts, e.currency, s.parts",
                "e.bucket",
                null);
    }
}
