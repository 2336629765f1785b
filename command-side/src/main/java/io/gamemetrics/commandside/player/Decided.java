package io.gamemetrics.commandside.player;

import io.gamemetrics.commandside.player.Decision.Accepted;
import io.gamemetrics.commandside.player.Decision.Duplicate;
import io.gamemetrics.commandside.player.Decision.Rejected;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a command comes to.
 *
 * @param decisions one for each candidate, in their order
 * @param events what is true from now on, decided parts included, in order
 */
record Decided(List<Decision> decisions, List<PlayerEvent> events) {

    /** Judges one candidate after the other, each in the light of those before it. */
    static Decided of(List<Candidate> candidates, Facts facts, List<Rule> rules) {
        List<Decision> decisions = new ArrayList<>(candidates.size());
        List<PlayerEvent> events = new ArrayList<>(candidates.size());
        EventIdNamesOneContent oneContent = new EventIdNamesOneContent();
        for (Candidate candidate : candidates) {
            PlayerEvent event = candidate.event();
            Refusal conflict = oneContent.refusal(event, facts);
            if (conflict != null) {
                decisions.add(new Rejected(candidate.index(), conflict));
            } else if (facts.eventWith(event.header().eventId()) != null) {
                decisions.add(new Duplicate(candidate.index()));
            } else {
                Refusal refusal = firstRefusal(event, facts, rules);
                if (refusal != null) {
                    decisions.add(new Rejected(candidate.index(), refusal));
                } else {
                    PlayerEvent joined = Joined.with(facts, event);
                    facts.accept(joined);
                    events.add(joined);
                    decisions.add(new Accepted(candidate.index()));
                }
            }
        }
        return new Decided(decisions, events);
    }

    private static @Nullable Refusal firstRefusal(PlayerEvent event, Facts facts, List<Rule> rules) {
        for (Rule rule : rules) {
            Refusal refusal = rule.refusal(event, facts);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }
}
