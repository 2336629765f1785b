package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.infrastructure.erasures.ErasureAnswer;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.Version;
import io.gamemetrics.infrastructure.replays.Versions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Whether everybody has answered who must: every version that is kept up to date; of a search also the stores no projection
 * keeps, and versions that are being taken away have to be gone. Safe for concurrent use.
 */
final class Answered {

    private final Versions versions;
    private final List<String> stores;

    /** @param stores those that are searched beside the read models */
    Answered(Versions versions, List<String> stores) {
        this.versions = versions;
        this.stores = List.copyOf(stores);
    }

    boolean by(List<ErasureAnswer> answers, Step step) {
        Set<String> told = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (ErasureAnswer answer : answers) {
            told.add(answer.projection() + "/" + answer.version());
            names.add(answer.projection());
        }
        if (step == Step.SCAN && !names.containsAll(stores)) {
            return false;
        }
        for (KnownProjection projection : versions.projections()) {
            for (Version version : versions.of(projection.name())) {
                if (isWaitedFor(version, step) && !told.contains(projection.name() + "/" + version.number())) {
                    return false;
                }
            }
        }
        return true;
    }

    /** One that is being taken away says nothing any more; until it is gone nobody can say that nothing is left. */
    private static boolean isWaitedFor(Version version, Step step) {
        return version.state().isKept() || step == Step.SCAN;
    }
}
