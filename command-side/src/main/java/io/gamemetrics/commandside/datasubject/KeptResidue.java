package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.infrastructure.privacy.KeptRecords;
import io.gamemetrics.infrastructure.privacy.KeptRecords.Kept;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * What of a subject is kept when their erasure is certified, by this request or by one before it.
 *
 * @param subject which of this request's
 * @param keptBy the request that keeps it
 * @param until the last day
 */
record KeptResidue(int subject, UUID keptBy, String kind, long records, LocalDate until, String ground) {

    /** All of it, of all subjects. */
    static List<KeptResidue> of(PostgresVault vault, Intake intake) {
        KeptRecords records = vault.keptRecords();
        List<KeptResidue> residue = new ArrayList<>();
        for (int subject = 0; subject < intake.subjects().size(); subject++) {
            Intake.Subject who = intake.subjects().get(subject);
            int game = vault.findGameNumber(who.gameId()).orElseThrow();
            for (Kept kept : records.of(game, who.playerId())) {
                int of = subject;
                // One that was destroyed in this moment is none any more.
                records.ground(kept)
                        .ifPresent(ground -> residue.add(new KeptResidue(
                                of, kept.request(), kept.kind(), kept.records(), kept.until(), ground)));
            }
        }
        return residue;
    }

    /** What stays and why, for people. */
    String why() {
        return "Of subject " + subject + " " + records + " records of the kind " + kind + " are kept until " + until
                + ", that day included, by request " + keptBy + ", on the ground: " + ground
                + ". They lie in the vault under a key of their own, are shown to the role privacy alone, each time with an"
                + " entry in the audit, and are destroyed when the day is over; in backups of the vault they stay until"
                + " those are deleted.";
    }

    @Override
    public String toString() {
        return "KeptResidue[subject=" + subject + ", kind=" + kind + "]";
    }
}
