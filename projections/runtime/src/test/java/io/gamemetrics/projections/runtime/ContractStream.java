package io.gamemetrics.projections.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventCodec.Encoded;
import io.gamemetrics.infrastructure.eventstore.EventGroup;
import io.gamemetrics.infrastructure.eventstore.EventGroup.Row;
import io.gamemetrics.infrastructure.eventstore.EventStoreSettings;
import io.gamemetrics.infrastructure.eventstore.PostgresEventStore;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.privacy.OutlivesItsPerson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A real event store, and a projection that is given its events as the runner gives them, by hand. */
final class ContractStream implements AutoCloseable {

    static final UUID ONE = UUID.nameUUIDFromBytes(new byte[1]);
    static final UUID OTHER = UUID.nameUUIDFromBytes(new byte[2]);

    /** Read as it is; not to be read before it is mended; of a newer build. */
    enum Kind {
        FINE(1),
        BROKEN(2),
        NEWER(3);

        private final int type;

        Kind(int type) {
            this.type = type;
        }

        private static Kind of(int type) {
            return Arrays.stream(values())
                    .filter(kind -> kind.type == type)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static final Instant AT = Instant.parse("2026-03-04T05:06:07.123456Z");
    private static final int GAME = 1;

    private final PostgresEventStore store =
            PostgresEventStore.open(EventStoreSettings.of(TestPostgres.newDatabase(), "", ""));
    private final List<Object> payloads = new ArrayList<>();
    private final Map<UUID, Long> sequences = new HashMap<>();
    private final Set<UUID> keyless = new HashSet<>();
    private boolean newest;

    /** From now on everything can be read. */
    void mend() {
        newest = true;
    }

    /** From now on this player's events can't be read, but for the last. */
    void destroyKey(UUID stream) {
        keyless.add(stream);
    }

    /** Appends an event and gives it as it is stored. */
    StoredEvent append(UUID stream, Object payload) {
        return append(stream, payload, Kind.FINE);
    }

    StoredEvent append(UUID stream, Object payload, Kind kind) {
        long sequence = sequences.merge(stream, 1L, Long::sum) - 1;
        payloads.add(payload);
        byte[] index = Integer.toString(payloads.size() - 1).getBytes(UTF_8);
        Position before = store.position();
        store.append(
                EventGroup.of(List.of(new Row(stream, sequence, new Encoded(GAME, kind.type, 1, index, List.of())))));
        return store.read(before, 1).getFirst();
    }

    List<StoredEvent> appendAll(UUID stream, List<Object> all) {
        return all.stream().map(payload -> append(stream, payload)).toList();
    }

    /** A partition as an instance has it that begins from what the projection's store says now. */
    Instance begin(Projection projection, int partition) {
        return new Instance(projection, partition);
    }

    final class Instance {

        private final Quarantine quarantine;
        private final BatchApplier applier;

        private Instance(Projection projection, int partition) {
            EventReader events = new EventReader(new Codec(), type -> true, projection, event -> true);
            Checkpoint saved = projection.checkpoint(partition);
            Checkpoint beginning = new Checkpoint(
                    new Position(store.position().incarnation(), 0), Instant.EPOCH, Inbox.BEGINNING, 0, 0);
            quarantine = new Quarantine(projection, partition, store, events);
            quarantine.load();
            applier = new BatchApplier(
                    projection, partition, events, quarantine, 100, saved, saved == null ? beginning : saved);
        }

        /** All in one batch. */
        Instance apply(List<StoredEvent> events) {
            applier.apply(
                    events,
                    events.getLast().position(),
                    AT,
                    events.getLast().position().number());
            return this;
        }

        Instance apply(StoredEvent event) {
            return apply(List.of(event));
        }

        /** What comes of applying what waits. */
        @Nullable
        Released release(UUID stream) {
            Release wish = new Release(1, UUID.randomUUID(), 0, stream, null);
            quarantine.want(wish);
            applier.attend();
            return quarantine.done().get(wish);
        }
    }

    @Override
    public void close() {
        store.close();
    }

    /** Finds payloads by what is stored. */
    private final class Codec implements EventCodec {

        @Override
        public List<Decoded> decode(List<StoredEvent> events) {
            return events.stream().map(this::decode).toList();
        }

        private Decoded decode(StoredEvent event) {
            Object payload = payloads.get(Integer.parseInt(new String(event.payload(), UTF_8)));
            if (keyless.contains(event.stream()) && !(payload instanceof OutlivesItsPerson)) {
                return new Decoded.Erased();
            }
            return switch (newest ? Kind.FINE : Kind.of(event.type())) {
                case FINE -> new Decoded.Event(payload, event.stream().equals(OTHER) ? 1 : 0);
                case BROKEN -> new Decoded.Unreadable("payload.broken");
                case NEWER -> new Decoded.UnknownType(event.type(), event.revision());
            };
        }

        @Override
        public List<Encoded> encode(List<NewEvent> events) {
            throw new UnsupportedOperationException("these events are stored as they are");
        }

        @Override
        public byte[] sealSnapshot(UUID stream, long sequence, byte[] plain) {
            throw new UnsupportedOperationException("there are no snapshots here");
        }

        @Override
        public byte[] openSnapshot(UUID stream, long sequence, byte[] sealed) {
            throw new UnsupportedOperationException("there are no snapshots here");
        }
    }
}
