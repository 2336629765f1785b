package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.game.GameStreams;
import io.gamemetrics.commandside.game.GameView;
import io.gamemetrics.commandside.game.GameViews;
import io.gamemetrics.commandside.ingestion.ReadEvent.Malformed;
import io.gamemetrics.commandside.ingestion.ReadEvent.WellFormed;
import io.gamemetrics.commandside.player.Candidate;
import io.gamemetrics.commandside.player.Decision;
import io.gamemetrics.commandside.player.RecordEvents;
import io.gamemetrics.commandside.player.RecordUnattributedEvents;
import io.gamemetrics.commandside.player.Refusal;
import io.gamemetrics.infrastructure.eventstore.EventStore;
import io.gamemetrics.infrastructure.privacy.Vault;
import io.gamemetrics.infrastructure.web.RequestProblem;
import io.gamemetrics.sharedkernel.game.GameEvent.LimitsSet;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.player.PlayerEvent.ScoreSubmitted;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.axonframework.commandhandling.CommandBus;
import org.jspecify.annotations.Nullable;

/**
 * Takes the events of one request from reading to durable: names their players, has each player decide once about all of
 * theirs in their order, keeps what was refused, and counts. The caller's thread waits; many callers wait at once.
 */
public final class EventIntake {

    /**
     * Events being decided at once in this process, shared by games as {@link FairShares} says; a request that would exceed
     * its game's share is answered 503.
     */
    static final int MAX_EVENTS_AT_ONCE = 200_000;

    private final CommandBus bus;
    private final GameViews games;
    private final Vault vault;
    private final EventStore store;
    private final RejectedLog rejectedLog;
    private final Clock clock;
    private final FairShares room = new FairShares(MAX_EVENTS_AT_ONCE);

    public EventIntake(
            CommandBus bus, GameViews games, Vault vault, EventStore store, RejectedLog rejectedLog, Clock clock) {
        this.bus = bus;
        this.games = games;
        this.vault = vault;
        this.store = store;
        this.rejectedLog = rejectedLog;
        this.clock = clock;
    }

    /**
     * Decides a request's events.
     *
     * @param validateOnly decide, and keep nothing
     * @throws io.gamemetrics.infrastructure.web.Refusal {@link RequestProblem#UNAVAILABLE} when there is too much to do
     *     or a store can't be reached; some of the events may be durable then, and a retry finds them duplicates
     */
    EventAnswer take(GameView game, EventBatch batch, boolean validateOnly) {
        Instant receivedAt = clock.instant();
        Judged judged = judge(game, batch, receivedAt, validateOnly);
        List<EventAnswer.Problem> problems = new ArrayList<>();
        int accepted = 0;
        int duplicates = 0;
        for (Decision decision : judged.decisions()) {
            switch (decision) {
                case Decision.Accepted a -> accepted++;
                case Decision.Duplicate d -> duplicates++;
                case Decision.Rejected r -> problems.add(problem(batch, r));
            }
        }
        if (!validateOnly) {
            rejectedLog.keep(game.number(), receivedAt, batch, problems);
        }
        return new EventAnswer(accepted, duplicates, problems.size(), judged.position(), problems);
    }

    /**
     * Decides events that had been refused before; those that are refused again are not kept here, because they lie in
     * the log already.
     *
     * @param documents one event each, at most 10,000
     * @param validateOnly decide, and keep nothing
     * @throws io.gamemetrics.infrastructure.web.Refusal as for a request of events
     */
    public Judged again(GameView game, List<byte[]> documents, boolean validateOnly) {
        return judge(game, EventBatch.ofDocuments(documents), clock.instant(), validateOnly);
    }

    /**
     * What became of a batch's events.
     *
     * @param decisions one for each, in their order
     * @param position everything accepted, and every duplicate's first copy, is at or before it
     */
    public record Judged(List<Decision> decisions, String position) {}

