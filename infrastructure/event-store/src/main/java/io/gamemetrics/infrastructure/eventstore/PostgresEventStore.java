package io.gamemetrics.infrastructure.eventstore;

import com.zaxxer.hikari.HikariDataSource;
import io.gamemetrics.sharedkernel.ids.Position;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** The event store in a PostgreSQL database. */
public final class PostgresEventStore implements EventStore {

    /** Where its tables' migrations lie, for Flyway. */
    public static final String SCHEMA = "classpath:db/event-store";

    /** The table that says which of them were made. */
    public static final String SCHEMA_HISTORY = "event_store_history";

    private static final long COUNT_STEP = 500_000;
    private static final int PROOF_PAGE = 5_000;

    private final HikariDataSource writers;
    private final HikariDataSource readers;
    private final GroupAppender appender;
    private final EventQueries queries;
    private final Snapshots snapshots;
    private final RejectedEvents rejectedEvents;
    private final Moments moments;
    private final Allowances allowances;
    private final StalledCopies stalledCopies;
    private final boolean hashesItself;
    private final Arrivals arrivals = new Arrivals();

    private PostgresEventStore(EventStoreSettings settings) {
        writers = Connections.writers(settings);
        readers = Connections.readers(settings);
        appender = new GroupAppender(writers, settings.holdLimit());
        queries = new EventQueries(readers);
        snapshots = new Snapshots(readers);
        rejectedEvents = new RejectedEvents(readers);
        moments = new Moments(readers);
        allowances = new Allowances(readers);
        stalledCopies = new StalledCopies(readers, settings.holdLimit());
        hashesItself = queries.canHash();
    }

    /**
     * Opens the store, its schema brought up to date.
     *
     * @throws EventStoreException with one sentence, when this database can't be trusted with events
     */
    public static PostgresEventStore open(EventStoreSettings settings) {
        DataSource database = Connections.single(settings);
        try (Connection connection = database.getConnection()) {
            DatabaseCheck.check(connection, settings.unsafeDatabase());
        } catch (SQLException e) {
            throw new EventStoreException(
                    "the event store's database cannot be reached (" + e.getSQLState()
                            + "): check GAMEMETRICS_POSTGRES_URL and its credentials",
                    e);
        }
        Flyway.configure()
                .dataSource(database)
                .locations(SCHEMA)
                .table(SCHEMA_HISTORY)
                .load()
                .migrate();
        return new PostgresEventStore(settings);
    }

    @Override
    public Appended append(EventGroup group) {
        if (group.events().isEmpty()) {
            rejectedEvents.append(group.rejected());
            return new Appended(position(), 0);
        }
        stalledCopies.begun();
        try {
            Appended appended = appender.append(group);
            arrivals.arrived(appended.last().number());
            return appended;
        } finally {
            stalledCopies.ended();
        }
    }

    @Override
    public Position position() {
        return queries.position();
    }

    @Override
    public List<StoredEvent> read(Position after, int limit) {
        List<StoredEvent> events = queries.after(after.number(), limit);
        requireJoined(after, events, StoredEvent::position);
        return events;
    }

    @Override
    public List<EventDigest> digests(Position after, int limit) {
        List<EventDigest> digests = hashesItself
                ? queries.digestsAfter(after.number(), limit)
                : queries.after(after.number(), limit).stream()
                        .map(EventDigest::of)
                        .toList();
        requireJoined(after, digests, EventDigest::position);
        return digests;
    }

    private <E> void requireJoined(Position after, List<E> events, Function<E, Position> place) {
        if (events.isEmpty()) {
            requireReached(after);
            return;
        }
        if (place.apply(events.getFirst()).incarnation() != after.incarnation()) {
            throw new OtherIncarnationException(after, position());
        }
        long expected = after.number();
        for (E event : events) {
            if (place.apply(event).number() != ++expected) {
                throw new EventStoreException(
                        "the event store is damaged: after position " + (expected - 1) + " comes " + place.apply(event),
                        null);
            }
        }
    }

    @Override
    public Position positionBefore(Instant instant) {
        Position last = position();
        long before = 0;
        long notBefore = last.number() + 1;
        while (notBefore - before > 1) {
            long middle = before + (notBefore - before) / 2;
            if (queries.storedAt(middle).isBefore(instant)) {
                before = middle;
            } else {
                notBefore = middle;
            }
        }
        return new Position(last.incarnation(), before);
    }

    @Override
    public List<StoredEvent> readStream(UUID stream, long fromSequence, int limit) {
        return queries.ofStream(stream, fromSequence, limit);
    }

    @Override
    public Map<UUID, List<StoredEvent>> readStreams(Map<UUID, Long> fromSequences) {
        return fromSequences.isEmpty() ? Map.of() : queries.ofStreams(fromSequences);
    }

    @Override
    public Map<UUID, Long> headSequences(Collection<UUID> streams) {
        return streams.isEmpty() ? Map.of() : queries.heads(streams);
    }

    @Override
    public Map<UUID, List<StoredEvent>> byLookupKeys(Map<UUID, ? extends Collection<Long>> keys) {
        return keys.isEmpty() ? Map.of() : queries.byLookupKeys(keys);
    }

    @Override
    public RangeProof prove(Position after, Position upTo) {
        requireReached(upTo);
        RangeProof proof = RangeProof.NONE;
        Position reached = after;
        while (reached.number() < upTo.number()) {
            long left = upTo.number() - reached.number();
            for (EventDigest event : digests(reached, (int) Math.min(left, PROOF_PAGE))) {
                proof = proof.plus(event);
                reached = event.position();
            }
        }
        return proof;
    }

    @Override
    public Map<Integer, Long> countByTenant(Position after, Position upTo, Set<Integer> types) {
        Map<Integer, Long> counts = new HashMap<>();
        // In steps: none of them may take longer than a transaction may here.
        for (long from = after.number(); from < upTo.number(); from += COUNT_STEP) {
            queries.countByTenant(from, Math.min(upTo.number(), from + COUNT_STEP), types)
                    .forEach((tenant, count) -> counts.merge(tenant, count, Long::sum));
        }
        return counts;
    }

    @Override
    public Map<UUID, StoredSnapshot> snapshots(Collection<UUID> streams) {
        return streams.isEmpty() ? Map.of() : snapshots.latest(streams);
    }

    @Override
    public List<StoredSnapshot> snapshotsAfter(@Nullable UUID after, int limit) {
        return snapshots.after(after, limit);
    }

    @Override
    public void storeSnapshots(Collection<StoredSnapshot> latest) {
        if (!latest.isEmpty()) {
            snapshots.store(latest);
        }
    }

    @Override
    public long deleteSnapshots(Collection<UUID> streams) {
        return streams.isEmpty() ? 0 : snapshots.delete(streams);
    }

    @Override
    public boolean awaitAfter(Position position, Duration timeout) throws InterruptedException {
        return arrivals.awaitAfter(position.number(), timeout, () -> position().number());
    }

    @Override
    public Moments moments() {
        return moments;
    }

    @Override
    public Allowances allowances() {
        return allowances;
    }

    @Override
    public RejectedEvents rejectedEvents() {
        return rejectedEvents;
    }

    @Override
    public Position newIncarnation() {
        return queries.newIncarnation();
    }

    @Override
    public void close() {
        stalledCopies.close();
        writers.close();
        readers.close();
    }

    private void requireReached(Position position) {
        Position last = position();
        if (last.incarnation() != position.incarnation() || last.number() < position.number()) {
            throw new OtherIncarnationException(position, last);
        }
    }
}
