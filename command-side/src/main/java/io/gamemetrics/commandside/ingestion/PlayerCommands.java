package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.player.Moderated;
import io.gamemetrics.commandside.player.PlayerCommand;
import io.gamemetrics.infrastructure.eventcatalog.MissingKeyException;
import io.gamemetrics.infrastructure.eventstore.EventStoreException;
import io.gamemetrics.infrastructure.privacy.VaultUnavailableException;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;

/** Single commands to players, beside the events of requests. Safe for concurrent use; the caller's thread waits. */
public final class PlayerCommands {

    /** Longer than the store lets anybody wait for its turn. */
    static final Duration PATIENCE = Duration.ofSeconds(40);

    private final CommandBus bus;

    public PlayerCommands(CommandBus bus) {
        this.bus = bus;
    }

    /**
     * Has a player decide about a moderator's wish; durable when this returns.
     *
     * @throws Refusal {@link RequestProblem#UNAVAILABLE} when it failed in a way that a retry may mend
     */
    public Moderated moderate(PlayerCommand command) {
        CompletableFuture<CommandResultMessage<?>> pending = new CompletableFuture<>();
        bus.<Object, Object>dispatch(new GenericCommandMessage<>(command), (sent, answer) -> pending.complete(answer));
        CommandResultMessage<?> result = get(pending, System.nanoTime() + PATIENCE.toNanos());
        if (result.isExceptional()) {
            throw refusal(result.exceptionResult());
        }
        return (Moderated) result.getPayload();
    }

    /**
     * Waits for a result.
     *
     * @throws Refusal {@link RequestProblem#UNAVAILABLE} when there is none by then
     */
    static CommandResultMessage<?> get(CompletableFuture<CommandResultMessage<?>> pending, long deadline) {
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
    static RuntimeException refusal(Throwable failure) {
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
