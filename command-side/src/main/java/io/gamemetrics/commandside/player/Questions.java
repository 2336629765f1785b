package io.gamemetrics.commandside.player;

import io.gamemetrics.commandside.player.KnownEvents.Question;
import io.gamemetrics.commandside.player.KnownEvents.Question.EventWithId;
import io.gamemetrics.commandside.player.KnownEvents.Question.ModerationWithId;
import io.gamemetrics.commandside.player.KnownEvents.Question.RefundsOf;
import io.gamemetrics.commandside.player.KnownEvents.Question.StartAndEndOf;
import io.gamemetrics.sharedkernel.ids.EventId;
import io.gamemetrics.sharedkernel.ids.SessionId;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseMade;
import io.gamemetrics.sharedkernel.player.PlayerEvent.PurchaseRefunded;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What has to be looked up before events can be decided: only what the filter may have seen. */
final class Questions {

    private Questions() {}

    static Set<Question> of(PlayerState state, List<Candidate> candidates) {
        Set<Question> questions = new HashSet<>();
        for (Candidate candidate : candidates) {
            PlayerEvent event = candidate.event();
            askForEvent(state.seen(), event.header().eventId(), questions);
            SessionId session = event.header().sessionId();
            if (session != null
                    && state.sessions().find(session) == null
                    && state.seen().mayContain(SeenIds.keyOf(session))) {
                questions.add(new StartAndEndOf(session));
            }
            if (event instanceof PurchaseMade) {
                askForRefunds(state.seen(), event.header().eventId(), questions);
            }
            if (event instanceof PurchaseRefunded refund) {
                askForEvent(state.seen(), refund.purchaseEventId(), questions);
                askForRefunds(state.seen(), refund.purchaseEventId(), questions);
            }
        }
        return questions;
    }

    static Set<Question> ofModeration(SeenIds seen, EventId decision) {
        return seen.mayContain(SeenIds.keyOfModeration(decision)) ? Set.of(new ModerationWithId(decision)) : Set.of();
    }

    static void askForEvent(SeenIds seen, EventId id, Set<Question> questions) {
        if (seen.mayContain(SeenIds.keyOf(id))) {
            questions.add(new EventWithId(id));
        }
    }

    private static void askForRefunds(SeenIds seen, EventId purchase, Set<Question> questions) {
        if (seen.mayContain(SeenIds.keyOfRefundsOf(purchase))) {
            questions.add(new RefundsOf(purchase));
        }
    }
}
