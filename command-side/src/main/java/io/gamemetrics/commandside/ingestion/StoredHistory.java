package io.gamemetrics.commandside.ingestion;

import static java.util.stream.Collectors.toMap;

import io.gamemetrics.commandside.player.KnownEvents;
import io.gamemetrics.infrastructure.eventcatalog.LookupKeys;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Decoded;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.eventstore.StoredSnapshot;
import io.gamemetrics.infrastructure.privacy.DataKey;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads players' pasts from the event store, many streams in one query. Safe for concurrent use. */
public final class StoredHistory implements KnownEvents {

    private final EventStore store;
    private final EventCodec codec;
    private final Vault vault;

    public StoredHistory(EventStore store, EventCodec codec, Vault vault) {
        this.store = store;
        this.codec = codec;
        this.vault = vault;
    }

    /**
     * A stream as far as it has to be read to know its state.
     *
     * @param snapshot the state up to {@code snapshotSequence}; absent: there is none, and all events are here
     * @param events those after the snapshot
     */
    record Past(byte @Nullable [] snapshot, long snapshotSequence, List<Known> events) {

        static final Past NONE = new Past(null, -1, List.of());
    }

    @Override
    public List<Known> find(UUID stream, Collection<Question> questions) {
        return find(Map.of(stream, questions)).getOrDefault(stream, List.of());
    }

    /** The answers for many streams; one that has none is absent. */
    Map<UUID, List<Known>> find(Map<UUID, ? extends Collection<Question>> questions) {
        if (questions.isEmpty()) {
            return Map.of();
        }
        Map<UUID, DataKey> dataKeys = vault.keys(questions.keySet());
        Map<UUID, List<Long>> keys = new HashMap<>();
        questions.forEach((stream, asked) -> {
            DataKey dataKey = dataKeys.get(stream);
            if (dataKey != null) {
                LookupKeys lookup = new LookupKeys(dataKey);
                keys.put(
                        stream,
                        asked.stream().map(question -> key(lookup, question)).toList());
            }
        });
        return decoded(store.byLookupKeys(keys));
    }

    /** What has to be read of each of these streams: the latest snapshot and what came after it. Two queries for all. */
    Map<UUID, Past> pasts(Collection<UUID> streams) {
        Map<UUID, StoredSnapshot> snapshots = store.snapshots(streams);
        Map<UUID, byte[]> opened = new HashMap<>();
        snapshots.forEach((stream, snapshot) -> {
            byte[] plain = codec.openSnapshot(stream, snapshot.sequence(), snapshot.sealed());
            if (plain.length > 0) {
                opened.put(stream, plain);
            }
        });
        Map<UUID, Long> from = streams.stream()
                .collect(toMap(
                        stream -> stream,
                        stream -> opened.containsKey(stream) ? sequenceOf(snapshots, stream) + 1 : 0L,
                        (one, same) -> one));
        Map<UUID, List<Known>> events = decoded(store.readStreams(from));
        Map<UUID, Past> pasts = new HashMap<>();
        for (UUID stream : from.keySet()) {
            byte[] snapshot = opened.get(stream);
            pasts.put(
                    stream,
                    new Past(
                            snapshot,
                            snapshot == null ? -1 : sequenceOf(snapshots, stream),
                            events.getOrDefault(stream, List.of())));
        }
        return pasts;
    }

    private static long sequenceOf(Map<UUID, StoredSnapshot> snapshots, UUID stream) {
        StoredSnapshot snapshot = snapshots.get(stream);
        return snapshot == null ? -1 : snapshot.sequence();
    }

    private Map<UUID, List<Known>> decoded(Map<UUID, List<StoredEvent>> found) {
        List<StoredEvent> all =
                found.values().stream().flatMap(Collection::stream).toList();
        Map<UUID, List<Known>> decoded = new HashMap<>();
        List<Decoded> payloads = codec.decode(all);
        for (int i = 0; i < all.size(); i++) {
            StoredEvent stored = all.get(i);
            if (payloads.get(i) instanceof Decoded.Erased) {
                // What is left of an erased player's stream says that they were erased, and nothing else.
                continue;
            }
            decoded.computeIfAbsent(stored.stream(), stream -> new ArrayList<>())
                    .add(new Known(stored.sequence(), event(stored, payloads.get(i))));
        }
        return decoded;
    }

    private static PlayerEvent event(StoredEvent stored, Decoded decoded) {
        if (decoded instanceof Decoded.Event event && event.payload() instanceof PlayerEvent playerEvent) {
            return playerEvent;
        }
        // A decision on half a past would be wrong: the command fails, and the stored event stays as it is.
        throw new IllegalStateException("an event of a player can't be read: position=" + stored.position() + ", "
                + decoded.getClass().getSimpleName());
    }

    private static long key(LookupKeys lookup, Question question) {
        return switch (question) {
            case Question.EventWithId asked -> lookup.event(asked.eventId());
            case Question.StartAndEndOf asked -> lookup.session(asked.sessionId());
            case Question.ModerationWithId asked -> lookup.moderation(asked.eventId());
            case Question.RefundsOf asked -> lookup.refundsOf(asked.purchaseEventId());
        };
    }
}
