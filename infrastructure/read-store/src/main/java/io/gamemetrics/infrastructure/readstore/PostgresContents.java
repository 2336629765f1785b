package io.gamemetrics.infrastructure.readstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a version's tables hold, in one snapshot, which holds a connection until it is closed. Used by one thread. */
public final class PostgresContents implements Contents {

    private final Connection connection;
    private final List<EntrySource> sources;
    private final Set<String> sections = new HashSet<>();
    private final Trouble trouble;
    private final Map<Integer, Position> positions = new TreeMap<>();
    private final @Nullable Instant keptFrom;
    private @Nullable Instant from;

    /** Makes an exception of the store's. */
    @FunctionalInterface
    public interface Trouble {
        RuntimeException of(String what, SQLException cause);
    }

    /** Reads from when on single events are kept; absent: all are. */
    @FunctionalInterface
    public interface Horizon {
        @Nullable
        Instant read(Connection connection) throws SQLException;
    }

    private PostgresContents(
            Connection connection,
            List<EntrySource> sources,
            Predicate<String> asked,
            Trouble trouble,
            Map<Integer, Position> positions,
            @Nullable Instant keptFrom) {
        this.connection = connection;
        this.sources = sources;
        this.trouble = trouble;
        this.positions.putAll(positions);
        this.keptFrom = keptFrom;
        this.from = keptFrom;
        sources.forEach(source -> source.sections().stream().filter(asked).forEach(sections::add));
    }

    /**
     * Takes the snapshot.
     *
     * @param projection the projection's stable name, under which its checkpoints are kept
     * @param sources of all sections there are
     * @param asked which of the sections are given
     */
    public static Contents open(
            ModelSchema schema,
            String projection,
            Collection<? extends EntrySource> sources,
            Predicate<String> asked,
            Horizon horizon,
            Trouble trouble) {
        List<EntrySource> sorted = inOrder(sources);
        try {
            Connection connection = schema.connect();
            try {
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
                    // The texts of two versions' values are compared, and are to be read by people.
                    statement.execute("SET LOCAL TIME ZONE 'UTC'; SET LOCAL datestyle = 'ISO'");
                }
                // First: it may lock what must not be dropped while this is read, before the moment is chosen.
                Instant keptFrom = horizon.read(connection);
                Map<Integer, Position> positions = new TreeMap<>();
                new PostgresCheckpoints(schema.name(), projection)
                        .readAll(connection)
                        .forEach((partition, checkpoint) -> positions.put(partition, checkpoint.position()));
                return new PostgresContents(connection, sorted, asked, trouble, positions, keptFrom);
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw trouble.of("contents not read: schema=" + schema.name(), e);
        }
    }

    /** One after the other they give all cells in order. */
    private static List<EntrySource> inOrder(Collection<? extends EntrySource> sources) {
        Map<Cell.Key, EntrySource> bySection = new TreeMap<>();
        sources.forEach(
                source -> source.sections().forEach(section -> bySection.put(new Cell.Key(section, 0, ""), source)));
        List<EntrySource> sorted = new ArrayList<>();
        bySection.values().forEach(source -> {
            if (sorted.isEmpty() || sorted.getLast() != source) {
                sorted.add(source);
            }
        });
        if (sorted.size() != sources.size()) {
            throw new IllegalArgumentException("sections of one source must stand together: " + bySection.keySet());
        }
        return sorted;
    }

    @Override
    public boolean isOfOneMoment() {
        return true;
    }

    @Override
    public Map<Integer, Position> positions() {
        return Map.copyOf(positions);
    }

    @Override
    public Optional<Instant> keptFrom() {
        return Optional.ofNullable(keptFrom);
    }

    @Override
    public void leaveOutBefore(Instant earliest) {
        from = keptFrom == null || keptFrom.isBefore(earliest) ? earliest : keptFrom;
    }

    private Reading reading() {
        return new Reading(connection, sections, from);
    }

    @Override
    public void forEachCell(Consumer<Cell> each) {
        for (EntrySource source : sources) {
            if (source.sections().stream().anyMatch(sections::contains)) {
                try {
                    source.forEachCell(reading(), each);
                } catch (SQLException e) {
                    throw trouble.of("cells not read: sections=" + source.sections(), e);
                }
            }
        }
    }

    @Override
    public void forEachPage(Cell.Key cell, Consumer<List<Entry>> each) {
        List<Entry> page = new ArrayList<>();
        try {
            source(cell).forEachEntry(reading(), cell, entry -> {
                page.add(entry);
                if (page.size() == PAGE) {
                    each.accept(List.copyOf(page));
                    page.clear();
                }
            });
        } catch (SQLException e) {
            throw trouble.of("entries not read: " + cell, e);
        }
        if (!page.isEmpty()) {
            each.accept(List.copyOf(page));
        }
    }

    @Override
    public Map<String, Entry> find(Cell.Key cell, Collection<String> keys) {
        if (keys.size() > PAGE) {
            throw new IllegalArgumentException("at most " + PAGE + " keys: keys=" + keys.size());
        }
        Map<String, Entry> found = new HashMap<>();
        try {
            source(cell).find(reading(), cell, keys, entry -> found.put(entry.key(), entry));
        } catch (SQLException e) {
            throw trouble.of("entries not found: " + cell, e);
        }
        return found;
    }

    private EntrySource source(Cell.Key cell) {
        return sources.stream()
                .filter(source -> source.sections().contains(cell.section()))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("no such section: " + cell.section()));
    }

    @Override
    public void close() {
        try (connection) {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            throw trouble.of("contents not let go", e);
        }
    }
}
