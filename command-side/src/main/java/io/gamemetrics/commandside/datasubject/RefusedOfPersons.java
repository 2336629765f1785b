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
import java.util.List;
import java.util.Map;
import java.util.Set;
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
     * Deletes those of a game that hold one of these ids, whatever field it stands in.
     *
     * @return how many it were
     */
    long purge(int game, Collection<String> ids) {
        Set<String> wanted = Set.copyOf(ids);
        long[] gone = {0};
        forEachPage(game, page -> {
            List<Long> theirs = page.stream()
                    .filter(entry -> log.open(entry)
                            .filter(refused -> names(refused, wanted))
                            .isPresent())
                    .map(Entry::id)
                    .toList();
            if (!theirs.isEmpty()) {
                log.entries().settle(game, theirs, List.of());
                gone[0] += theirs.size();
            }
        });
        return gone[0];
    }

    /**
     * Those of a game that {@link #purge} would delete, one after the other, with each one whose they are; in one pass for
     * all.
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
                            each.accept(owner, new Found(entry.event().receivedAt(), refused));
                        }
                    });
                })));
    }

    /** An event that was refused, and when. */
    record Found(Instant receivedAt, Refused refused) {}

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

    private static boolean names(Refused refused, Collection<String> ids) {
        return names(texts(refused), ids);
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
