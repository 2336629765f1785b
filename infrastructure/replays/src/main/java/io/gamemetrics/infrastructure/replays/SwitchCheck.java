package io.gamemetrics.infrastructure.replays;

import io.gamemetrics.infrastructure.replays.ReplayRefused.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
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
        if (next.instances() == 0 || !isLevel()) {
            throw new ReplayRefused(
                    Reason.BEHIND,
                    "The new version is " + age(next) + " behind, the one readers ask " + age(last)
                            + ": they would see older numbers. Try again when it has caught up.");
        }
    }

    /** Whether the new version is on every partition as far as the other, or behind it no more than that is itself. */
    private boolean isLevel() {
        Map<Integer, Instant> read = last.partitions().stream()
                .collect(Collectors.toMap(PartitionProgress::partition, PartitionProgress::asOf));
        return next.partitions().size() >= partitions
                && next.partitions().stream().allMatch(here -> isLevel(here.asOf(), read.get(here.partition())));
    }

    /** @param read up to when readers see everything of the partition; absent: nobody told, so it may be all there is */
    private boolean isLevel(Instant asOf, @Nullable Instant read) {
        if (read == null) {
            return !asOf.isBefore(last.now().minus(MOST));
        }
        Duration lag = Duration.between(read, last.now());
        Duration allowed = lag.compareTo(MOMENTS) < 0 ? MOMENTS : lag.compareTo(MOST) > 0 ? MOST : lag;
        return !asOf.isBefore(read.minus(allowed));
    }

    private String age(VersionProgress version) {
        return version.lag(partitions).map(lag -> lag.toSeconds() + " s").orElse("an unknown time");
    }
}
