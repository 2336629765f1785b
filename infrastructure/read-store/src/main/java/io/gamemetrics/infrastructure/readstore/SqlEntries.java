package io.gamemetrics.infrastructure.readstore;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Entries that one query finds; the database adds up their checksums.
 *
 * @param sql gives columns section, game, day (a date, or absent), key, stream and value, none but day and stream absent.
 *     Where it says {@link #WITHIN}, conditions are put in
 * @param instant the column, as the query calls it, with the moment of an event of which an entry is made: then days are UTC
 *     days. Absent: entries are no single events
 * @param whose the column, as the query calls it, of the number or UUID each key begins with, which an index finds; absent:
 *     none does
 */
public record SqlEntries(
        List<String> sections,
        String sql,
        @Nullable String instant,
        @Nullable String whose) implements EntrySource {

    /** Behind a condition. */
    public static final String WITHIN = "{within}";

    private static final Pattern UUID_FIRST = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}(?!\\d)");
    private static final int FETCHED = 1_000;

    public SqlEntries {
        sections = List.copyOf(sections);
    }

    @Override
    public void forEachCell(Reading reading, Consumer<Cell> each) throws SQLException {
        // As text: a sum of 64-bit numbers has more.
        String cells =
                "SELECT section, game, day, count(*), sum(hashtextextended(key || E'\\x1f' || value, 0))::text FROM ("
                        + sql.replace(WITHIN, since(reading)) + ") e WHERE section = ANY(?) GROUP BY 1, 2, 3"
                        + " ORDER BY section COLLATE \"C\", game, coalesce(day::text, '') COLLATE \"C\"";
        try (PreparedStatement select = reading.connection().prepareStatement(cells)) {
            select.setFetchSize(FETCHED);
            select.setArray(
                    1,
                    reading.connection()
                            .createArrayOf("text", reading.sections().toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    LocalDate day = rows.getObject(3, LocalDate.class);
                    each.accept(new Cell(
                            new Cell.Key(rows.getString(1), rows.getInt(2), day == null ? "" : day.toString()),
                            rows.getLong(4),
                            OptionalLong.of(new BigDecimal(rows.getString(5))
                                    .toBigIntegerExact()
                                    .longValue())));
                }
            }
        }
    }

    @Override
    public void forEachEntry(Reading reading, Cell.Key cell, Consumer<Entry> each) throws SQLException {
        read(reading, cell, null, each);
    }

    @Override
    public void find(Reading reading, Cell.Key cell, Collection<String> keys, Consumer<Entry> each)
            throws SQLException {
        read(reading, cell, keys, each);
    }

    private void read(Reading reading, Cell.Key cell, @Nullable Collection<String> keys, Consumer<Entry> each)
            throws SQLException {
        String within = since(reading) + during(cell) + (keys == null ? "" : of(keys));
        String entries = "SELECT key, stream, value FROM (" + sql.replace(WITHIN, within)
                + ") e WHERE section = ? AND game = ? AND day "
                + (cell.part().isEmpty() ? "IS NULL" : "= '" + LocalDate.parse(cell.part()) + "'")
                + (keys == null ? "" : " AND key = ANY(?)");
        try (PreparedStatement select = reading.connection().prepareStatement(entries)) {
            select.setFetchSize(FETCHED);
            select.setString(1, cell.section());
            select.setInt(2, cell.game());
            if (keys != null) {
                select.setArray(3, reading.connection().createArrayOf("text", keys.toArray()));
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    each.accept(new Entry.Exact(rows.getString(1), rows.getObject(2, UUID.class), rows.getString(3)));
                }
            }
        }
    }

    private String since(Reading reading) {
        Instant from = reading.from();
        return instant == null || from == null ? "" : " AND " + instant + " >= '" + from + "'";
    }

    /** In the words of the table itself, so that only the partitions of that day are looked at. */
    private String during(Cell.Key cell) {
        if (instant == null) {
            return "";
        }
        LocalDate day = LocalDate.parse(cell.part());
        Instant begin = day.atStartOfDay().toInstant(ZoneOffset.UTC);
        Instant end = day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
        return " AND " + instant + " >= '" + begin + "' AND " + instant + " < '" + end + "'";
    }

    /** Narrowed to those an index finds, where all keys begin alike. */
    private String of(Collection<String> keys) {
        return whose == null
                ? ""
                : narrowed(keys, UUID_FIRST, "uuid")
                        .or(() -> narrowed(keys, NUMBER, "int"))
                        .orElse("");
    }

    private Optional<String> narrowed(Collection<String> keys, Pattern first, String type) {
        TreeSet<String> all = new TreeSet<>();
        for (String key : keys) {
            Matcher matcher = first.matcher(key);
            if (!matcher.lookingAt()) {
                return Optional.empty();
            }
            all.add(matcher.group());
        }
        return Optional.of(" AND " + whose + " = ANY('{" + String.join(",", all) + "}'::" + type + "[])");
    }
}
