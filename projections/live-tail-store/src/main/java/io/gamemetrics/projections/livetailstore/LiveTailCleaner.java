package io.gamemetrics.projections.livetailstore;

import io.gamemetrics.infrastructure.readstore.Hit;
import io.gamemetrics.infrastructure.readstore.Needles;
import io.gamemetrics.infrastructure.readstore.RedisCheckpoints;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.StreamMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Goes through all that is kept, for erasures and for a new beginning. Safe for concurrent use. */
public final class LiveTailCleaner {

    private static final int KEYS_AT_ONCE = 500;
    private static final int ENTRIES_AT_ONCE = 100;
    private static final String CHECKPOINTS = "gm:{" + LiveTailStore.PROJECTION + "}:";

    private final LiveTailStore store;

    LiveTailCleaner(LiveTailStore store) {
        this.store = store;
    }

    /**
     * Takes away all entries of a player, their bytes too. They do not come back when the events are applied again: Redis
     * takes no id twice.
     *
     * @return entries taken away, each of one event or more
     */
    long purge(int game, UUID pseudonym) {
        long[] purged = {0};
        forEachKey(LiveTailKeys.ofGame(game), key -> {
            if (store.run(Scripts.PURGE, ScriptOutputType.INTEGER, List.of(key), List.of(pseudonym.toString()))
                    instanceof Long entries) {
                purged[0] += entries;
            }
        });
        return purged[0];
    }

    /** What there is of a player: {@code entry}, an event that is shown; {@code parked}. Kinds without any are left out. */
    public Map<String, Long> held(int game, UUID pseudonym) {
        Map<String, Long> held = new TreeMap<>();
        forEachEvent(game, pseudonym, event -> held.merge("entry", 1L, Long::sum));
        RedisCheckpoints checkpoints = store.checkpoints();
        for (int partition : checkpoints.readAll().keySet()) {
            held.merge("parked", checkpoints.parked(partition, pseudonym), Long::sum);
        }
        held.values().removeIf(count -> count == 0);
        return held;
    }

    /** Gives a player's events, each with its fields as people read them. */
    public void forEachEntry(int game, UUID pseudonym, Consumer<Map<String, Object>> each) {
        forEachEvent(game, pseudonym, event -> each.accept(EventFields.readable(event)));
    }

    private void forEachEvent(int game, UUID pseudonym, Consumer<List<String>> each) {
        String player = pseudonym.toString();
        forEachKey(
                LiveTailKeys.ofGame(game),
                key -> pages(key, (same, entries) -> entries.stream()
                        .filter(entry -> player.equals(entry.getBody().get(EventFields.PLAYER)))
                        .forEach(entry -> Entry.events(texts(entry)).forEach(each))));
    }

    /** Where any of these is, in the names of keys, in entries, and in what is kept beside them; without a hit empty. */
    public List<Hit> scan(Needles needles) {
        Map<String, Map<Integer, Long>> found = new TreeMap<>();
        for (String pattern : List.of(LiveTailKeys.PREFIX + "*", CHECKPOINTS + "*")) {
            forEachKey(pattern, key -> {
                Consumer<String> look = text -> needles.in(text).stream()
                        .forEach(needle -> found.computeIfAbsent(needles.hidden(key), any -> new TreeMap<>())
                                .merge(needle, 1L, Long::sum));
                look.accept(key);
                forEachText(key, look);
            });
        }
        List<Hit> hits = new ArrayList<>();
        found.forEach((key, counts) ->
                counts.forEach((needle, values) -> hits.add(new Hit(LiveTailStore.PROJECTION, key, needle, values))));
        return hits;
    }

    private void forEachText(String key, Consumer<String> each) {
        switch (store.commands().type(key)) {
            case "stream" ->
                pages(
                        key,
                        (same, entries) -> entries.forEach(
                                entry -> Entry.opened(texts(entry)).forEach(each)));
            case "hash" ->
                store.commands().hgetall(key).forEach((field, value) -> {
                    each.accept(field);
                    each.accept(value);
                });
            case "string" -> {
                String value = store.commands().get(key);
                each.accept(value == null ? "" : value);
            }
            default -> throw new IllegalStateException("live tail: a key of a kind nothing is known of");
        }
    }

    /** Takes everything away, checkpoints included: the projection begins anew. While it does not run. */
    public void drop() {
        try {
            deleteAll(LiveTailKeys.PREFIX + "*");
            deleteAll(CHECKPOINTS + "*");
        } catch (RedisException e) {
            throw new LiveTailStoreException("live tail: not emptied", e);
        }
    }

    private void deleteAll(String pattern) {
        ScanIterator<String> keys = ScanIterator.scan(
                store.commands(), ScanArgs.Builder.matches(pattern).limit(KEYS_AT_ONCE));
        while (keys.hasNext()) {
            store.commands().unlink(keys.next());
        }
    }

    private void forEachKey(String pattern, Consumer<String> each) {
        try {
            ScanIterator<String> keys = ScanIterator.scan(
                    store.commands(), ScanArgs.Builder.matches(pattern).limit(KEYS_AT_ONCE));
            while (keys.hasNext()) {
                String key = keys.next();
                each.accept(key);
            }
        } catch (RedisException e) {
            throw new LiveTailStoreException("live tail: not gone through", e);
        }
    }

    private void pages(String key, BiConsumer<String, List<StreamMessage<String, String>>> page) {
        Range<String> rest = Range.unbounded();
        List<StreamMessage<String, String>> entries;
        do {
            entries = store.commands().xrange(key, rest, Limit.from(ENTRIES_AT_ONCE));
            if (!entries.isEmpty()) {
                rest = Range.from(Range.Boundary.excluding(entries.getLast().getId()), Range.Boundary.unbounded());
                page.accept(key, entries);
            }
        } while (entries.size() == ENTRIES_AT_ONCE);
    }

    private static List<String> texts(StreamMessage<String, String> entry) {
        List<String> texts = new ArrayList<>();
        for (Map.Entry<String, String> field : entry.getBody().entrySet()) {
            texts.add(field.getKey());
            texts.add(field.getValue());
        }
        return texts;
    }
}
