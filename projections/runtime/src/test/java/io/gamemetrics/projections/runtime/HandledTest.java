package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.StoredEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.EventHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a projection does nothing with is not even opened, and what only looks like that is. */
class HandledTest {

    private static final int COUNTED = 1;
    private static final int CONFIGURED = 2;
    private static final int ERASED = 3;
    private static final int UNTOLD = 4;
    private static final int NEWER = 5;
    private static final UUID STREAM = new UUID(7, 7);
    private static final byte[] NOTHING = {};

    private final TypedCodec codec = new TypedCodec();

    @Test
    void an_event_without_a_handler_is_passed_over_unread_and_counts() {
        List<Item> items = read(new CountedOnly(), CONFIGURED, COUNTED, CONFIGURED);

        assertThat(codec.decoded).containsExactly(COUNTED);
        assertThat(items.get(0)).isEqualTo(new Item.Pass(event(0, CONFIGURED), false));
        assertThat(items.get(1)).isInstanceOf(Item.Apply.class);
        assertThat(items.get(2)).isEqualTo(new Item.Pass(event(2, CONFIGURED), false));
    }

    @Test
    void a_handler_of_all_events_of_a_kind_has_each_of_them_read() {
        read(new AllOfAKind(), CONFIGURED, COUNTED);

        assertThat(codec.decoded).containsExactly(CONFIGURED, COUNTED);
    }

    @Test
    void the_end_of_a_person_is_read_whoever_handles_it() {
        List<Item> items = read(new CountedOnly(), ERASED);

        assertThat(items).singleElement().isInstanceOf(Item.Apply.class);
    }

    @Test
    void what_cannot_be_told_before_is_read_and_what_this_build_does_not_know_is_not_passed_over() {
        List<Item> items = read(new CountedOnly(), UNTOLD, NEWER);

        assertThat(items.get(0)).isEqualTo(new Item.Park(event(0, UNTOLD), "payload.broken"));
        assertThat(items.get(1)).isEqualTo(new Item.Unknown(event(1, NEWER)));
    }

    @Test
    void what_is_read_may_change_while_it_is_read() {
        AtomicInteger asked = new AtomicInteger();
        EventReader reader = new EventReader(
                codec, type -> true, new IdleProjection(new CountedOnly()), event -> asked.incrementAndGet() > 1);

        List<Item> items = reader.read(List.of(event(0, COUNTED), event(1, COUNTED)));

        assertThat(items.get(0)).isEqualTo(new Item.Pass(event(0, COUNTED), false));
        assertThat(items.get(1)).isInstanceOf(Item.Apply.class);
    }

    private List<Item> read(Object handlers, int... types) {
        Projection projection = new IdleProjection(handlers);
        return new EventReader(codec, type -> true, projection, event -> true)
                .read(IntStream.range(0, types.length)
                        .mapToObj(place -> event(place, types[place]))
                        .toList());
    }

    private static StoredEvent event(int place, int type) {
        return new StoredEvent(new Position(1, place + 1L), 1, STREAM, place, type, 1, Instant.EPOCH, NOTHING);
    }

    /** Handles one class of events. */
    static final class CountedOnly {
        @EventHandler
        void on(TestEvent.Counted event) {}
    }

    /** Handles whatever is an event of these tests. */
    static final class AllOfAKind {
        @EventHandler
        void on(TestEvent event) {}
    }

    /** Says what its types are, and remembers what it was asked to read. */
    private static final class TypedCodec implements EventCodec {

        private static final Map<Integer, Object> PAYLOADS = Map.of(
                COUNTED, new TestEvent.Counted(),
                CONFIGURED, new TestEvent.Configured(),
                ERASED, new PlayerEvent.Erased(Instant.EPOCH));

        private final List<Integer> decoded = new ArrayList<>();

        @Override
        public @Nullable Class<?> payloadOf(int type, int revision) {
            Object payload = PAYLOADS.get(type);
            return payload == null ? null : payload.getClass();
        }

        @Override
        public List<Decoded> decode(List<StoredEvent> events) {
            return events.stream().map(this::decode).toList();
        }

        private Decoded decode(StoredEvent event) {
            decoded.add(event.type());
            Object payload = PAYLOADS.get(event.type());
            if (payload != null) {
                return new Decoded.Event(payload, 1);
            }
            return event.type() == UNTOLD
                    ? new Decoded.Unreadable("payload.broken")
                    : new Decoded.UnknownType(event.type(), event.revision());
        }

        @Override
        public List<Encoded> encode(List<NewEvent> events) {
            throw new UnsupportedOperationException("nothing is stored here");
        }

        @Override
        public byte[] sealSnapshot(UUID stream, long sequence, byte[] plain) {
            throw new UnsupportedOperationException("nothing is stored here");
        }

        @Override
        public byte[] openSnapshot(UUID stream, long sequence, byte[] sealed) {
            throw new UnsupportedOperationException("nothing is stored here");
        }
    }
}
