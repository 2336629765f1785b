package io.gamemetrics.infrastructure.eventcatalog;

import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.privacy.DataKey;
import io.gamemetrics.infrastructure.privacy.Envelope;
import io.gamemetrics.infrastructure.privacy.UnreadableEnvelopeException;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Events as compact JSON in an envelope under their stream's key, tied to stream, type name, revision and sequence. What
 * outlives its person is under the key of the person's game. Keeps no key beyond a call, so what the vault leases ends when
 * the vault says so; events kept by {@link RecentEvents} are handed out under keys of the same call.
 */
public final class VaultEventCodec implements EventCodec {

    private static final byte[] NOTHING = {};

    private final Vault vault;
    private final EventCatalog catalog;
    private final @Nullable RecentEvents recent;
    private final long reader;

    public VaultEventCodec(Vault vault) {
        this(vault, EventCatalog.current(), null, 0);
    }

    /** @param reader who it is among those who share {@code recent} */
    private VaultEventCodec(Vault vault, EventCatalog catalog, @Nullable RecentEvents recent, long reader) {
        this.vault = vault;
        this.catalog = catalog;
        this.recent = recent;
        this.reader = reader;
    }

    /**
     * The same, which opens no event that somebody else with the same key has opened a moment ago. For one read model: what all
     * codecs made here were asked for once is held for nobody any longer.
     */
    public VaultEventCodec sharing(RecentEvents events) {
        return new VaultEventCodec(vault, catalog, events, events.newReader());
    }

    /** @throws MissingKeyException when the key of a stream is gone */
    @Override
    public List<Encoded> encode(List<NewEvent> events) {
        StreamKeys keys = new StreamKeys(vault);
        for (NewEvent event : events) {
            keys.want(event.stream(), typeOf(event));
        }
        Map<UUID, LookupKeys> lookups = new HashMap<>();
        Envelope envelope = new Envelope();
        List<Encoded> encoded = new ArrayList<>(events.size());
        for (NewEvent event : events) {
            EventType type = typeOf(event);
            Shape<?> shape = catalog.shapeOf(event.payload().getClass());
            DataKey key = keys.of(event.stream(), type);
            if (key == null) {
                throw new MissingKeyException(event.stream());
            }
            encoded.add(new Encoded(
                    key.gameNumber(),
                    type.number(),
                    type.revision(),
                    envelope.seal(
                            key.encryption(),
                            context(event.stream(), type.name(), type.revision(), event.sequence()),
                            StoredJson.write(out -> shape.write(event.payload(), out))),
                    type.outlivesItsPerson()
                            ? List.of()
                            : lookups.computeIfAbsent(event.stream(), stream -> new LookupKeys(key))
                                    .of(event.payload())));
        }
        return encoded;
    }

    private EventType typeOf(NewEvent event) {
        return catalog.shapeOf(event.payload().getClass()).type();
    }

    @Override
    public List<Decoded> decode(List<StoredEvent> events) {
        StreamKeys keys = new StreamKeys(vault);
        for (StoredEvent event : events) {
            keys.want(event.stream(), typeOf(event));
        }
        Envelope envelope = new Envelope();
        Function<StoredEvent, Decoded> opening = event -> decode(envelope, keys, event);
        RecentEvents shared = recent;
        // Whom a link names may be gone by now: that is asked each time.
        return withPersons(
                shared == null
                        ? events.stream().map(opening).toList()
                        : shared.decode(reader, events, event -> keys.of(event.stream(), typeOf(event)), opening));
    }

    private Decoded decode(Envelope envelope, StreamKeys keys, StoredEvent event) {
        DataKey key = keys.of(event.stream(), typeOf(event));
        if (key != null) {
            return decode(envelope, key, event);
        }
        return keys.isErased(event.stream()) ? new Decoded.Erased() : new Decoded.Unreadable("key.unknown");
    }

    @Override
    public List<byte[]> open(List<StoredEvent> events) {
        StreamKeys keys = new StreamKeys(vault);
        for (StoredEvent event : events) {
            keys.want(event.stream(), typeOf(event));
        }
        Envelope envelope = new Envelope();
        return events.stream().map(event -> open(envelope, keys, event)).toList();
    }

