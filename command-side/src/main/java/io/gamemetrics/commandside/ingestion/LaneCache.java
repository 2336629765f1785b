package io.gamemetrics.commandside.ingestion;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.jspecify.annotations.Nullable;

/**
 * The aggregates a lane holds: strongly, at most so many, the least recently used leave first. Each goes with the last
 * sequence it knows of, so that one another replica has written to is noticed. Used by the lane's thread only.
 */
final class LaneCache implements Cache {

    private final Map<Object, Object> entries;
    private final Map<Object, Long> sequences = new HashMap<>();

    LaneCache(int maxAggregates) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Object, Object> eldest) {
                boolean tooMany = size() > maxAggregates;
                if (tooMany) {
                    sequences.remove(eldest.getKey());
                }
                return tooMany;
            }
        };
    }

    /** Whether the aggregate is held as it is after this event of its stream. */
    boolean holds(String id, long lastSequence) {
        Long known = sequences.get(id);
        return known != null && known == lastSequence && entries.containsKey(id);
    }

    /** Notes the last event that an aggregate which is or will be held knows of. */
    void isAt(String id, long lastSequence) {
        sequences.put(id, lastSequence);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // As the interface has it.
    public <K, V> @Nullable V get(K key) {
        return (V) entries.get(key);
    }

    /** An aggregate without any event has no name and is not held. */
    @Override
    public void put(@Nullable Object key, Object value) {
        if (key != null) {
            entries.put(key, value);
        }
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        return entries.putIfAbsent(key, value) == null;
    }

    @Override
    public boolean remove(@Nullable Object key) {
        sequences.remove(key);
        return entries.remove(key) != null;
    }

    @Override
    public boolean containsKey(Object key) {
        return entries.containsKey(key);
    }

    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        throw new IllegalStateException("nobody may listen to a lane's cache: it belongs to one thread");
    }
}