    private Judged judge(GameView game, EventBatch batch, Instant receivedAt, boolean validateOnly) {
        int count = batch.events().size();
        if (!room.take(game.number(), count)) {
            throw new io.gamemetrics.infrastructure.web.Refusal(RequestProblem.UNAVAILABLE);
        }
        // Who is refused, or no longer waits, leaves commands behind: their places are free when those are decided.
        Dispatched dispatched = new Dispatched(bus, game.number(), events -> room.giveBack(game.number(), events));
        try {
            PlayerNames names = validateOnly
                    ? PlayerNames.withoutTrace(vault, game.number(), batch.events())
                    : PlayerNames.of(vault, game.number(), batch.events());
            @Nullable Decision[] decisions = new Decision[count];
            for (ReadEvent event : batch.events()) {
                Refusal refusal = refusal(event, names);
                if (refusal != null) {
                    decisions[event.index()] = new Decision.Rejected(event.index(), refusal);
                }
            }
            commands(game, receivedAt, validateOnly, batch, names, decisions)
                    .forEach(command -> dispatched.send(command, eventsOf(command)));
            Dispatched.Outcome outcome = dispatched.await();
            outcome.decisions().forEach(decision -> decisions[decision.index()] = decision);
            Position position = outcome.position() == null ? store.position() : outcome.position();
            return new Judged(
                    Arrays.stream(decisions).map(Objects::requireNonNull).toList(), position.toString());
        } finally {
            room.giveBack(game.number(), count - dispatched.events());
        }
    }

    private static int eventsOf(Object command) {
        return command instanceof RecordEvents events
                ? events.candidates().size()
                : ((RecordUnattributedEvents) command).candidates().size();
    }

    /** Why an event does not even come before its player; absent: it does. */
    private static @Nullable Refusal refusal(ReadEvent event, PlayerNames names) {
        return switch (event) {
            case Malformed malformed -> malformed.refusal();
            case WellFormed wellFormed -> names.refusal(wellFormed);
        };
    }

    /**
     * One command for each player and for each of the game's own streams, in the order they first appear, with what is
     * not decided yet.
     */
    private List<Object> commands(
            GameView game,
            Instant receivedAt,
            boolean validateOnly,
            EventBatch batch,
            PlayerNames names,
            @Nullable Decision[] decided) {
        Map<Pseudonym, List<Candidate>> byPlayer = new LinkedHashMap<>();
        Map<UUID, List<Candidate>> byStream = new LinkedHashMap<>();
        GameId gameId = game.gameId();
        for (ReadEvent event : batch.events()) {
            if (decided[event.index()] == null && event instanceof WellFormed wellFormed) {
                Candidate candidate = new Candidate(wellFormed.index(), names.event(wellFormed.content()));
                if (wellFormed.player() == null) {
                    UUID stream = GameStreams.ofEventWithoutPlayer(
                            gameId, candidate.event().header().eventId());
                    byStream.computeIfAbsent(stream, s -> new ArrayList<>()).add(candidate);
                } else {
                    byPlayer.computeIfAbsent(names.of(wellFormed.player()), p -> new ArrayList<>())
                            .add(candidate);
                }
            }
        }
        int perMinute = playerEventsPerMinute(game.limits());
        Set<String> leaderboards = leaderboards(game, byPlayer.values());
        List<Object> commands = new ArrayList<>(byPlayer.size() + byStream.size());
        byPlayer.forEach((player, candidates) ->
                commands.add(new RecordEvents(player, receivedAt, perMinute, leaderboards, validateOnly, candidates)));
        byStream.forEach((stream, candidates) ->
                commands.add(new RecordUnattributedEvents(stream, receivedAt, validateOnly, candidates)));
        return commands;
    }

    /** Read anew where a score names one that is not among those held: it may have been defined a moment ago. */
    private Set<String> leaderboards(GameView game, Collection<List<Candidate>> candidates) {
        Set<String> held = game.leaderboards();
        boolean all = candidates.stream()
                .flatMap(List::stream)
                .allMatch(
                        one -> !(one.event() instanceof ScoreSubmitted score) || held.contains(score.leaderboardId()));
        return all
                ? held
                : games.current(game.gameId()).map(GameView::leaderboards).orElse(held);
    }

    private static int playerEventsPerMinute(@Nullable LimitsSet limits) {
        Integer set = limits == null ? null : limits.playerEventsPerMinute();
        return set == null ? RecordEvents.DEFAULT_PLAYER_EVENTS_PER_MINUTE : set;
    }

    private static EventAnswer.Problem problem(EventBatch batch, Decision.Rejected rejected) {
        Refusal refusal = rejected.refusal();
        return new EventAnswer.Problem(
                rejected.index(),
                eventId(batch.events().get(rejected.index())),
                refusal.code(),
                refusal.pointer(),
                refusal.message());
    }

    private static @Nullable String eventId(ReadEvent event) {
        return switch (event) {
            case WellFormed wellFormed ->
                wellFormed.content().header().eventId().value();
            case Malformed malformed -> malformed.eventId();
        };
    }
}
