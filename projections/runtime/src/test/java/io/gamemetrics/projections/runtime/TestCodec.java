package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Tells these tests' events by their type alone. */
final class TestCodec implements EventCodec {

    static final int COUNTED = 1;
    static final int FAILS_IN_FLUSH = 4;
    static final int FAILS_IN_HANDLER = 5;
    static final int ERASED = 6;
    static final int UNKNOWN = 7;
    static final int UNREADABLE = 8;
    static final int CONFIGURATION = 9;

    private final boolean knowsAll;
    private final Map<Integer, Decoded> otherwise;

    TestCodec() {
        this(false);
    }

    /** @param knowsAll also {@link #UNKNOWN}, as a newer build would */
    TestCodec(boolean knowsAll) {
        this(knowsAll, Map.of());
    }

    private TestCodec(boolean knowsAll, Map<Integer, Decoded> otherwise) {
        this.knowsAll = knowsAll;
        this.otherwise = otherwise;
    }

    /** Of a build in which no handler fails any more. */
    static TestCodec mended() {
        Decoded counted = new Decoded.Event(new TestEvent.Counted(), 1);
        return new TestCodec(true, Map.of(FAILS_IN_HANDLER, counted, FAILS_IN_FLUSH, counted));
    }

    /** When everybody's key is gone. */
    static TestCodec forgetting() {
        Decoded erased = new Decoded.Erased();
        return new TestCodec(false, Map.of(COUNTED, erased, FAILS_IN_HANDLER, erased));
    }

    @Override
    public List<Decoded> decode(List<StoredEvent> events) {
        return events.stream().map(this::decode).toList();
    }

    private Decoded decode(StoredEvent event) {
        Decoded other = otherwise.get(event.type());
        return other != null ? other : known(event);
    }

    private Decoded known(StoredEvent event) {
        return switch (event.type()) {
            case COUNTED -> new Decoded.Event(new TestEvent.Counted(), 1);
            case FAILS_IN_FLUSH -> new Decoded.Event(new TestEvent.FailsInFlush(), 1);
            case FAILS_IN_HANDLER -> new Decoded.Event(new TestEvent.FailsInHandler(), 1);
            case ERASED -> new Decoded.Erased();
            case UNREADABLE -> new Decoded.Unreadable("payload.broken");
            case CONFIGURATION -> new Decoded.Event(new TestEvent.Configured(), -1);
            default ->
                knowsAll
                        ? new Decoded.Event(new TestEvent.Counted(), 1)
                        : new Decoded.UnknownType(event.type(), event.revision());
        };
    }

    @Override
    public List<Encoded> encode(List<NewEvent> events) {
        throw new UnsupportedOperationException("these tests store bytes");
    }

    @Override
    public byte[] sealSnapshot(UUID stream, long sequence, byte[] plain) {
        throw new UnsupportedOperationException("these tests have no snapshots");
    }

    @Override
    public byte[] openSnapshot(UUID stream, long sequence, byte[] sealed) {
        throw new UnsupportedOperationException("these tests have no snapshots");
    }
}
