package io.gamemetrics.projections.metricsstore;

import io.gamemetrics.projections.metricsstore.MetricsBatch.Link;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is who, for one batch. A player's links are written by the player's own partition only, so they stand still while
 * its checkpoint does. Used by one thread.
 */
final class Links {

    private final Map<Key, Person> persons = new HashMap<>();

    private record Key(int game, int player) {}

    /** Whom a player's events count for. */
    record Person(int player, UUID stream) {}

    /** The links of the batch's players, stored or in the batch: a link holds for what came before it too. */
    static Links of(Connection connection, MetricsBatch batch) throws SQLException {
        Set<Key> players = new HashSet<>();
        batch.rows.values().forEach(row -> players.add(new Key(row.game, row.player)));
        batch.amendments.forEach(event -> players.add(new Key(event.game(), event.player())));
        batch.links.forEach(link -> players.add(new Key(link.game(), link.player())));
        Links links = new Links();
        for (Link link : batch.links) {
            links.persons.put(new Key(link.game(), link.player()), new Person(link.person(), link.personStream()));
        }
        links.read(connection, players);
        return links;
    }

    private void read(Connection connection, Collection<Key> players) throws SQLException {
        if (players.isEmpty()) {
            return;
        }
        Columns keys = new Columns("int4", "int4");
        players.forEach(key -> keys.add(key.game, key.player));
        String sql = "SELECT l.game, l.player, l.person, l.person_stream FROM " + keys.unnest()
                + " AS k(game, player) JOIN link l ON l.game = k.game AND l.player = k.player";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            keys.bind(connection, statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    persons.put(
                            new Key(rows.getInt(1), rows.getInt(2)),
                            new Person(rows.getInt(3), rows.getObject(4, UUID.class)));
                }
            }
        }
    }

    /** Whom the player's events count for; absent: the player themselves. */
    @Nullable
    Person personOf(int game, int player) {
        return persons.isEmpty() ? null : persons.get(new Key(game, player));
    }

    /** The number the player's events are counted under. */
    int numberOf(int game, int player) {
        Person person = personOf(game, player);
        return person == null ? player : person.player;
    }
}
