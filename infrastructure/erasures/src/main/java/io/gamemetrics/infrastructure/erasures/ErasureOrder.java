package io.gamemetrics.infrastructure.erasures;

import io.gamemetrics.sharedkernel.ids.Position;
import java.util.List;
import java.util.UUID;

/**
 * One person who is being erased, and what those who keep read models are to answer of them now.
 *
 * @param streams of all players who are this person; of a plan none when it is nobody, whom no version is asked of
 * @param numbers each one's dense number in the tenant, in the order of the streams
 * @param after whoever answers has handled everything up to here
 */
public record ErasureOrder(
        UUID request, int subject, int tenant, List<UUID> streams, List<Integer> numbers, Step step, Position after) {

    public ErasureOrder {
        streams = List.copyOf(streams);
        numbers = List.copyOf(numbers);
    }

    /** What is to be answered. The first three in this order; stored by name. */
    public enum Step {
        /** How much is held of them, and what stays in sums. */
        REMAINDER,
        /** How much is still held: nothing, once it is done. */
        PURGE,
        /** Where anything is found that says who they were. */
        SCAN,
        /** How much is held of them, and of how many days something would stay in sums. Nothing is changed. */
        PLAN,
        /** All that is held of them, for themselves. */
        EXPORT
    }
}
