package io.gamemetrics.infrastructure.replays;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a replay is to go.
 *
 * @param eventsPerSecond at most so many over all instances while the event store is read; absent: as fast as it goes
 * @param abortLagSeconds it is aborted when the live version's lag grows past this; absent: never
 * @param abortFreeGib it is aborted when less disk is free than this; absent: never
 * @param part how much is rebuilt
 */
public record ReplayWish(
        @Nullable Integer eventsPerSecond,
        SwitchWhen switchWhen,
        @Nullable Integer abortLagSeconds,
        @Nullable Integer abortFreeGib,
        ReplayPart part) {

    /** Who switches. */
    public enum SwitchWhen {
        /** An operator. */
        MANUAL,
        /** The replay itself, once old and new are the same. */
        WHEN_IDENTICAL
    }

    /** As fast as it goes; an operator switches. */
    public static ReplayWish manual() {
        return new ReplayWish(null, SwitchWhen.MANUAL, null, null, ReplayPart.whole());
    }

    ReplayWish throttled(@Nullable Integer limit) {
        return new ReplayWish(limit, switchWhen, abortLagSeconds, abortFreeGib, part);
    }

    /** For the record of who wanted what; empty for all of it, as fast as it goes and without limits. */
    String inWords() {
        List<String> words = new ArrayList<>();
        part.inWords(words);
        if (eventsPerSecond != null) {
            words.add("at most " + eventsPerSecond + " events/s");
        }
        if (switchWhen == SwitchWhen.WHEN_IDENTICAL) {
            words.add("switched to when old and new are the same");
        }
        if (abortLagSeconds != null) {
            words.add("given up when the live version is " + abortLagSeconds + " s behind");
        }
        if (abortFreeGib != null) {
            words.add("given up below " + abortFreeGib + " GiB of free disk");
        }
        return String.join(", ", words);
    }
}
