package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.readstore.Person;
import io.gamemetrics.infrastructure.readstore.ReadableRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * All that a version holds of persons, row by row, for themselves; texts that are kept by number are written out. Safe for
 * concurrent use.
 */
public final class MetricsExport {

    /** What each table is, by its name. */
    public static final Map<String, String> TABLES = Map.of(
            "player", "When the player was first seen, first played and first paid, and how they came to the game.",
            "player_day", "What was counted of the player on each day: events, sessions, their lengths, purchases.",
            "player_money", "What the player brought in on each day, by kind and currency, in millionths.",
            "event", "What is kept of each of the player's events to answer questions about all players.",
            "event_open", "Sessions whose end, and refunds whose purchase, is not known yet.",
            "link", "Which of the player's accounts count as which other of them.",
            "player_set", "The days on which the player is counted as active, paying or new.");

    private static final String SEGMENT = " LEFT JOIN term s ON s.id = t.segment";
    private static final Map<String, String> SELECT = new LinkedHashMap<>();

    static {
        SELECT.put(
                "player",
                "SELECT player, stream AS pseudonym, first_any_at, first_session_at, first_day, paid_at, acquisition,"
                        + " acquired_at FROM player t");
        SELECT.put(
                "player_day",
                "SELECT t.player, day, s.parts AS segment, events, sessions, lengths, length_millis, purchases, paid"
                        + " FROM player_day t" + SEGMENT);
        SELECT.put(
                "player_money",
                "SELECT t.player, day, s.parts AS segment, CASE kind WHEN 1 THEN 'in-app purchase'"
                        + " WHEN 2 THEN 'advertisement' ELSE 'refund' END AS kind, currency, micros FROM player_money t"
                        + SEGMENT);
        SELECT.put(
                "event",
                "SELECT t.player, sequence, occurred_at, " + kinds() + " AS type, n.parts AS name, s.parts AS segment,"
                        + " i.parts AS item, length_millis, micros, currency, value, (SELECT array_agg(f.parts[1] ORDER BY u.at)"
                        + " FROM unnest(t.field_ids) WITH ORDINALITY u (id, at) JOIN term f ON f.id = u.id) AS fields,"
                        + " field_values FROM event t"
                        + SEGMENT + " LEFT JOIN term n ON n.id = t.name LEFT JOIN term i ON i.id = t.item");
        SELECT.put("event_open", "SELECT t.player, sequence, s.parts AS segment FROM event_open t" + SEGMENT);
        SELECT.put("link", "SELECT t.player, person FROM link t");
    }

    private final ModelSchema schema;

    /** @param version which of the read model's versions */
    public MetricsExport(DataSource database, int version) {
        this.schema = MetricsSchema.of(database, version);
    }

    /** @param rows is given a table's name and a row */
    public void run(Collection<Person> persons, BiConsumer<String, Map<String, Object>> rows) throws SQLException {
        Map<Integer, List<Integer>> byGame = new TreeMap<>(persons.stream()
                .collect(Collectors.groupingBy(Person::game, Collectors.mapping(Person::player, Collectors.toList()))));
        try (Connection connection = schema.connect()) {
            for (Map.Entry<Integer, List<Integer>> game : byGame.entrySet()) {
                for (Map.Entry<String, String> table : SELECT.entrySet()) {
                    ReadableRows.each(
                            connection,
                            table.getValue() + " WHERE t.game = ? AND t.player = ANY (?)",
                            List.of(game.getKey(), game.getValue()),
                            row -> rows.accept(table.getKey(), row));
                }
                sets(connection, game.getKey(), game.getValue(), rows);
            }
        }
    }

    private static void sets(
            Connection connection, int game, List<Integer> players, BiConsumer<String, Map<String, Object>> rows)
            throws SQLException {
        new Sql()
                .add("SELECT sort, day, container, players FROM player_set WHERE game = ?", game)
                .numbers(
                        " AND container = ANY(?)",
                        players.stream().map(player -> player >>> 16).distinct().toList())
                .add(" ORDER BY day, sort")
                .forEach(connection, row -> {
                    int container = row.getInt(3);
                    var set = PlayerSets.read(row.getBytes(4));
                    for (int player : players) {
                        if (player >>> 16 == container && set.contains(player & 0xFFFF)) {
                            Map<String, Object> member = new LinkedHashMap<>();
                            member.put("player", player);
                            member.put("day", row.getDate(2).toLocalDate().toString());
                            member.put("counted_as", meaning(row.getString(1).charAt(0)));
                            rows.accept("player_set", member);
                        }
                    }
                });
    }

    private static String meaning(char sort) {
        return switch (sort) {
            case PlayerSets.ACTIVE -> "active";
            case PlayerSets.PAID -> "paying";
            case PlayerSets.COHORT -> "new";
            default -> String.valueOf(sort);
        };
    }

    private static String kinds() {
        StringBuilder kinds = new StringBuilder("CASE t.kind");
        for (EventKind kind : EventKind.values()) {
            kinds.append(" WHEN ")
                    .append(kind.code())
                    .append(" THEN '")
                    .append(kind.typeName())
                    .append('\'');
        }
        return kinds.append(" END").toString();
    }
}
