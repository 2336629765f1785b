package io.gamemetrics.commandside.datasubject;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.gamemetrics.commandside.ingestion.Refused;
import io.gamemetrics.commandside.ingestion.RejectedLog;
import io.gamemetrics.infrastructure.eventstore.RejectedEvents.Entry;
import io.gamemetrics.infrastructure.eventstore.RejectedEvents.Place;
import io.gamemetrics.infrastructure.eventstore.RejectedEventsQuery;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds refused events that name somebody, and takes those out of the log of who is erased. */
final class RefusedOfPersons {

    /** A shorter id stands in too many texts by chance: it counts only where it is all of one. */
    static final int SHORT = 6;

    private static final int PAGE = 500;
    private static final long PAGE_BYTES = 8L * 1024 * 1024;
    private static final JsonFactory JSON = new JsonFactory();

    private final RejectedLog log;

    RefusedOfPersons(RejectedLog log) {
        this.log = log;
    }

    /**
     * The entries of a game that hold one of these ids, whatever field it stands in, in one pass for all; one that holds several
     * owners' ids is each one's.
     *
     * @param ids of each owner
     * @return numbers of entries; who has none is missing
     */
    <K> Map<K, List<Long>> find(int game, Map<K, ? extends Collection<String>> ids) {
        Map<K, List<Long>> found = new HashMap<>();
        forEach(game, ids, (owner, one) -> found.computeIfAbsent(owner, any -> new ArrayList<>())
                .add(one.entry()));
        return found;
    }

    /** Deletes entries; those that are gone already are none the worse for it. */
    void delete(int game, List<Long> entries) {
        for (int from = 0; from < entries.size(); from += PAGE) {
            log.entries().settle(game, entries.subList(from, Math.min(from + PAGE, entries.size())), List.of());
        }
    }

    /**
     * The same, one after the other, each as it was sent, with whose it is.
     *
     * @param ids of each
     */
    <K> void forEach(int game, Map<K, ? extends Collection<String>> ids, BiConsumer<K, Found> each) {
        forEachPage(
                game,
                page -> page.forEach(entry -> log.open(entry).ifPresent(refused -> {
                    List<String> texts = texts(refused);
                    ids.forEach((owner, wanted) -> {
                        if (names(texts, wanted)) {
                            each.accept(
                                    owner, new Found(entry.id(), entry.event().receivedAt(), refused));
                        }
                    });
                })));
    }

    /** An event that was refused, its number in the log, and when. */
    record Found(long entry, Instant receivedAt, Refused refused) {}

    private void forEachPage(int game, Consumer<List<Entry>> each) {
        // Those that expired and are still there too: whoever searches for the person would find them.
        RejectedEventsQuery query = RejectedEventsQuery.all(game, Instant.EPOCH);
        Place after = null;
        while (true) {
            List<Entry> page = log.entries().oldestFirst(query, after, PAGE, PAGE_BYTES);
            if (page.isEmpty()) {
                return;
            }
            after = page.getLast().place();
            each.accept(page);
        }
    }

    private static boolean names(List<String> texts, Collection<String> ids) {
        return texts.stream()
                .anyMatch(text ->
                        ids.contains(text) || ids.stream().anyMatch(id -> id.length() >= SHORT && text.contains(id)));
    }

    private static List<String> texts(Refused refused) {
        return Stream.of(refused.sent(), refused.patched())
                .flatMap(text -> texts(text).stream())
                .toList();
    }

    /** The document as it is, and every name and text in it, unescaped. */
    private static List<String> texts(@Nullable String document) {
        List<String> texts = new ArrayList<>();
        if (document == null) {
            return texts;
        }
        texts.add(document);
        try (JsonParser parser = JSON.createParser(document)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING) {
                    texts.add(parser.getText());
                }
            }
        } catch (IOException e) {
            // What was read up to there counts.
        }
        return texts;
    }
}
