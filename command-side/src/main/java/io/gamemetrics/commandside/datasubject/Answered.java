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
 * Whether everybody has answered who must: versions of read models, and of a search also the stores no projection keeps.
 * Safe for concurrent use.
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

    /**
     * What stays is said by the version readers ask, and keys go when none that they may come to ask holds anything: an
     * erasure waits for no rebuild, which may take hours, or rest. What is proven is said of all: of one that is being built
     * when it has come past the end of the streams, of one that is being taken away when it is gone.
     */
    private static boolean isWaitedFor(Version version, Step step) {
        return switch (step) {
            case REMAINDER -> version.state() == Version.State.ACTIVE;
            case PURGE -> version.state() == Version.State.ACTIVE || version.state() == Version.State.STANDBY;
            case SCAN -> true;
            case PLAN, EXPORT -> throw new IllegalArgumentException("an erasure has no such step: " + step);
        };
    }
}
