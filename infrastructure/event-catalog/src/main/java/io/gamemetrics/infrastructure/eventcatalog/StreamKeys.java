package io.gamemetrics.infrastructure.eventcatalog;

import io.gamemetrics.infrastructure.privacy.DataKey;
import io.gamemetrics.infrastructure.privacy.Vault;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one group of events, each kind fetched at once when the first is asked for: first say all that is wanted, then
 * ask. An event's type says whether it lies under its stream's own key or under that of the person's game. Events of one
 * stream mostly follow each other, so the last stream is remembered. Used by one thread.
 */
final class StreamKeys {

    private final Vault vault;
    private final Set<UUID> streams = new HashSet<>();
    private final Set<UUID> persons = new HashSet<>();
    private @Nullable Map<UUID, DataKey> own;
    private @Nullable Map<UUID, DataKey> games;
    private @Nullable Set<UUID> erased;
    private @Nullable UUID lastWanted;
    private @Nullable UUID lastAsked;
    private @Nullable DataKey lastKey;

    StreamKeys(Vault vault) {
        this.vault = vault;
    }

    /** @param type absent: unknown to this build */
    void want(UUID stream, @Nullable EventType type) {
        if (isOfGame(type)) {
            persons.add(stream);
        } else if (!stream.equals(lastWanted)) {
            streams.add(stream);
            lastWanted = stream;
        }
    }

    /** The key of an event that was wanted; absent: there is none. */
    @Nullable
    DataKey of(UUID stream, @Nullable EventType type) {
        if (isOfGame(type)) {
            return games().get(stream);
        }
        if (!stream.equals(lastAsked)) {
            lastKey = own().get(stream);
            lastAsked = stream;
        }
        return lastKey;
    }

    /** Whether a wanted stream without a key of its own had one that was destroyed. */
    boolean isErased(UUID stream) {
        Set<UUID> known = erased;
        if (known == null) {
            Set<UUID> keyless = new HashSet<>(streams);
            keyless.removeAll(own().keySet());
            known = vault.erased(keyless);
            erased = known;
        }
        return known.contains(stream);
    }

    private static boolean isOfGame(@Nullable EventType type) {
        return type != null && type.outlivesItsPerson();
    }

    private Map<UUID, DataKey> own() {
        Map<UUID, DataKey> keys = own;
        if (keys == null) {
            keys = vault.keys(streams);
            own = keys;
        }
        return keys;
    }

    private Map<UUID, DataKey> games() {
        Map<UUID, DataKey> keys = games;
        if (keys == null) {
            keys = vault.gameKeysOf(persons);
            games = keys;
        }
        return keys;
    }
}
