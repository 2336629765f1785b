package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.infrastructure.erasures.ErasurePlans.Plan;
import io.gamemetrics.infrastructure.web.Caller;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.UUID;

/**
 * Who has looked at which plan here: somebody who waits for one looks again and again, and that is one look for the audit. Of
 * more than {@value #MOST} the earliest are forgotten, and audited again. Safe for concurrent use.
 */
final class PlanLooks {

    private static final int MOST = 10_000;

    private final SequencedSet<Look> looks = new LinkedHashSet<>();

    private record Look(UUID plan, String caller) {

        /** It may name a person. */
        @Override
        public String toString() {
            return "Look[" + plan + "]";
        }
    }

    /** @param plan empty: nobody has asked for it yet */
    synchronized boolean isNew(Optional<Plan> plan, Caller caller) {
        return plan.isEmpty() || !looks.contains(new Look(plan.get().plan(), caller.name()));
    }

    synchronized void add(Plan plan, Caller caller) {
        looks.add(new Look(plan.plan(), caller.name()));
        if (looks.size() > MOST) {
            looks.removeFirst();
        }
    }
}
