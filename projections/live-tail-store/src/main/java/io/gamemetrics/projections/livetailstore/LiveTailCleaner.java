package io.gamemetrics.projections.livetailstore;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanIterator;
import io.lettuce.core.StreamMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Goes through all that is kept, for erasures and for a new beginning. Safe for concurrent use. */
public final class LiveTailCleaner {

    private static final int PAGE = 500;

    private final LiveTailStore store;

    LiveTailCleaner(LiveTailStore store) {
        this.store = store;
    }

    /**
     * Takes away all entries of a player. They do not come back when the events are applied again: Redis takes no id
     * twice.
     *
     * @return entries taken away
     */
    public long purge(UUID pseudonym) {
        long[] purged = {0};
        forEachPage((key, entries) -> {
            String[] ids = entries.stream()
                    .filter(entry ->
                            pseudonym.equals(LiveEvent.read(LiveTailKeys.position(1, entry.getId()), texts(entry))
                                    .player()))
                    .map(StreamMessage::getId)
                    .toArray(String[]::new);
            if (ids.length > 0) {
                purged[0] += store.commands().xdel(key, ids);
            }
        });
        return purged[0];
    }

    /**
     * Looks for texts anywhere in the entries.
     *
     * @return entries with one of them, {@code key id}
     */
    public List<String> scan(Collection<String> needles) {
        List<String> hits = new ArrayList<>();
        forEachPage((key, entries) -> entries.stream()
                .filter(entry ->
                        texts(entry).stream().anyMatch(text -> needles.stream().anyMatch(text::contains)))
                .forEach(entry -> hits.add(key + " " + entry.getId())));
        return hits;
    }

    /** Takes everything away, checkpoints included: the projection begins anew. While it does not run. */
    public void drop() {
        try {
            deleteAll(LiveTailKeys.PREFIX + "*");
            deleteAll("gm:{" + LiveTailStore.PROJECTION + "}:*");
        } catch (RedisException e) {
            throw new LiveTailStoreException("live tail: not emptied", e);
        }
    }

    private void deleteAll(String pattern) {
        ScanIterator<String> keys = ScanIterator.scan(
                store.commands(), ScanArgs.Builder.matches(pattern).limit(PAGE));
        while (keys.hasNext()) {
            store.commands().unlink(keys.next());
        }
    }

    private void forEachPage(BiConsumer<String, List<StreamMessage<String, String>>> page) {
        try {
            ScanIterator<String> keys = ScanIterator.scan(
                    store.commands(),
                    ScanArgs.Builder.matches(LiveTailKeys.PREFIX + "*").limit(PAGE));
            while (keys.hasNext()) {
                String key = keys.next();
                if (!key.endsWith(":trimmed")) {
                    pages(key, page);
                }
            }
        } catch (RedisException e) {
            throw new LiveTailStoreException("live tail: not gone through", e);
        }
    }

    private void pages(String key, BiConsumer<String, List<StreamMessage<String, String>>> page) {
        Range<String> rest = Range.unbounded();
        List<StreamMessage<String, String>> entries;
        do {
            entries = store.commands().xrange(key, rest, Limit.from(PAGE));
            if (!entries.isEmpty()) {
                rest = Range.from(Range.Boundary.excluding(entries.getLast().getId()), Range.Boundary.unbounded());
                page.accept(key, entries);
            }
        } while (entries.size() == PAGE);
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
