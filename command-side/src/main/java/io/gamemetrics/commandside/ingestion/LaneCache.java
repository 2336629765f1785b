package io.gamemetrics.commandside.ingestion;

import java.util.Iterator;
import java.util.LinkedHashMap;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates a lane holds: strongly, of so many bytes by estimate, the least recently used leave first. Each goes with
 * the last sequence it knows of, so that one another replica has written to is noticed. Used by the lane's thread only.
 */
final class LaneCache implements Cache {

    private final long mostBytes;
    private final LinkedHashMap<Object, Held> held = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @param mostBytes of all that is held, by {@link Held#bytes}; the one used last stays whatever it takes */
    LaneCache(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** @param lastSequence -1 while it is not known */
    private record Held(@Nullable Object aggregate, long lastSequence) {

        /** An aggregate without any event, Axon's part and the cache's own included. */
        private static final int LEAST_BYTES = 2_048;

        /** It remembers ids, sessions and purchases of its events, up to a limit of each. */
        private static final int BYTES_AN_EVENT = 48;

        private static final int MOST_BYTES = 20 * 1_024;

        private static final int WITHOUT_AGGREGATE = 256;

        long bytes() {
            return aggregate == null
                    ? WITHOUT_AGGREGATE
                    : Math.min(MOST_BYTES, LEAST_BYTES + BYTES_AN_EVENT * (lastSequence + 1));
        }
    }

    /** Whether the aggregate is held as it is after this event of its stream. */
    boolean holds(String id, long lastSequence) {
        Held found = held.get(id);
        return found != null && found.aggregate != null && found.lastSequence == lastSequence;
    }

    /** Notes the last event that an aggregate which is or will be held knows of. */
    void isAt(String id, long lastSequence) {
        Held before = held.get(id);
        hold(id, new Held(before == null ? null : before.aggregate, lastSequence));
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // As the interface has it.
    public <K, V> @Nullable V get(K key) {
        Held found = held.get(key);
        return found == null ? null : (V) found.aggregate;
    }

    /** An aggregate without any event has no name and is not held. */
    @Override
    public void put(@Nullable Object key, Object value) {
        if (key != null) {
            Held before = held.get(key);
            hold(key, new Held(value, before == null ? -1 : before.lastSequence));
        }
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        if (containsKey(key)) {
            return false;
        }
        put(key, value);
        return true;
    }

    @Override
    public boolean remove(@Nullable Object key) {
        Held before = held.remove(key);
        bytes -= before == null ? 0 : before.bytes();
        return before != null && before.aggregate != null;
    }

    @Override
    public boolean containsKey(Object key) {
        Held found = held.get(key);
        return found != null && found.aggregate != null;
    }

    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        throw new IllegalStateException("nobody may listen to a lane's cache: it belongs to one thread");
    }

    private void hold(Object key, Held now) {
        Held before = held.put(key, now);
        bytes += now.bytes() - (before == null ? 0 : before.bytes());
        Iterator<Held> eldest = held.values().iterator();
        while (bytes > mostBytes && held.size() > 1) {
            bytes -= eldest.next().bytes();
            eldest.remove();
        }
    }
}
