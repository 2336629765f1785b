package io.gamemetrics.projections.leaderboardsstore;

import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A checkpoint as it lies in Redis; two are the same where their texts are. */
final class CheckpointText {

    private static final int PARTS = 5;

    private CheckpointText() {}

    /** The empty text stands for no checkpoint. */
    static String of(@Nullable Checkpoint checkpoint) {
        return checkpoint == null
                ? ""
                : checkpoint.position() + "|" + checkpoint.asOf() + "|" + checkpoint.nextOffset() + "|"
                        + checkpoint.handledCount() + "|" + checkpoint.handledChecksum();
    }

    static @Nullable Checkpoint parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.split("\\|", PARTS);
        return new Checkpoint(
                Position.parse(parts[0]),
                Instant.parse(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]));
    }
}
