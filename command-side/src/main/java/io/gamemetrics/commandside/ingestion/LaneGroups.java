package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.ingestion.Lane.Task;
import io.gamemetrics.commandside.ingestion.StoredHistory.Past;
import io.gamemetrics.commandside.player.KnownEvents;
import io.gamemetrics.commandside.player.KnownEvents.Known;
import io.gamemetrics.commandside.player.KnownEvents.Question;
import io.gamemetrics.commandside.player.OtherPlayers;
import io.gamemetrics.commandside.player.Player;
import io.gamemetrics.infrastructure.eventstore.EventCodec;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.eventstore.EventStoreException;
import io.gamemetrics.infrastructure.eventstore.StaleStreamException;
import io.gamemetrics.infrastructure.eventstore.StoredSnapshot;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.infrastructure.privacy.VaultUnavailableException;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.messaging.ResultMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;

/**
 * Decides a lane's commands in groups: one root unit of work with a child for each command, one append, one commit.
 * Callers are answered after it. A group that another replica overtook is decided again, command by command. Used by the
 * lane's thread only.
 */
final class LaneGroups {

    private static final int MAX_ATTEMPTS = 20;

    private final EventStore store;
    private final EventCodec codec;
    private final StoredHistory history;
    private final LaneEventStore events;
    private final LaneAggregates<?, ?> players;
    private final LaneAggregates<?, ?> unattributed;
    private final Consumer<List<StoredSnapshot>> snapshots;
    private final Interceptors interceptors;
    private Map<UUID, List<Known>> known = Map.of();

    /** @param snapshots takes encrypted snapshots to store at leisure */
    LaneGroups(
            EventStore store,
            EventCodec codec,
            Vault vault,
            LaneSettings settings,
            Interceptors interceptors,
            Consumer<List<StoredSnapshot>> snapshots) {
        this.store = store;
        this.codec = codec;
        this.snapshots = snapshots;
        this.interceptors = interceptors;
        this.history = new StoredHistory(store, codec, vault);
        this.events = new LaneEventStore(store, codec, history);
        KnownEvents prefetched = (stream, questions) -> known.getOrDefault(stream, List.of());
        LaneAggregates<Player, ?>[] self = newArray();
        OtherPlayers others = (linked, half, validateOnly) -> link(self[0], linked, half, validateOnly);
        List<Object> resources = List.of(prefetched, others);
        // A few streams a game have the events without a player.
        long forUnattributed = settings.heldBytes() / 8;
        long forPlayers = settings.heldBytes() - forUnattributed;
        self[0] = new LaneAggregates<>(AggregateKind.PLAYER, forPlayers, events, settings, resources);
        this.players = self[0];
        this.unattributed =
                new LaneAggregates<>(AggregateKind.UNATTRIBUTED, forUnattributed, events, settings, resources);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // A cell for what the lambda before it needs after it.
    private static LaneAggregates<Player, ?>[] newArray() {
        return new LaneAggregates[1];
    }

    /** Decides these, at most one of each aggregate, and answers all of them. */
    void run(List<Task> group) {
        List<CommandResultMessage<?>> results;
        try {
            results = decide(group);
        } catch (RuntimeException e) {
            forget(group);
            if (isUnreachable(e)) {
                group.forEach(task -> answer(task, failed(e)));
            } else {
                group.forEach(this::runAlone);
            }
            return;
        }
        for (int i = 0; i < group.size(); i++) {
            answer(group.get(i), results.get(i));
        }
        storeSnapshots();
    }

    private void runAlone(Task task) {
        RuntimeException last = new IllegalStateException("not attempted");
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            try {
                answer(task, decide(List.of(task)).getFirst());
                return;
            } catch (RuntimeException e) {
                forget(List.of(task));
                last = e;
                if (!isStale(e)) {
                    break;
                }
            }
        }
        answer(task, failed(last));
    }

    private List<CommandResultMessage<?>> decide(List<Task> group) {
        events.beginGroup();
        Map<Task, Boolean> hasPast = prefetch(group);
        DefaultUnitOfWork<?> root = DefaultUnitOfWork.startAndGet(null);
        List<CommandResultMessage<?>> results = new ArrayList<>(group.size());
        try {
            known = history.find(questions(group, hasPast));
            for (Task task : group) {
                results.add(inChild(task));
            }
        } catch (RuntimeException e) {
            root.rollback(e);
            throw e;
        }
        root.commit();
        noteSequences(group);
        Position at = events.appendedAt() == null ? store.position() : events.appendedAt();
        return results.stream()
                .<CommandResultMessage<?>>map(result -> withPosition(result, at))
                .toList();
    }

    /** What was appended is of the group's own aggregates, or of other players whom links name. */
    private void noteSequences(List<Task> group) {
        Map<String, LaneAggregates<?, ?>> ofGroup = new HashMap<>();
        group.forEach(task -> ofGroup.put(task.stream(), aggregatesOf(task)));
        events.appendedSequences().forEach((stream, sequence) -> {
            String id = stream.toString();
            ofGroup.getOrDefault(id, players).cache().isAt(id, sequence);
        });
    }

