package io.gamemetrics.infrastructure.eventstore;

import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All events ever, in one order. Groups are appended whole or not at all; positions are contiguous and in commit order,
 * so a reader that follows them misses nothing. Safe for concurrent use, also by several processes.
 *
 * <p>Every method throws {@link EventStoreException} when the database can't be asked.
 */
public interface EventStore extends AutoCloseable {

    /**
     * Appends a group in one transaction. When this returns, it is durable.
     *
     * @return where it went; for a group without events, the last position of the store
     * @throws StaleStreamException when another event stands at one of the sequences already: nothing was stored
     */
    Appended append(EventGroup group);

    /** The last position; number 0 when there is none. */
    Position position();

    /**
     * The events after a position, in order of position, each in place: the first has the next number.
     *
     * @param limit at most so many, from 1
     * @return fewer than {@code limit} only when there are no more now
     * @throws OtherIncarnationException when {@code after} belongs to another life of the store, or lies past its end
     */
    List<StoredEvent> read(Position after, int limit);

    /**
     * The position after which come the events stored at or after an instant: time never runs backward along positions.
     * Asks the database some 40 times at most.
     */
    Position positionBefore(Instant instant);

    /** One stream's events from a sequence on, in order; at most {@code limit}. */
    List<StoredEvent> readStream(UUID stream, long fromSequence, int limit);

    /** Several streams' events, each from its own sequence on, in order, in one query. A stream without any is absent. */
    Map<UUID, List<StoredEvent>> readStreams(Map<UUID, Long> fromSequences);

    /** The sequence of the last event of each of these streams, in one query. A stream without any is absent. */
    Map<UUID, Long> headSequences(Collection<UUID> streams);

    /**
     * The events found by their lookup keys, in order of sequence, in one query. They are candidates: two things may
     * share a key, so the caller compares what it finds. A stream without any is absent.
     *
     * @param keys keys by stream
     */
    Map<UUID, List<StoredEvent>> byLookupKeys(Map<UUID, ? extends Collection<Long>> keys);

    /**
     * The events after a position, as {@link #read} gives them, by their hashes alone: what they hold stays in the database
     * where that can hash it, which PostgreSQL can from version 18 on.
     *
     * @throws OtherIncarnationException as {@link #read} does
     */
    List<EventDigest> digests(Position after, int limit);

    /**
     * How many events lie in {@code (after, upTo]} and the sum of their hashes.
     *
     * @throws OtherIncarnationException as {@link #read} does, for both ends
     */
    RangeProof prove(Position after, Position upTo);

    /**
     * How many events each tenant has in {@code (after, upTo]}; who has none is absent. Counted in the database, row by row:
     * some seconds for ten million.
     *
     * @param types numbers of the types that are counted; empty: all
     */
    Map<Integer, Long> countByTenant(Position after, Position upTo, Set<Integer> types);

    /** The latest snapshots of these streams, in one query. A stream without one is absent. */
    Map<UUID, StoredSnapshot> snapshots(Collection<UUID> streams);

    /**
     * Snapshots of all streams, by stream: for who searches them.
     *
     * @param after the last stream seen; absent: from the first
     */
    List<StoredSnapshot> snapshotsAfter(@Nullable UUID after, int limit);

    /** Keeps these as the latest snapshots, except where a later one is kept already. */
    void storeSnapshots(Collection<StoredSnapshot> snapshots);

    /**
     * Deletes the snapshots of these streams; their events say the same.
     *
     * @return how many there were
     */
    long deleteSnapshots(Collection<UUID> streams);

    /**
     * Waits until there is an event after a position: at once when this process appends it, within some 50 ms when
     * another does.
     *
     * @return whether there is one; false after the timeout
     */
    boolean awaitAfter(Position position, Duration timeout) throws InterruptedException;

    /** The events that were refused. */
    RejectedEvents rejectedEvents();

    /** Moments that are no events. */
    Moments moments();

    /** What tenants may take, over all who share the store. */
    Allowances allowances();

    /**
     * Begins a new life of the store: positions handed out so far are of another incarnation from now on. For a store
     * that was restored to older data.
     */
    Position newIncarnation();

    /** Gives the connections back. */
    @Override
    void close();
}
