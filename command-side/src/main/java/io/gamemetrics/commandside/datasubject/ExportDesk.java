package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.datasubject.RequestState.Completed;
import io.gamemetrics.commandside.datasubject.RequestState.Ended;
import io.gamemetrics.commandside.datasubject.RequestState.Executing;
import io.gamemetrics.commandside.datasubject.RequestState.Exporting;
import io.gamemetrics.commandside.datasubject.RequestState.Open;
import io.gamemetrics.commandside.datasubject.RequestState.Refused;
import io.gamemetrics.infrastructure.privacy.AuditChain;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.RequestSecrets;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.infrastructure.web.RequestProblem;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;
import java.util.concurrent.Semaphore;

/** Gives out exports, to whoever has the privacy role in each of their games. Safe for concurrent use. */
public final class ExportDesk {

    /** So many are written at once: each reads everything of somebody. */
    private static final int AT_ONCE = 4;

    private final RequestDesk desk;
    private final RequestSecrets secrets;
    private final AuditChain audit;
    private final ExportArchive archive;
    private final Semaphore places = new Semaphore(AT_ONCE);

    ExportDesk(RequestDesk desk, PostgresVault vault, ExportArchive archive) {
        this.desk = desk;
        this.secrets = vault.requestSecrets();
        this.audit = vault.audit();
        this.archive = archive;
    }

    /** An export about to be written. */
    @FunctionalInterface
    interface Download {

        /** @param to opened when nothing speaks against it any more */
        void write(Target to) throws IOException;
    }

    /** Where it goes. */
    @FunctionalInterface
    interface Target {

        OutputStream open() throws IOException;
    }

    /** Says no, or what to write; that somebody fetched it is in the audit before. */
    Download open(Caller caller, UUID request) {
        Exporting ready =
                switch (desk.allowed(caller, request)) {
                    case Exporting exporting when exporting.isReady() -> exporting;
                    case Open _, Exporting _, Executing _, Completed _, Refused _ ->
                        throw new Refusal(SubjectProblem.EXPORT_MISSING);
                    case Ended _ -> throw new Refusal(SubjectProblem.EXPORT_OVER);
                };
        Intake intake = secrets.find(request, Intake.NAME)
                .map(Intake::ofBytes)
                .orElseThrow(() -> new Refusal(SubjectProblem.EXPORT_OVER));
        audit.append("request.export", request, null, caller.name());
        return to -> {
            if (!places.tryAcquire()) {
                throw new Refusal(RequestProblem.UNAVAILABLE);
            }
            try {
                archive.write(to.open(), request, ready, intake);
            } finally {
                places.release();
            }
        };
    }
}