    /** Reads the heads of all streams in one query, and what is missing or stale in two more. */
    private Map<Task, Boolean> prefetch(List<Task> group) {
        Map<Task, UUID> streams = new HashMap<>();
        group.forEach(task -> streams.put(task, UUID.fromString(task.stream())));
        Map<UUID, Long> heads = store.headSequences(streams.values());
        Map<Task, Boolean> hasPast = new HashMap<>();
        Set<UUID> missing = new HashSet<>();
        for (Task task : group) {
            UUID stream = streams.get(task);
            LaneAggregates<?, ?> aggregates = aggregatesOf(task);
            Long head = heads.get(stream);
            hasPast.put(task, head != null);
            if (head == null) {
                aggregates.cache().remove(task.stream());
                events.prefetch(task.stream(), aggregates.kind(), Past.NONE);
            } else if (!aggregates.cache().holds(task.stream(), head)) {
                aggregates.cache().remove(task.stream());
                missing.add(stream);
            }
        }
        if (!missing.isEmpty()) {
            Map<UUID, Past> pasts = history.pasts(missing);
            for (Task task : group) {
                Past past = pasts.get(streams.get(task));
                if (past != null) {
                    LaneAggregates<?, ?> aggregates = aggregatesOf(task);
                    events.prefetch(task.stream(), aggregates.kind(), past);
                    aggregates.cache().isAt(task.stream(), lastSequence(past));
                }
            }
        }
        return hasPast;
    }

    private static long lastSequence(Past past) {
        return past.events().isEmpty()
                ? past.snapshotSequence()
                : past.events().getLast().sequence();
    }

    private Map<UUID, Collection<Question>> questions(List<Task> group, Map<Task, Boolean> hasPast) {
        Map<UUID, Collection<Question>> questions = new HashMap<>();
        for (Task task : group) {
            if (hasPast.getOrDefault(task, false)) {
                Set<Question> asked = aggregatesOf(task).questions(task.stream(), task.command());
                if (!asked.isEmpty()) {
                    questions.put(UUID.fromString(task.stream()), asked);
                }
            }
        }
        return questions;
    }

    private CommandResultMessage<?> inChild(Task task) {
        DefaultUnitOfWork<?> child = DefaultUnitOfWork.startAndGet(task.command());
        ResultMessage<?> result = child.executeWithResult(
                () -> interceptors.handle(child, aggregatesOf(task).handler()));
        if (result.isExceptional()) {
            Throwable cause = result.exceptionResult();
            throw cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
        }
        return GenericCommandResultMessage.asCommandResultMessage(result);
    }

    /** The linked player belongs to another lane, so what this one may still hold of them is out of date. */
    private OtherPlayers.Consent link(
            LaneAggregates<Player, ?> all, Pseudonym linked, LinkedToPlayer half, boolean validateOnly) {
        String id = linked.toString();
        all.cache().remove(id);
        try {
            return all.repository()
                    .loadOrCreate(id, Player::new)
                    .invoke(player -> player.link(linked, half, validateOnly));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a player could not be loaded", e);
        }
    }

    private void storeSnapshots() {
        List<StoredSnapshot> due = new ArrayList<>();
        for (LaneAggregates<?, ?> aggregates : List.of(players, unattributed)) {
            for (String id : aggregates.takeSnapshotsDue()) {
                Long sequence = events.appendedSequences().get(UUID.fromString(id));
                if (sequence != null) {
                    UUID stream = UUID.fromString(id);
                    due.add(new StoredSnapshot(
                            stream, sequence, codec.sealSnapshot(stream, sequence, aggregates.snapshotOf(id))));
                }
            }
        }
        if (!due.isEmpty()) {
            snapshots.accept(due);
        }
    }

    /** Whether the failure is of everybody, so that deciding one by one would only take longer. */
    private static boolean isUnreachable(RuntimeException e) {
        return (e instanceof EventStoreException && !isStale(e)) || e instanceof VaultUnavailableException;
    }

    private static boolean isStale(RuntimeException e) {
        return e instanceof StaleStreamException;
    }

    private void forget(List<Task> group) {
        players.takeSnapshotsDue();
        unattributed.takeSnapshotsDue();
        for (Task task : group) {
            aggregatesOf(task).cache().remove(task.stream());
        }
        // The other players of links.
        events.appendedSequences().keySet().forEach(stream -> players.cache().remove(stream.toString()));
    }

    private LaneAggregates<?, ?> aggregatesOf(Task task) {
        return AggregateKind.PLAYER.command().isInstance(task.command().getPayload()) ? players : unattributed;
    }

    private static CommandResultMessage<?> withPosition(CommandResultMessage<?> result, Position at) {
        return result.andMetaData(Map.of(LaneCommandBus.POSITION, at));
    }

    private static CommandResultMessage<?> failed(RuntimeException e) {
        return GenericCommandResultMessage.asCommandResultMessage(e);
    }

    @SuppressWarnings("unchecked") // The callback was given with this very command.
    private static void answer(Task task, CommandResultMessage<?> result) {
        task.callback()
                .onResult(
                        (org.axonframework.commandhandling.CommandMessage<Object>) task.command(),
                        (CommandResultMessage<Object>) result);
    }
}
