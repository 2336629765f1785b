package io.gamemetrics.commandside.player;

import io.gamemetrics.commandside.player.KnownEvents.Known;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import io.gamemetrics.sharedkernel.ids.SessionId;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PlayerLinked;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionEnded;
import io.gamemetrics.sharedkernel.player.PlayerEvent.SessionStarted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that matters for the events of one command: what the player's state and the looked-up history say, and what this
 * command has accepted so far. Lives as long as the command.
 */
final class Facts {

    private final Map<EventId, PlayerEvent> eventsById = new HashMap<>();
    private final Map<SessionId, SessionFacts> sessions = new HashMap<>();
    private final Map<EventId, List<Refund>> refundsByPurchase = new HashMap<>();
    private final Map<Long, Integer> eventsByMinute = new HashMap<>();
    private final Set<Pseudonym> linkedNow = new HashSet<>();
    private final PlayerState state;
    private long nextSequence;

    /** @param sequence the refund's place in the player's stream */
    record Refund(long sequence, PurchaseRefunded event) {}

    Facts(PlayerState state, List<Known> known, List<Candidate> candidates) {
        this.state = state;
        this.nextSequence = state.nextSequence();
        for (Candidate candidate : candidates) {
            // Copied now: accepting other sessions of this command may push this one out of the recent ones.
            SessionId id = candidate.event().header().sessionId();
            SessionFacts recent = id == null ? null : state.sessions().find(id);
            if (id != null && recent != null) {
                sessions.put(id, recent);
            }
        }
        for (Known one : known) {
            learn(one.sequence(), one.event());
        }
    }

    /** Takes an event in that was just accepted. */
    void accept(PlayerEvent event) {
        learn(nextSequence, event);
        eventsByMinute.merge(MinuteCounts.minuteOf(event.header().occurredAt()), 1, Integer::sum);
        if (event instanceof PlayerLinked linked) {
            linkedNow.add(linked.linked());
        }
        nextSequence++;
    }

    /** The accepted event with this id; absent when there is none. */
    @Nullable
    PlayerEvent eventWith(EventId id) {
        return eventsById.get(id);
    }

    /** What is known of this session, possibly nothing. */
    SessionFacts session(SessionId id) {
        return sessions.getOrDefault(id, SessionFacts.NONE);
    }

    /** All refunds of this purchase, in the order they arrived. */
    List<Refund> refundsOf(EventId purchase) {
        return refundsByPurchase.getOrDefault(purchase, List.of());
    }

    /** What has not been given back yet of this purchase. */
    long microsLeftOf(PurchaseMade purchase) {
        long left = purchase.price().micros();
        for (PurchaseMade.SettledRefund waited : purchase.settles()) {
            left -= waited.micros();
        }
        for (Refund refund : refundsOf(purchase.header().eventId())) {
            PurchaseRefunded.Settlement settled = refund.event().settled();
            left -= settled == null ? 0 : settled.amount().micros();
        }
        return left;
    }

    /** Events of the player that occurred in this minute. */
    int eventsIn(long minute) {
        return state.minutes().of(minute) + eventsByMinute.getOrDefault(minute, 0);
    }

    /** Who this player was linked to; absent for a player who is their own person. */
    @Nullable
    Pseudonym person() {
        return state.person();
    }

    /** Whether this command has linked that player already. */
    boolean linkedNow(Pseudonym linked) {
        return linkedNow.contains(linked);
    }

    private void learn(long sequence, PlayerEvent event) {
        if (!PlayerState.isReported(event)) {
            // The id it carries was not chosen by a sender of this player's events.
            return;
        }
        eventsById.putIfAbsent(event.header().eventId(), event);
        SessionId session = event.header().sessionId();
        if (event instanceof SessionStarted started && session != null) {
            sessions.merge(
                    session, SessionFacts.NONE.with(started, sequence), (known, n) -> known.with(started, sequence));
        } else if (event instanceof SessionEnded ended && session != null) {
            sessions.merge(session, SessionFacts.NONE.with(ended), (known, n) -> known.with(ended));
        } else if (event instanceof PurchaseRefunded refund) {
            List<Refund> refunds =
                    refundsByPurchase.computeIfAbsent(refund.purchaseEventId(), id -> new ArrayList<>(2));
            if (refunds.stream().noneMatch(r -> r.sequence() == sequence)) {
                refunds.add(new Refund(sequence, refund));
            }
        }
    }
}
