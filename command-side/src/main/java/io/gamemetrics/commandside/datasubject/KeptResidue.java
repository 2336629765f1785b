package io.gamemetrics.commandside.datasubject;

import static java.util.stream.Collectors.toSet;

import io.gamemetrics.infrastructure.privacy.KeptRecords;
import io.gamemetrics.infrastructure.privacy.KeptRecords.Kept;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.RequestSecrets;
import io.gamemetrics.infrastructure.readstore.Needles;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What of a subject is kept when their erasure is certified, by this request or by one before it.
 *
 * @param subject which of this request's
 * @param keptBy the request that keeps it
 * @param until the last day
 */
record KeptResidue(int subject, UUID keptBy, String kind, long records, LocalDate until, String ground) {

    /** What stands where a ground says who it is about. */
    static final String WITHHELD = "withheld: it names the subject";

    /** All of it, of all subjects of a request whose key is there; no ground holds what the request looked for. */
    static List<KeptResidue> of(PostgresVault vault, UUID request, Intake intake) {
        KeptRecords records = vault.keptRecords();
        List<KeptResidue> residue = new ArrayList<>();
        for (int subject = 0; subject < intake.subjects().size(); subject++) {
            Intake.Subject who = intake.subjects().get(subject);
            int game = vault.findGameNumber(who.gameId()).orElseThrow();
            for (Kept kept : SubjectSearch.keptOf(vault, request, subject, game, who)) {
                int of = subject;
                // One that was destroyed in this moment is none any more.
                records.ground(kept)
                        .ifPresent(ground -> residue.add(new KeptResidue(
                                of, kept.request(), kept.kind(), kept.records(), kept.until(), ground)));
            }
        }
        return residue.isEmpty() ? residue : namingNobody(residue, vault.requestSecrets(), request, intake);
    }

    /** When a ground was written nobody knew the ids and names a person was linked with. */
    private static List<KeptResidue> namingNobody(
            List<KeptResidue> residue, RequestSecrets secrets, UUID request, Intake intake) {
        Set<String> grounds = residue.stream().map(KeptResidue::ground).collect(toSet());
        Set<String> naming = new HashSet<>();
        for (int subject = 0; subject < intake.subjects().size(); subject++) {
            List<String> texts = new ArrayList<>(secrets.needles(request, subject));
            texts.add(intake.subjects().get(subject).player());
            Needles needles = Needles.of(texts);
            grounds.stream().filter(ground -> !needles.in(ground).isEmpty()).forEach(naming::add);
        }
        return residue.stream()
                .map(one -> naming.contains(one.ground()) ? one.withheld() : one)
                .toList();
    }

    private KeptResidue withheld() {
        return new KeptResidue(subject, keptBy, kind, records, until, WITHHELD);
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