    private byte[] open(Envelope envelope, StreamKeys keys, StoredEvent event) {
        EventType type = typeOf(event);
        DataKey key = keys.of(event.stream(), type);
        if (key == null || type == null) {
            return NOTHING;
        }
        byte[] context = context(event.stream(), type.name(), event.revision(), event.sequence());
        try {
            return envelope.open(key.encryption(), context, event.payload());
        } catch (UnreadableEnvelopeException e) {
            return NOTHING;
        }
    }

    /** Absent: this build does not know it. */
    private @Nullable EventType typeOf(StoredEvent event) {
        Shape<?> shape = catalog.shape(event.type());
        return shape == null ? null : shape.type();
    }

    /** Adds the number of the person a link names, one query for all. */
    private List<Decoded> withPersons(List<Decoded> decoded) {
        Set<UUID> persons = new HashSet<>();
        for (Decoded event : decoded) {
            UUID person = personIn(event);
            if (person != null) {
                persons.add(person);
            }
        }
        if (persons.isEmpty()) {
            return decoded;
        }
        Map<UUID, DataKey> keys = vault.keys(persons);
        Set<UUID> keyless = new HashSet<>(persons);
        keyless.removeAll(keys.keySet());
        Set<UUID> erased = vault.erased(keyless);
        return decoded.stream()
                .map(event -> {
                    UUID person = personIn(event);
                    if (person == null
                            || erased.contains(person)
                            || !(event instanceof Decoded.Event(Object payload, int subject, int none))) {
                        return event;
                    }
                    DataKey key = keys.get(person);
                    return key == null
                            ? new Decoded.Unreadable("key.unknown")
                            : new Decoded.Event(payload, subject, key.playerNumber());
                })
                .toList();
    }

    private static @Nullable UUID personIn(Decoded decoded) {
        return decoded instanceof Decoded.Event event && event.payload() instanceof LinkedToPlayer link
                ? link.person().value()
                : null;
    }

    @Override
    public byte[] sealSnapshot(UUID stream, long sequence, byte[] plain) {
        DataKey key = vault.keys(Set.of(stream)).get(stream);
        if (key == null) {
            throw new MissingKeyException(stream);
        }
        return new Envelope().seal(key.encryption(), context(stream, "snapshot", 0, sequence), plain);
    }

    /** One that does not open is like one whose key is gone: the stream's events say the same and more. */
    @Override
    public byte[] openSnapshot(UUID stream, long sequence, byte[] sealed) {
        DataKey key = vault.keys(Set.of(stream)).get(stream);
        if (key == null) {
            return new byte[0];
        }
        try {
            return new Envelope().open(key.encryption(), context(stream, "snapshot", 0, sequence), sealed);
        } catch (UnreadableEnvelopeException e) {
            return new byte[0];
        }
    }

    @Override
    public @Nullable Class<?> payloadOf(int type, int revision) {
        Shape<?> shape = readable(type, revision);
        return shape == null ? null : shape.type().payload();
    }

    /** Absent: this build does not know the type, or not this revision of it. */
    private @Nullable Shape<?> readable(int type, int revision) {
        Shape<?> shape = catalog.shape(type);
        return shape == null || revision < 1 || revision > shape.type().revision() ? null : shape;
    }

    private Decoded decode(Envelope envelope, DataKey key, StoredEvent event) {
        Shape<?> shape = readable(event.type(), event.revision());
        if (shape == null) {
            return new Decoded.UnknownType(event.type(), event.revision());
        }
        byte[] context = context(event.stream(), shape.type().name(), event.revision(), event.sequence());
        try {
            byte[] plain = envelope.open(key.encryption(), context, event.payload());
            return new Decoded.Event(shape.read(event.revision(), StoredJson.read(plain)), key.playerNumber());
        } catch (UnreadableEnvelopeException e) {
            return new Decoded.Unreadable(e.word());
        } catch (MisshapenException | IllegalArgumentException | DateTimeException | ArithmeticException e) {
            // Values check themselves when they are made; their messages are not passed on.
            return new Decoded.Unreadable("shape");
        }
    }

    private static byte[] context(UUID stream, String name, int revision, long sequence) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(28 + text.length)
                .putLong(stream.getMostSignificantBits())
                .putLong(stream.getLeastSignificantBits())
                .putInt(revision)
                .putLong(sequence)
                .put(text)
                .array();
    }
}
