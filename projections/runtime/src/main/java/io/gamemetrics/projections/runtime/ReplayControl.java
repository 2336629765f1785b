package io.gamemetrics.projections.runtime;

import io.gamemetrics.infrastructure.replays.Comparisons;
import io.gamemetrics.infrastructure.replays.Offers;
import io.gamemetrics.infrastructure.replays.Progress;
import io.gamemetrics.infrastructure.replays.Proofs;
import io.gamemetrics.infrastructure.replays.QuarantineOrders;
import io.gamemetrics.infrastructure.replays.Quarantines;
import io.gamemetrics.infrastructure.replays.Replays;
import io.gamemetrics.infrastructure.replays.Rooms;
import io.gamemetrics.infrastructure.replays.Versions;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Where a supervisor learns what is wanted and tells how far it is.
 *
 * @param erasures absent: nobody is erased
 * @param instance a name of this process
 */
public record ReplayControl(
        Versions versions,
        Replays replays,
        Proofs proofs,
        Progress progress,
        Rooms rooms,
        Comparisons comparisons,
        Quarantines quarantines,
        QuarantineOrders quarantineOrders,
        Offers offers,
        @Nullable ErasureQuestions erasures,
        String instance) {

    /** All in one database. */
    public static ReplayControl on(DataSource database, String instance) {
        return new ReplayControl(
                new Versions(database),
                new Replays(database),
                new Proofs(database),
                new Progress(database),
                new Rooms(database),
                new Comparisons(database),
                new Quarantines(database),
                new QuarantineOrders(database),
                new Offers(database),
                null,
                instance);
    }

    /** The same with what is asked when persons are erased. */
    public ReplayControl answering(ErasureQuestions questions) {
        return new ReplayControl(
                versions,
                replays,
                proofs,
                progress,
                rooms,
                comparisons,
                quarantines,
                quarantineOrders,
                offers,
                questions,
                instance);
    }
}
