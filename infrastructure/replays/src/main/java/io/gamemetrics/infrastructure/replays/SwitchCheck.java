package io.gamemetrics.infrastructure.replays;

import io.gamemetrics.infrastructure.replays.ReplayRefused.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether readers may be given a new version.
 *
 * @param proof what is proved of it
 * @param next how far it is
 * @param last how far the version is that readers ask now
 * @param partitions how many partitions the projection reads
 */
record SwitchCheck(Proofs.Tally proof, VersionProgress next, VersionProgress last, int partitions) {

    /** Versions that are up to date tell of it at moments of their own, each twice a second or so. */
    private static final Duration MOMENTS = Duration.ofSeconds(1);

    /** So much older may a reader's answer become at most, however old the answers are that he is given now. */
    private static final Duration MOST = Duration.ofSeconds(5);

    /** @throws ReplayRefused PART, PAUSED, UNPROVED or BEHIND, the first of these that holds */
    void require(Replay replay) {
        if (replay.wish().part().isOnlyCompared()) {
            throw new ReplayRefused(Reason.PART, "It handled events of some types alone: compare it, then cancel it.");
        }
        if (replay.paused()) {
            throw new ReplayRefused(Reason.PAUSED, "It is paused, so it grows old: resume it first.");
        }
        if (!proof.provesAll()) {
            throw new ReplayRefused(
                    Reason.UNPROVED,
                    proof.mismatches() > 0
                            ? "The new version handled something else than the event store holds in "
                                    + proof.mismatches() + " of " + proof.ranges() + " ranges: cancel it."
                            : "Only " + proof.proved() + " of " + proof.ranges()
                                    + " ranges are proved so far: try again in a moment.");
        }
        if (next.instances() == 0) {
            throw new ReplayRefused(Reason.BEHIND, "No process works on the new version: it grows old. Start one.");
        }
        if (next.partitions().size() < partitions) {
            throw new ReplayRefused(
                    Reason.BEHIND, "It has not told of all of its partitions yet: try again in a moment.");
        }
        next.partitions().stream().filter(here -> !isLevel(here)).findFirst().ifPresent(this::refuse);
    }

    /** Whether the new version is on a partition as far as the other, or behind it no more than that is itself. */
    boolean isLevel(PartitionProgress here) {
        Instant read = read(here.partition());
        if (read == null) {
            // Nobody told, so it may be all there is.
            return !here.asOf().isBefore(last.now().minus(MOST));
        }
        Duration lag = Duration.between(read, last.now());
        Duration allowed = lag.compareTo(MOMENTS) < 0 ? MOMENTS : lag.compareTo(MOST) > 0 ? MOST : lag;
        return !here.asOf().isBefore(read.minus(allowed));
    }

    /** Up to when readers see everything of the partition; absent when nobody told. */
    private @Nullable Instant read(int partition) {
        return last.partitions().stream()
                .filter(there -> there.partition() == partition)
                .map(PartitionProgress::asOf)
                .findFirst()
                .orElse(null);
    }

    private void refuse(PartitionProgress here) {
        throw new ReplayRefused(
                Reason.BEHIND,
                "On partition %d the new version is %s behind, the one readers ask %s: they would see older numbers."
                                .formatted(here.partition(), age(here.asOf()), age(read(here.partition())))
                        + " Try again when it has caught up.");
    }

    private String age(@Nullable Instant asOf) {
        return asOf == null
                ? "an unknown time"
                : String.format(
                        Locale.ROOT,
                        "%.1f s",
                        Duration.between(asOf, last.now()).toMillis() / 1000.0);
    }
}
