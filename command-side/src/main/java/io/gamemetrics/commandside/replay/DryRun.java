package io.gamemetrics.commandside.replay;

import org.jspecify.annotations.Nullable;

/**
 * What a replay would take.
 *
 * @param events to be handled
 * @param bytesNeeded what the live version takes now; absent where its store can't tell
 * @param bytesFree where it would lie: Redis' memory for boards, else the disk of the projection's data folder; absent
 *     while no process told
 * @param secondsEstimated at the rate of the projection's latest replay; absent before one
 * @param fits absent where one of the two is
 */
record DryRun(
        long events,
        @Nullable Long bytesNeeded,
        @Nullable Long bytesFree,
        @Nullable Long secondsEstimated,
        @Nullable Boolean fits) {}
