package io.gamemetrics.infrastructure.replays;

import io.gamemetrics.infrastructure.replays.ReplayRefused.Reason;
import java.time.Duration;

/**
 * Whether readers may be given a new version.
 *
 * @param proof what is proved of it
 * @param next how far it is
 * @param last how far the version is that readers ask now
 * @param partitions how many partitions the projection reads
 */
record SwitchCheck(Proofs.Tally proof, VersionProgress next, VersionProgress last, int partitions) {

    /** Two versions that are up to date tell of it at moments of their own, each twice a second or so. */
    static final Duration MOMENTS = Duration.ofSeconds(1);

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
        if (next.instances() == 0 || !next.isLevelWith(last, MOMENTS, partitions)) {
            throw new ReplayRefused(
                    Reason.BEHIND,
                    "The new version is " + age(next) + " behind, the one readers ask " + age(last)
                            + ": they would see older numbers. Try again when it has caught up.");
        }
    }

    private String age(VersionProgress version) {
        return version.lag(partitions).map(lag -> lag.toSeconds() + " s").orElse("an unknown time");
    }
}
