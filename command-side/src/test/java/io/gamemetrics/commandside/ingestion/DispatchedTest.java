package io.gamemetrics.commandside.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gamemetrics.infrastructure.web.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.junit.jupiter.api.Test;

class DispatchedTest {

    private final List<Runnable> waiting = new ArrayList<>();

    /** A bus that decides when it is told to, and has room for one command. */
    private final SimpleCommandBus bus = new SimpleCommandBus(SimpleCommandBus.builder()) {
        @Override
        public <C, R> void dispatch(CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
            if (waiting.isEmpty()) {
                waiting.add(() ->
                        callback.onResult(command, GenericCommandResultMessage.asCommandResultMessage(List.of())));
            } else {
                callback.onResult(command, GenericCommandResultMessage.asCommandResultMessage(new LaneFullException()));
            }
        }
    };

    @Test
    void whatARefusedRequestLeavesBehindKeepsItsPlacesUntilItIsDecided() {
        AtomicInteger free = new AtomicInteger();
        Dispatched dispatched = new Dispatched(bus, 1, free::addAndGet);

        dispatched.send("first", 9_000);
        assertThatThrownBy(() -> dispatched.send("second", 7)).isInstanceOf(Refusal.class);

        assertThat(dispatched.events()).isEqualTo(9_007);
        assertThat(free).hasValue(7);
        waiting.forEach(Runnable::run);
        assertThat(free).hasValue(9_007);
    }
}
