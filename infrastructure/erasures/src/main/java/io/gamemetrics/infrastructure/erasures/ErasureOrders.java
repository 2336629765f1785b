package io.gamemetrics.infrastructure.erasures;

import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Orders to those who keep read models, and their answers. Safe for concurrent use, also by several processes. Every method
 * throws {@link ErasuresException} when the database can't be asked.
 */
public final class ErasureOrders {

    private static final String COLUMNS = "request, subject, tenant, streams, numbers, step, incarnation, position";

    private final DataSource database;

    /** @param database one {@link ErasuresSchema#migrate} has been run on */
    public ErasureOrders(DataSource database) {
        this.database = database;
    }

    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Orders the first step; one there is already of this subject stays as it is. */
    public void begin(ErasureOrder order) {
        run("an erasure was not ordered", connection -> {
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO erasures.erasure (" + COLUMNS
                    + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
                insert.setObject(1, order.request());
                insert.setInt(2, order.subject());
                insert.setInt(3, order.tenant());
                insert.setArray(
                        4, connection.createArrayOf("uuid", order.streams().toArray()));
                insert.setArray(
                        5, connection.createArrayOf("int4", order.numbers().toArray()));
                insert.setString(6, order.step().name());
                insert.setLong(7, order.after().incarnation());
                insert.setLong(8, order.after().number());
                return insert.executeUpdate();
            }
        });
    }

