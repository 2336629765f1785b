package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.datasubject.RequestState.Exporting;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** All that is held of a request's subjects, for themselves: one folder each, and what all of it is. Safe for concurrent use. */
final class ExportArchive {

    private static final String README = """
            This is what is held of you, or of those this request is about.

            Each folder is one person in one game. Every table is there twice: as JSON, exact, and as CSV, for a spreadsheet.
            In CSV a text that begins with = + - or @ has an apostrophe before it, so that no program takes it for a formula.
            Moments are in UTC. Amounts called micros are millionths of the currency. A pseudonym is the number the platform
            knows a player by; nobody outside can tell whose it is.

            The events were read when this file was fetched, {now}. What is made of them (the folders metrics, players,
            leaderboards, recommendations and live-tail) was gathered when the request was executed, and is kept for seven
            days. Events that wait because something went wrong are among the events. Who at the studio did something is left
            out: it is somebody else's.

            Not here, because it says nothing more: the same events in the message log, in backups and in snapshots; totals
            over all players, in which nobody can be told apart.

            Files:

            """;

    private final SubjectArchive subjects;
    private final Clock clock;

    ExportArchive(SubjectArchive subjects, Clock clock) {
        this.subjects = subjects;
        this.clock = clock;
    }

    /** Writes all of it; what fails half way leaves a ZIP that does not open. */
    void write(OutputStream out, UUID request, Exporting exporting, Intake intake) throws IOException {
        Archive archive = new Archive(out);
        for (int subject = 0; subject < intake.subjects().size(); subject++) {
            subjects.write(archive, request, subject, intake.subjects().get(subject));
        }
        Instant now = clock.instant();
        StringBuilder readme = new StringBuilder(README.replace("{now}", now.toString()));
        for (Archive.File file : archive.files()) {
            readme.append(file.name())
                    .append(" (rows: ")
                    .append(file.rows())
                    .append(")\n    ")
                    .append(file.about())
                    .append('\n');
        }
        if (archive.files().isEmpty()) {
            readme.append("None: nothing is held.\n");
        }
        archive.text("README.txt", readme.toString());
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("requestId", request.toString());
        manifest.put("receivedAt", exporting.request().receivedAt().toString());
        manifest.put("fetchedAt", now.toString());
        manifest.put("files", archive.files());
        archive.json("manifest.json", manifest);
        archive.finish();
    }
}
