package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.ingestion.Lane.Task;
import io.gamemetrics.commandside.player.PlayerCommand;
import io.gamemetrics.commandside.player.RecordEvents;
import io.gamemetrics.commandside.player.RecordUnattributedEvents;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.EventStoreException;
import io.gamemetrics.infrastructure.eventstore.StoredSnapshot;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerLinked;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.common.Registration;
import org.axonframework.messaging.MessageDispatchInterceptor;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command bus for players and reported events: {@link PlayerCommand} and {@link RecordUnattributedEvents} go to
 * lanes by their stream; each lane decides and stores whole groups at once. Safe for concurrent use. A result carries {@link #POSITION}
 * among its metadata. Commands of one stream are decided in the order they were dispatched; a lane that is full for a
 * game answers with an exception instead of waiting.
 */
public final class LaneCommandBus implements CommandBus, AutoCloseable {

    /** Metadata of a result: everything decided, duplicates' first copies included, is at or before this position. */
    public static final String POSITION = "position";

    /** Metadata of a command: the number of the game whose share of the lanes it takes. */
    static final String GAME = "game";

    private static final Logger LOG = LoggerFactory.getLogger(LaneCommandBus.class);
    private static final long CLOSE_SECONDS = 20;

    private final Interceptors interceptors = new Interceptors();
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final EventStore store;
    private final ExecutorService snapshots;

    public LaneCommandBus(EventStore store, EventCodec codec, Vault vault, LaneSettings settings) {
        this.store = store;
        // A snapshot that is not taken costs a longer read some day, so a busy store may leave some out.
        this.snapshots = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(100),
                Thread.ofPlatform().name("snapshots").daemon().factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        for (int i = 0; i < settings.lanes(); i++) {
            Lane lane = new Lane(
                    settings, new LaneGroups(store, codec, vault, settings, interceptors, this::storeSnapshots));
            lanes.add(lane);
            threads.add(Thread.ofPlatform().name("lane-" + i).start(lane));
        }
    }

    @Override
    public <C> void dispatch(CommandMessage<C> command) {
        dispatch(command, (sent, result) -> {});
    }

    @Override
    @SuppressWarnings("unchecked") // The callback gets this very command and its handler's result, whatever they are.
    public <C, R> void dispatch(CommandMessage<C> command, CommandCallback<? super C, ? super R> callback) {
        Task task = task(interceptors.dispatched(command), (CommandCallback<Object, Object>) callback);
        Lane lane = lanes.get(Math.floorMod(task.stream().hashCode(), lanes.size()));
        if (!lane.offer(task)) {
            task.callback()
                    .onResult(
                            (CommandMessage<Object>) task.command(),
                            GenericCommandResultMessage.asCommandResultMessage(new LaneFullException()));
        }
    }

    private static Task task(CommandMessage<?> command, CommandCallback<Object, Object> callback) {
        int game = command.getMetaData().get(GAME) instanceof Integer number ? number : 0;
        return switch (command.getPayload()) {
            case RecordEvents events ->
                new Task(
                        command,
                        callback,
                        game,
                        events.player().toString(),
                        events.candidates().size(),
                        events.candidates().stream().anyMatch(one -> one.event() instanceof PlayerLinked));
            case PlayerCommand one ->
                new Task(command, callback, game, one.player().toString(), 1, false);
            case RecordUnattributedEvents events ->
                new Task(
                        command,
                        callback,
                        game,
                        events.stream().toString(),
                        events.candidates().size(),
                        false);
            default -> throw new NoHandlerForCommandException(command);
        };
    }

    /** The lanes bring their handlers with them, each its own. */
    @Override
    public Registration subscribe(String commandName, MessageHandler<? super CommandMessage<?>> handler) {
        throw new IllegalArgumentException("lanes have their own handlers: commandName=" + commandName);
    }

    @Override
    public Registration registerDispatchInterceptor(MessageDispatchInterceptor<? super CommandMessage<?>> interceptor) {
        return interceptors.addDispatching(interceptor);
    }

    @Override
    public Registration registerHandlerInterceptor(MessageHandlerInterceptor<? super CommandMessage<?>> interceptor) {
        return interceptors.addHandling(interceptor);
    }

    /** Takes no more commands, and waits until those taken are answered. */
    @Override
    public void close() {
        lanes.forEach(Lane::close);
        try {
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
            }
            snapshots.shutdown();
            if (!snapshots.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("snapshots were left out at the end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void storeSnapshots(List<StoredSnapshot> due) {
        snapshots.execute(() -> {
            try {
                store.storeSnapshots(due);
            } catch (EventStoreException e) {
                LOG.warn("snapshots were left out: {}", e.getMessage());
            }
        });
    }
}