    /** What is ordered of a subject; empty when nothing is, not yet or no more. */
    public Optional<ErasureOrder> find(UUID request, int subject) {
        return run("an erasure was not read", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT " + COLUMNS + " FROM erasures.erasure WHERE request = ? AND subject = ?")) {
                select.setObject(1, request);
                select.setInt(2, subject);
                return orders(select).stream().findFirst();
            }
        });
    }

    /** Orders the next step. Who asks from another step than it is at changes nothing. */
    public void advance(ErasureOrder order, Step next, Position after) {
        run("an erasure was not taken on", connection -> {
            try (PreparedStatement update = connection.prepareStatement("UPDATE erasures.erasure SET step = ?,"
                    + " incarnation = ?, position = ? WHERE request = ? AND subject = ? AND step = ?")) {
                update.setString(1, next.name());
                update.setLong(2, after.incarnation());
                update.setLong(3, after.number());
                update.setObject(4, order.request());
                update.setInt(5, order.subject());
                update.setString(6, order.step().name());
                return update.executeUpdate();
            }
        });
    }

    /** Forgets a subject, with all answers. */
    public void forget(UUID request, int subject) {
        run("an erasure was not forgotten", connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM erasures.erasure WHERE request = ? AND subject = ?")) {
                delete.setObject(1, request);
                delete.setInt(2, subject);
                return delete.executeUpdate();
            }
        });
    }

    /** Forgets all subjects of a request, with all answers. */
    public void forget(UUID request) {
        run("an erasure was not forgotten", connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM erasures.erasure WHERE request = ?")) {
                delete.setObject(1, request);
                return delete.executeUpdate();
            }
        });
    }

    /** What a version has not answered yet, the earliest first; at most so many. */
    public List<ErasureOrder> open(String projection, int version, int most) {
        return run("erasures were not read", connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS
                    + " FROM erasures.erasure e WHERE cardinality(e.streams) > 0 AND NOT EXISTS (SELECT FROM erasures.answer a"
                    + " WHERE a.request = e.request AND a.subject = e.subject AND a.step = e.step"
                    + " AND a.projection = ? AND a.version = ?)"
                    // Erasures under way go before what is only looked at.
                    + " ORDER BY step IN ('PLAN', 'EXPORT'), ordered_at LIMIT ?")) {
                select.setString(1, projection);
                select.setInt(2, version);
                select.setInt(3, most);
                return orders(select);
            }
        });
    }

    /** Whether somebody is being erased of whom is not searched yet, and will be. */
    boolean isSearchToCome() {
        return run("erasures were not read", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "SELECT FROM erasures.erasure WHERE step IN ('REMAINDER', 'PURGE')"
                                    + " AND cardinality(streams) > 0 LIMIT 1");
                    ResultSet row = select.executeQuery()) {
                return row.next();
            }
        });
    }

    /** Those at one step that this store has not answered yet, the earliest first; at most so many. */
    public List<ErasureOrder> open(Step step, String store, int most) {
        return run("erasures were not read", connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT " + COLUMNS
                    + " FROM erasures.erasure e WHERE step = ? AND NOT EXISTS (SELECT FROM erasures.answer a"
                    + " WHERE a.request = e.request AND a.subject = e.subject AND a.step = e.step"
                    + " AND a.projection = ?) ORDER BY ordered_at LIMIT ?")) {
                select.setString(1, step.name());
                select.setString(2, store);
                select.setInt(3, most);
                return orders(select);
            }
        });
    }

    /** Answers the step the order is at; of an order that is at another one by now, nothing is kept. */
    public void answer(ErasureOrder order, ErasureAnswer answer) {
        Map<String, Long> counts = new TreeMap<>(answer.counts());
        run("an erasure was not answered", connection -> {
            try (PreparedStatement upsert = connection.prepareStatement("INSERT INTO erasures.answer"
                    + " (request, subject, step, projection, version, kinds, counts, remainder,"
                    + " searched_values, searched_bytes)"
                    + " SELECT request, subject, step, ?, ?, ?, ?, ?, ?, ? FROM erasures.erasure"
                    + " WHERE request = ? AND subject = ? AND step = ?"
                    + " ON CONFLICT (request, subject, step, projection, version) DO UPDATE SET kinds = excluded.kinds,"
                    + " counts = excluded.counts, remainder = excluded.remainder, searched_values = excluded.searched_values,"
                    + " searched_bytes = excluded.searched_bytes, told_at = clock_timestamp()")) {
                upsert.setString(1, answer.projection());
                upsert.setInt(2, answer.version());
                upsert.setArray(
                        3, connection.createArrayOf("text", counts.keySet().toArray()));
                upsert.setArray(
                        4, connection.createArrayOf("int8", counts.values().toArray()));
                upsert.setBytes(5, answer.remainder());
                upsert.setLong(6, answer.searchedValues());
                upsert.setLong(7, answer.searchedBytes());
                upsert.setObject(8, order.request());
                upsert.setInt(9, order.subject());
                upsert.setString(10, order.step().name());
                return upsert.executeUpdate();
            }
        });
    }

    /** What was answered to one step, by projection and version. */
    public List<ErasureAnswer> answers(UUID request, int subject, Step step) {
        return run("answers were not read", connection -> {
            try (PreparedStatement select = connection.prepareStatement("SELECT projection, version, kinds, counts,"
                    + " remainder, searched_values, searched_bytes FROM erasures.answer WHERE request = ? AND subject = ? AND step = ?"
                    + " ORDER BY projection, version")) {
                select.setObject(1, request);
                select.setInt(2, subject);
                select.setString(3, step.name());
                List<ErasureAnswer> answers = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        answers.add(answer(rows));
                    }
                }
                return answers;
            }
        });
    }

    /** What was answered to one step for all subjects, by subject; without what stays in sums. */
    public Map<Integer, List<ErasureAnswer>> answers(UUID request, Step step) {
        return run("answers were not read", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT projection, version, kinds, counts, ''::bytea,"
                            + " searched_values, searched_bytes, subject"
                            + " FROM erasures.answer WHERE request = ? AND step = ? ORDER BY subject, projection, version")) {
                select.setObject(1, request);
                select.setString(2, step.name());
                Map<Integer, List<ErasureAnswer>> answers = new TreeMap<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        answers.computeIfAbsent(rows.getInt(8), subject -> new ArrayList<>())
                                .add(answer(rows));
                    }
                }
                return answers;
            }
        });
    }

    /** What is ordered of all subjects of a request, by subject. */
    public List<ErasureOrder> all(UUID request) {
        return run("erasures were not read", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT " + COLUMNS + " FROM erasures.erasure WHERE request = ? ORDER BY subject")) {
                select.setObject(1, request);
                return orders(select);
            }
        });
    }

    /** Takes an answer back, so that it is given again. */
    public void ask(ErasureOrder order, ErasureAnswer again) {
        run("an answer was not taken back", connection -> {
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM erasures.answer WHERE request = ?"
                    + " AND subject = ? AND step = ? AND projection = ? AND version = ?")) {
                delete.setObject(1, order.request());
                delete.setInt(2, order.subject());
                delete.setString(3, order.step().name());
                delete.setString(4, again.projection());
                delete.setInt(5, again.version());
                return delete.executeUpdate();
            }
        });
    }

    private static ErasureAnswer answer(ResultSet row) throws SQLException {
        String[] kinds = (String[]) row.getArray(3).getArray();
        Long[] counts = (Long[]) row.getArray(4).getArray();
        Map<String, Long> byKind = new TreeMap<>();
        for (int i = 0; i < kinds.length; i++) {
            byKind.put(kinds[i], counts[i]);
        }
        return new ErasureAnswer(
                row.getString(1), row.getInt(2), byKind, row.getBytes(5), row.getLong(6), row.getLong(7));
    }

    private static List<ErasureOrder> orders(PreparedStatement select) throws SQLException {
        List<ErasureOrder> orders = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                orders.add(new ErasureOrder(
                        row.getObject(1, UUID.class),
                        row.getInt(2),
                        row.getInt(3),
                        Arrays.asList((UUID[]) array(row.getArray(4))),
                        Arrays.asList((Integer[]) array(row.getArray(5))),
                        Step.valueOf(row.getString(6)),
                        new Position(row.getLong(7), row.getLong(8))));
            }
        }
        return orders;
    }

    private static Object array(Array array) throws SQLException {
        return array.getArray();
    }

    private <T> T run(String what, Work<T> work) {
        try (Connection connection = database.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new ErasuresException(what, e);
        }
    }
}
