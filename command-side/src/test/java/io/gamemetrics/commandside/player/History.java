package io.gamemetrics.commandside.player;

import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** A stream's stored events in memory: answers questions as the store does, candidates that don't fit included. */
final class History implements KnownEvents {

    private final List<Known> events = new ArrayList<>();

    static History of(PlayerEvent... events) {
        History history = new History();
        List.of(events).forEach(history::add);
        return history;
    }

    void add(PlayerEvent event) {
        events.add(new Known(events.size(), event));
    }

    List<PlayerEvent> events() {
        return events.stream().map(Known::event).toList();
    }

    @Override
    public List<Known> find(UUID stream, Collection<Question> questions) {
        return events.stream()
                .filter(known -> questions.stream().anyMatch(question -> answers(known.event(), question)))
                .toList();
    }

    private static boolean answers(PlayerEvent event, Question question) {
        return switch (question) {
            case Question.EventWithId asked -> event.header().eventId().equals(asked.eventId());
            case Question.StartAndEndOf asked ->
                asked.sessionId().equals(event.header().sessionId())
                        && (event instanceof PlayerEvent.SessionStarted || event instanceof PlayerEvent.SessionEnded);
            case Question.ModerationWithId asked -> event.header().eventId().equals(asked.eventId());
            case Question.RefundsOf asked ->
                event instanceof PlayerEvent.PurchaseRefunded refund
                        && refund.purchaseEventId().equals(asked.purchaseEventId());
        };
    }
}
