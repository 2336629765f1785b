package io.gamemetrics.infrastructure.eventstore;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gamemetrics.infrastructure.eventstore.EventCodec.Encoded;
import io.gamemetrics.infrastructure.eventstore.EventGroup.Row;
import io.gamemetrics.infrastructure.testkit.TestPostgres;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Stores of their own for tests, and rows to put in. */
final class TestStores {

    private TestStores() {}

    static EventStoreSettings newDatabase() {
        return EventStoreSettings.of(TestPostgres.newDatabase(), "", "");
    }

    static EventStoreSettings cutOffAfter(EventStoreSettings settings, Duration holdLimit) {
        return new EventStoreSettings(
                settings.url(),
                settings.user(),
                settings.password(),
                settings.writers(),
                settings.readers(),
                holdLimit,
                settings.waitLimit(),
                settings.unsafeDatabase());
    }

    static EventStoreSettings at(String url, EventStoreSettings settings) {
        return new EventStoreSettings(
                url,
                settings.user(),
                settings.password(),
                settings.writers(),
                settings.readers(),
                settings.holdLimit(),
                settings.waitLimit(),
                settings.unsafeDatabase());
    }

    static EventStoreSettings writers(EventStoreSettings settings, int writers) {
        return new EventStoreSettings(
                settings.url(),
                settings.user(),
                settings.password(),
                writers,
                settings.readers(),
                settings.holdLimit(),
                settings.waitLimit(),
                settings.unsafeDatabase());
    }

    static Row row(UUID stream, long sequence, Long... lookupKeys) {
        byte[] payload = (stream + "/" + sequence).getBytes(UTF_8);
        return new Row(stream, sequence, new Encoded(7, 3, 1, payload, List.of(lookupKeys)));
    }

    static Row withPayload(Row row, String payload) {
        Encoded encoded = row.encoded();
        return new Row(
                row.stream(),
                row.sequence(),
                new Encoded(
                        encoded.tenant(),
                        encoded.type(),
                        encoded.revision(),
                        payload.getBytes(UTF_8),
                        encoded.lookupKeys()));
    }

    static String text(StoredEvent event) {
        return new String(event.payload(), UTF_8);
    }

    /** So many rows of one stream. */
    static EventGroup group(UUID stream, long fromSequence, int count) {
        List<Row> rows = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            rows.add(row(stream, fromSequence + index));
        }
        return EventGroup.of(rows);
    }

    /** The place before the first event. */
    static Position start(EventStore store) {
        return new Position(store.position().incarnation(), 0);
    }
}
