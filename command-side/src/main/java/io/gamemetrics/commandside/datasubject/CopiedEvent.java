package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.infrastructure.eventstore.EventCodec.Encoded;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An event as it lies in the store, sealed, to be stored again at the same place of the same stream.
 *
 * @param payload the envelope; only read
 */
record CopiedEvent(int tenant, int type, int revision, ByteBuffer payload) {

    private static final int HEAD_BYTES = 4 * Integer.BYTES;

    static CopiedEvent of(StoredEvent event) {
        return new CopiedEvent(event.tenant(), event.type(), event.revision(), ByteBuffer.wrap(event.payload()));
    }

    Encoded encoded() {
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return new Encoded(tenant, type, revision, bytes, List.of());
    }

    /** All of them one after the other, each with the length of its payload before it. */
    static byte[] bytes(List<CopiedEvent> events) {
        ByteBuffer all = ByteBuffer.allocate(events.stream()
                .mapToInt(event -> HEAD_BYTES + event.payload.remaining())
                .sum());
        for (CopiedEvent event : events) {
            all.putInt(event.tenant)
                    .putInt(event.type)
                    .putInt(event.revision)
                    .putInt(event.payload.remaining())
                    .put(event.payload.duplicate());
        }
        return all.array();
    }

    /** What {@link #bytes} gave. */
    static List<CopiedEvent> listOf(byte[] bytes) {
        ByteBuffer all = ByteBuffer.wrap(bytes);
        List<CopiedEvent> events = new ArrayList<>();
        while (all.hasRemaining()) {
            int tenant = all.getInt();
            int type = all.getInt();
            int revision = all.getInt();
            byte[] payload = new byte[all.getInt()];
            all.get(payload);
            events.add(new CopiedEvent(tenant, type, revision, ByteBuffer.wrap(payload)));
        }
        return events;
    }
}
