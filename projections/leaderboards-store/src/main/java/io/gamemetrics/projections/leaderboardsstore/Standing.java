package io.gamemetrics.projections.leaderboardsstore;

import java.util.List;
import java.util.Optional;

/**
 * A person's place in a period and who stands around, read at one moment.
 *
 * @param entry absent: not listed, for want of a score or because of a ban
 * @param around in order, with the person as near to their middle as the list's ends allow; empty where the person is not
 *     listed
 */
public record Standing(Optional<Entry> entry, List<Entry> around) {

    public Standing {
        around = List.copyOf(around);
    }
}
