package io.gamemetrics.projections.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.sharedkernel.ids.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.messaging.annotation.MessageIdentifier;
import org.junit.jupiter.api.Test;

/** Which method an event takes, and what it may ask for. */
class EventHandlersTest {

    private static final EventPlace PLACE =
            new EventPlace(new Position(3, 17), 1, new UUID(7, 7), 4, 12, Instant.ofEpochMilli(99));

    @Test
    void the_best_fit_is_called_and_none_is_fine() {
        Fits fits = new Fits();
        EventHandlers handlers = new EventHandlers(fits);

        for (int round = 0; round < 2; round++) {
            handlers.handle("text", PLACE);
            handlers.handle(7, PLACE);
            handlers.handle(7.5, PLACE);
            handlers.handle('c', PLACE);
        }

        assertThat(fits.heard).containsExactly("text text", "int 7", "number 7.5", "text text", "int 7", "number 7.5");
        assertThat(EventHandlers.take(Fits.class, Integer.class)).isTrue();
        assertThat(EventHandlers.take(Fits.class, Character.class)).isFalse();
    }

    @Test
    void a_method_may_ask_for_what_axon_gives_of_an_event() {
        AsksForAll asks = new AsksForAll();

        new EventHandlers(asks).handle("text", PLACE);

        assertThat(asks.heard)
                .containsExactly(
                        PLACE,
                        "3.17",
                        12L,
                        PLACE.storedAt(),
                        "3.17",
                        PLACE.stream().toString(),
                        "stream",
                        Map.of(),
                        "text by nobody at 3.17");
    }

    @Test
    void what_a_method_throws_comes_out_and_a_checked_exception_is_a_cause() {
        EventHandlers handlers = new EventHandlers(new Throws());

        assertThatThrownBy(() -> handlers.handle("text", PLACE)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> handlers.handle(7, PLACE))
                .isInstanceOf(IllegalStateException.class)
                .hasCauseInstanceOf(IOException.class);
    }

    static final class Fits {
        private final List<String> heard = new ArrayList<>();

        @EventHandler
        void on(Number number) {
            heard.add("number " + number);
        }

        @EventHandler
        void on(Integer number) {
            heard.add("int " + number);
        }

        @EventHandler
        void on(String text, EventPlace place) {
            heard.add("text " + text);
        }
    }

    static final class AsksForAll {
        private final List<Object> heard = new ArrayList<>();

        @EventHandler
        void on(
                String text,
                EventPlace place,
                @MessageIdentifier String identifier,
                @SequenceNumber long sequence,
                @Timestamp Instant at,
                DomainEventMessage<String> message) {
            DomainEventMessage<String> more = message.andMetaData(Map.of("by", "nobody"));
            heard.addAll(List.of(
                    place,
                    identifier,
                    sequence,
                    at,
                    message.getIdentifier(),
                    message.getAggregateIdentifier(),
                    message.getType(),
                    message.getMetaData(),
                    more.getPayload() + " by " + more.getMetaData().get("by") + " at " + more.getIdentifier()));
        }
    }

    static final class Throws {
        @EventHandler
        void on(String text) {
            List.<String>of().add(text);
        }

        @EventHandler
        void on(Integer number) throws IOException {
            Files.size(Path.of("no such file"));
        }
    }
}
