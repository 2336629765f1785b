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
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes refused events out of the log that name somebody who is erased. */
final class RefusedOfPersons {

    /** A shorter id stands in too many texts by chance: it counts only where it is all of one. */
    static final int SHORT = 6;

    private static final int PAGE = 500;
    private static final long PAGE_BYTES = 8L * 1024 * 1024;
    private static final JsonFactory JSON = new JsonFactory();

    private final RejectedLog log;
    private final Clock clock;

    RefusedOfPersons(RejectedLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
    }

    /**
     * Deletes those of a game that hold one of these ids, whatever field it stands in.
     *
     * @return how many it were
     */
    long purge(int game, Collection<String> ids) {
        Set<String> wanted = Set.copyOf(ids);
        long gone = 0;
        RejectedEventsQuery query = RejectedEventsQuery.all(game, clock.instant());
        Place after = null;
        while (true) {
            List<Entry> page = log.entries().oldestFirst(query, after, PAGE, PAGE_BYTES);
            if (page.isEmpty()) {
                return gone;
            }
            after = page.getLast().place();
            List<Long> theirs = page.stream()
                    .filter(entry -> log.open(entry)
                            .filter(refused -> names(refused, wanted))
                            .isPresent())
                    .map(Entry::id)
                    .toList();
            if (!theirs.isEmpty()) {
                log.entries().settle(game, theirs, List.of());
                gone += theirs.size();
            }
        }
    }

    private static boolean names(Refused refused, Set<String> ids) {
        return Stream.of(refused.sent(), refused.patched())
                .flatMap(text -> texts(text).stream())
                .anyMatch(text ->
                        ids.contains(text) || ids.stream().anyMatch(id -> id.length() >= SHORT && text.contains(id)));
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
