package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.player.Decision;
import io.gamemetrics.infrastructure.eventcatalog.MissingKeyException;
import io.gamemetrics.infrastructure.eventstore.EventStoreException;
import io.gamemetrics.infrastructure.privacy.VaultUnavailableException;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.jspecify.annotations.Nullable;

/** The commands of one request, on their way. Used by one thread. */
final class Dispatched {

    /** Longer than the store lets anybody wait for its turn. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final CommandBus bus;
    private final List<CompletableFuture<CommandResultMessage<?>>> results = new ArrayList<>();

    Dispatched(CommandBus bus) {
        this.bus = bus;
    }

    /**
     * What became of all of them.
     *
     * @param position all of it is at or before this; absent when there was no command, or the bus does not tell
     */
    record Outcome(List<Decision> decisions, @Nullable Position position) {}

    void send(Object command) {
        CompletableFuture<CommandResultMessage<?>> result = new CompletableFuture<>();
        results.add(result);
        bus.<Object, Object>dispatch(new GenericCommandMessage<>(command), (sent, answer) -> result.complete(answer));
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
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (CompletableFuture<CommandResultMessage<?>> pending : results) {
            CommandResultMessage<?> result = get(pending, deadline);
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
            throw refusal(failure);
        }
        return new Outcome(decisions, position);
    }

    private static CommandResultMessage<?> get(CompletableFuture<CommandResultMessage<?>> pending, long deadline) {
        try {
            return pending.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new Refusal(RequestProblem.UNAVAILABLE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(RequestProblem.UNAVAILABLE);
        } catch (ExecutionException e) {
            throw new IllegalStateException("results are never completed with an exception", e);
        }
    }

    /** A player erased while their events were on the way is another player by the time of the retry. */
    private static RuntimeException refusal(Throwable failure) {
        return switch (failure) {
            case LaneFullException full -> new Refusal(RequestProblem.UNAVAILABLE);
            case EventStoreException store -> new Refusal(RequestProblem.UNAVAILABLE);
            case VaultUnavailableException vault -> new Refusal(RequestProblem.UNAVAILABLE);
            case MissingKeyException erased -> new Refusal(RequestProblem.UNAVAILABLE);
            case RuntimeException broken -> broken;
            default -> new IllegalStateException(failure);
        };
    }
}
