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
 */
public record ReplayWish(
        @Nullable Integer eventsPerSecond,
        SwitchWhen switchWhen,
        @Nullable Integer abortLagSeconds,
        @Nullable Integer abortFreeGib) {

    /** Who switches. */
    public enum SwitchWhen {
        /** An operator. */
        MANUAL,
        /** The replay itself, once old and new are the same. */
        WHEN_IDENTICAL
    }

    /** As fast as it goes; an operator switches. */
    public static ReplayWish manual() {
        return new ReplayWish(null, SwitchWhen.MANUAL, null, null);
    }

    /** For the record of who wanted what; empty for as fast as it goes and no limits. */
    String inWords() {
        List<String> words = new ArrayList<>();
        if (eventsPerSecond != null) {
            words.add("at most " + eventsPerSecond + " events/s");
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
