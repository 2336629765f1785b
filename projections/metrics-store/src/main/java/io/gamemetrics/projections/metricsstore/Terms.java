package io.gamemetrics.projections.metricsstore;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for texts. A number is given once and committed at once, before the batch that uses it: two writers never wait
 * for each other's batch over a text, and a batch that is rolled back leaves at most an unused number. Safe for
 * concurrent use.
 */
final class Terms {

    static final char SEGMENT = 's';
    static final char NAME = 'n';
    static final char ITEM = 'i';
    static final char FIELD = 'f';

    /** Bounds memory when a sender makes up a new text with every event. */
    private static final int CACHED = 100_000;

    private final Map<Term, Integer> cache = new LinkedHashMap<>(1024, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Term, Integer> eldest) {
            return size() > CACHED;
        }
    };

    /** Held by whoever writes rows that use texts; alone by whoever takes texts away. */
    private static final String LOCK = "hashtextextended(current_schema() || ' term', 0)";

    /** What {@link #times} was when the cache was right. */
    private long known;

    /** A text, or some that belong together. */
    record Term(int game, char sort, List<@Nullable String> parts) {}

    /** The parts of a segment: platform, country, app version, then the experiments' labels in order. */
    static List<@Nullable String> segment(
            @Nullable String platform,
            @Nullable String country,
            @Nullable String appVersion,
            Map<String, String> experiments) {
        List<@Nullable String> parts = new ArrayList<>(3 + experiments.size());
        parts.add(platform);
        parts.add(country);
        parts.add(appVersion);
        new TreeMap<>(experiments).forEach((experiment, arm) -> parts.add(experiment + ":" + arm));
        return parts;
    }

    /** In the transaction that writes rows of texts: until it ends none is taken away. */
    static void hold(Connection connection, boolean alone) throws SQLException {
        new Sql()
                .add("SELECT pg_advisory_xact_lock" + (alone ? "" : "_shared") + "(" + LOCK + ")::text")
                .forEach(connection, row -> {});
    }

    /** How often texts were taken away so far. */
    static long times(Connection connection) throws SQLException {
        long[] times = {0};
        new Sql().add("SELECT times FROM term_forgotten").forEach(connection, row -> times[0] = row.getLong(1));
        return times[0];
    }

    /** Says that some were taken away just now: known numbers may be nothing's. Under the {@link #hold lock} alone. */
    static void forget(Connection connection) throws SQLException {
        new Sql()
                .add("UPDATE term_forgotten SET times = times + 1 RETURNING times")
                .forEach(connection, row -> {});
    }

    /**
     * Forgets what it knows by heart, should texts have been taken away since.
     *
     * @return what {@link #times} is now: numbers hold as long as it stays so
     */
    long refresh(Connection connection) throws SQLException {
        long times = times(connection);
        synchronized (cache) {
            if (times != known) {
                cache.clear();
                known = times;
            }
        }
        return times;
    }

    /** The number of each, those new given one now. The connection must not be in a transaction. */
    Map<Term, Integer> numbers(Connection connection, Collection<Term> terms) throws SQLException {
        Map<Term, Integer> numbers = new HashMap<>();
        Map<UUID, Term> missing = new TreeMap<>();
        synchronized (cache) {
            for (Term term : terms) {
                Integer number = cache.get(term);
                if (number == null) {
                    missing.put(key(term), term);
                } else {
                    numbers.put(term, number);
                }
            }
        }
        if (!missing.isEmpty()) {
            Map<Term, Integer> found = find(connection, missing);
            if (found.size() < missing.size()) {
                insert(connection, missing, found);
                found = find(connection, missing);
            }
            synchronized (cache) {
                cache.putAll(found);
            }
            numbers.putAll(found);
        }
        return numbers;
    }

    private static void insert(Connection connection, Map<UUID, Term> terms, Map<Term, Integer> known)
            throws SQLException {
        String sql = "INSERT INTO term (game, sort, key, parts) VALUES (?, ?::\"char\", ?, ?) ON CONFLICT DO NOTHING";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Map.Entry<UUID, Term> entry : terms.entrySet()) {
                if (!known.containsKey(entry.getValue())) {
                    statement.setInt(1, entry.getValue().game());
                    statement.setString(2, String.valueOf(entry.getValue().sort()));
                    statement.setObject(3, entry.getKey());
                    statement.setArray(
                            4,
                            connection.createArrayOf(
                                    "text", entry.getValue().parts().toArray()));
                    statement.addBatch();
                }
            }
            statement.executeBatch();
        }
    }

    private static Map<Term, Integer> find(Connection connection, Map<UUID, Term> terms) throws SQLException {
        String sql = "SELECT t.id, k.key FROM unnest(?::int[], ?::text[], ?::uuid[]) AS k(game, sort, key)"
                + " JOIN term t ON t.game = k.game AND t.sort = k.sort::\"char\" AND t.key = k.key";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            Collection<Term> values = terms.values();
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "int4", values.stream().map(Term::game).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text",
                            values.stream().map(t -> String.valueOf(t.sort())).toArray()));
            statement.setArray(
                    3, connection.createArrayOf("uuid", terms.keySet().toArray()));
            Map<Term, Integer> found = new HashMap<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Term term = terms.get(rows.getObject(2, UUID.class));
                    if (term != null) {
                        found.put(term, rows.getInt(1));
                    }
                }
            }
            return found;
        }
    }

    /** Game, sort and parts with their lengths, so that no two terms have the same bytes. */
    static UUID key(Term term) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(6)
                    .putInt(term.game())
                    .putChar(term.sort())
                    .flip());
            for (String part : term.parts()) {
                byte[] bytes = part == null ? null : part.getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(4)
                        .putInt(bytes == null ? -1 : bytes.length)
                        .flip());
                if (bytes != null) {
                    digest.update(bytes);
                }
            }
            ByteBuffer hash = ByteBuffer.wrap(Arrays.copyOf(digest.digest(), 16));
            return new UUID(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
