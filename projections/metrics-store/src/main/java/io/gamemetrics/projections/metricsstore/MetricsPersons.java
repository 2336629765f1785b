package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.ModelSchema;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.readstore.Person;
import io.gamemetrics.infrastructure.readstore.PostgresScan;
import io.gamemetrics.sharedkernel.erasure.Remainder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** What a version of the metrics holds of persons. Safe for concurrent use. */
public final class MetricsPersons {

    private static final Map<String, String> WHERE = new LinkedHashMap<>();

    static {
        WHERE.put("player", "player");
        WHERE.put("player_day", "player");
        WHERE.put("player_money", "player");
        WHERE.put("event", "player");
        WHERE.put("event_open", "player");
        WHERE.put("link", "player");
        WHERE.put("link.person", "person");
    }

    private final ModelSchema schema;

    /**
     * @param database one {@link MetricsSchema#migrate} has been run on
     * @param version which of the read model's versions
     */
    public MetricsPersons(DataSource database, int version) {
        this.schema = MetricsSchema.of(database, version);
    }

    /** Rows by table, members of sets and parked events, by kind; those without any are left out. */
    public Map<String, Long> held(Collection<Person> persons) throws SQLException {
        Map<String, Long> held = new TreeMap<>();
        try (Connection connection = schema.connect()) {
            for (Map.Entry<Integer, List<Person>> game : persons.stream()
                    .collect(Collectors.groupingBy(Person::game))
                    .entrySet()) {
                List<Integer> numbers =
                        game.getValue().stream().map(Person::player).toList();
                for (Map.Entry<String, String> kind : WHERE.entrySet()) {
                    String table = kind.getKey().replaceAll("\\..*", "");
                    new Sql()
                            .add("SELECT count(*) FROM " + table + " WHERE game = ?", game.getKey())
                            .numbers(" AND " + kind.getValue() + " = ANY(?)", numbers)
                            .forEach(connection, row -> held.merge(kind.getKey(), row.getLong(1), Long::sum));
                }
                new Sql()
                        .add("SELECT container, players FROM player_set WHERE game = ?", game.getKey())
                        .numbers(
                                " AND container = ANY(?)",
                                numbers.stream().map(number -> number >>> 16).toList())
                        .forEach(connection, row -> {
                            int container = row.getInt(1);
                            var set = PlayerSets.read(row.getBytes(2));
                            long in = numbers.stream()
                                    .filter(number -> number >>> 16 == container && set.contains(number & 0xFFFF))
                                    .count();
                            held.merge("player_set", in, Long::sum);
                        });
            }
            String streams = persons.stream()
                    .map(person -> "'" + person.pseudonym() + "'")
                    .collect(Collectors.joining(",", "(", ")"));
            if (!persons.isEmpty()) {
                new Sql()
                        .add("SELECT count(*) FROM parked WHERE stream IN " + streams)
                        .forEach(connection, row -> held.merge("parked", row.getLong(1), Long::sum));
            }
        }
        held.values().removeIf(count -> count == 0);
        return held;
    }

    /** Where any of these is, in any value of any table; without a hit empty. */
    public List<Hit> scan(Needles needles) throws SQLException {
        try (Connection connection = schema.connect()) {
            return new PostgresScan(schema.name()).scan(connection, needles);
        }
    }

    /** @param person the players who are one person; all of one game */
    public Remainder remainder(Collection<Person> person) throws SQLException {
        if (person.isEmpty()) {
            return Remainder.NONE;
        }
        int number = person.iterator().next().game();
        try (Connection connection = schema.connect()) {
            int isolation = connection.getTransactionIsolation();
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            try {
                GameRow game = new GameSettings(connection).peek(Set.of(number)).get(number);
                return game == null ? Remainder.NONE : new RemainderQuery(connection, game).run(person);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setTransactionIsolation(isolation);
            }
        }
    }
}
