package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.player.Decision;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

/** The commands of one request, on their way. Used by one thread. */
final class Dispatched {

    private final CommandBus bus;
    private final MetaData metaData;
    private final IntConsumer decided;
    private final List<CompletableFuture<CommandResultMessage<?>>> results = new ArrayList<>();
    private int events;

    /**
     * @param game the number of the game whose sender waits
     * @param decided is told of each command that is answered, also when nobody waits for it any more, how many events it
     *     held; by any thread
     */
    Dispatched(CommandBus bus, int game, IntConsumer decided) {
        this.bus = bus;
        this.metaData = MetaData.with(LaneCommandBus.GAME, game);
        this.decided = decided;
    }

    /** How many events the commands sent so far hold. */
    int events() {
        return events;
    }

    /**
     * What became of all of them.
     *
     * @param position all of it is at or before this; absent when there was no command, or the bus does not tell
     */
    record Outcome(List<Decision> decisions, @Nullable Position position) {}

    /**
     * Sends one more.
     *
     * @param holds how many events
     * @throws Refusal {@link RequestProblem#UNAVAILABLE} when there is no room for it: at once, not when those sent
     *     before it are decided
     */
    void send(Object command, int holds) {
        CompletableFuture<CommandResultMessage<?>> result = new CompletableFuture<>();
        results.add(result);
        bus.<Object, Object>dispatch(new GenericCommandMessage<>(command, metaData), (sent, answer) -> {
            decided.accept(holds);
            result.complete(answer);
        });
        events += holds;
        CommandResultMessage<?> already = result.getNow(null);
        if (already != null && already.isExceptional() && already.exceptionResult() instanceof LaneFullException full) {
            throw PlayerCommands.refusal(full);
        }
    }

    /**
     * Waits for every result.
     *
     * @throws Refusal {@link RequestProblem#UNAVAILABLE} when one of them failed in a way that a retry may mend
     */
    Outcome await() {
        List<Decision> decisions = new ArrayList<>();
        Position position = null;
        Throwable failure = null;
        long deadline = System.nanoTime() + PlayerCommands.PATIENCE.toNanos();
        for (CompletableFuture<CommandResultMessage<?>> pending : results) {
            CommandResultMessage<?> result = PlayerCommands.get(pending, deadline);
            if (result.isExceptional()) {
                failure = failure == null ? result.exceptionResult() : failure;
                continue;
            }
            for (Object decision : (List<?>) result.getPayload()) {
                decisions.add((Decision) decision);
            }
            if (result.getMetaData().get(LaneCommandBus.POSITION) instanceof Position at
                    && (position == null || at.number() > position.number())) {
                position = at;
            }
        }
        if (failure != null) {
            throw PlayerCommands.refusal(failure);
        }
        return new Outcome(decisions, position);
    }
}
