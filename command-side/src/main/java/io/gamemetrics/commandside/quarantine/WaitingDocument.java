package io.gamemetrics.commandside.quarantine;

import io.gamemetrics.infrastructure.eventcatalog.EventCatalog;
import io.gamemetrics.infrastructure.eventcatalog.EventType;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.infrastructure.replays.WaitingStream;
import io.gamemetrics.sharedkernel.ids.ParkedEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream that waits, as operators see it: places, names and sizes, and nothing of what the events say.
 *
 * @param game the game's number
 * @param stream a pseudonym
 * @param position the event the others wait for
 * @param type its name in the catalog
 * @param events how many wait, that one included
 * @param since when the stream began to wait for this event
 */
record WaitingDocument(
        String projection,
        int version,
        int partition,
        int game,
        String stream,
        String position,
        String type,
        int revision,
        String cause,
        long events,
        Instant since) {

    static WaitingDocument of(WaitingStream waiting) {
        return new WaitingDocument(
                waiting.projection(),
                waiting.version(),
                waiting.partition(),
                waiting.tenant(),
                waiting.stream().toString(),
                waiting.position().toString(),
                typeName(waiting.type()),
                waiting.revision(),
                waiting.cause(),
                waiting.events(),
                waiting.since());
    }

    /** @param after where the next page goes on; absent where there is none */
    record Page(List<WaitingDocument> entries, @Nullable String after) {}

    /**
     * One of a stream's events that wait.
     *
     * @param bytes its size as it is stored, encrypted
     */
    record Event(String position, long sequence, String type, int revision, int bytes, Instant storedAt, String cause) {

        static Event of(StoredEvent event, WaitingStream waiting) {
            boolean isFirst = event.sequence() == waiting.sequence();
            return new Event(
                    event.position().toString(),
                    event.sequence(),
                    typeName(event.type()),
                    event.revision(),
                    event.payload().length,
                    event.storedAt(),
                    isFirst ? waiting.cause() : ParkedEvent.WAITS);
        }
    }

    /** @param first the first events that wait, in order */
    record Inspected(WaitingDocument waiting, List<Event> first) {}

    private static String typeName(int number) {
        return EventCatalog.current().byNumber(number).map(EventType::name).orElse("unknown");
    }
}
