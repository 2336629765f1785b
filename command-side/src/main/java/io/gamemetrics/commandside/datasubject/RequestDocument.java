package io.gamemetrics.commandside.datasubject;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gamemetrics.commandside.datasubject.RequestState.Completed;
import io.gamemetrics.commandside.datasubject.RequestState.Ended;
import io.gamemetrics.commandside.datasubject.RequestState.Executing;
import io.gamemetrics.commandside.datasubject.RequestState.Exporting;
import io.gamemetrics.commandside.datasubject.RequestState.Open;
import io.gamemetrics.commandside.datasubject.RequestState.Refused;
import io.gamemetrics.sharedkernel.datasubject.KeptKind;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.Purged;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestReceived;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectKept;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectPurged;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectScanned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is answered.
 *
 * @param phase RECEIVED, IDENTITY_CONFIRMED, HELD, EXECUTING, READY for an export that can be fetched, COMPLETED or REFUSED
 * @param how how it was made sure who is asking; gone with the subjects' ids when the request is over
 * @param keep what is to be kept of its subjects, as it was asked for; gone with the subjects' ids when the request is over
 * @param certificate SHA-256 of the certificate, hexadecimal; absent until it is completed
 * @param availableUntil until then an export can be fetched; absent before it is ready
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RequestDocument(
        UUID requestId,
        String type,
        String phase,
        Instant receivedAt,
        Instant dueAt,
        boolean extended,
        @Nullable Boolean identityConfirmed,
        @Nullable String how,
        @Nullable String reason,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<KeepDocument> keep,
        List<SubjectDocument> subjects,
        @Nullable String certificate,
        @Nullable Instant availableUntil) {

    /** What is to be kept until the end of a day. */
    record KeepDocument(String kind, String until, String ground) {

        static List<KeepDocument> of(List<Keep> all) {
            return all.stream()
                    .map(keep -> new KeepDocument(keep.kind(), keep.until(), keep.ground()))
                    .toList();
        }

        @Override
        public String toString() {
            return "KeepDocument[kind=" + kind + "]";
        }
    }

    /**
     * What is kept of a subject.
     *
     * @param until the last day
     * @param endedAt when it was destroyed; absent: it was not
     * @param lost true: the vault was put back to before, and nothing of it is there; absent: it is there, or was destroyed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record KeptDocument(
            KeptKind kind,
            long records,
            String until,
            @Nullable Instant endedAt,
            @Nullable Boolean lost) {

        static List<KeptDocument> of(@Nullable Executing done, int subject, Set<SubjectKept> lost) {
            return done == null
                    ? List.of()
                    : done.kept().stream()
                            .filter(kept -> kept.what().subject() == subject)
                            .map(kept -> new KeptDocument(
                                    kept.what().kind(),
                                    kept.what().records(),
                                    kept.what().until().toString(),
                                    kept.endedAt(),
                                    lost.contains(kept.what()) ? true : null))
                            .toList();
        }
    }

    /**
     * One of those it is about.
     *
     * @param playerId absent once the request is over
     * @param phase WAITING, PURGED, SCANNED or, of an export, EXPORTED
     * @param purged rows that went, by store and kind; absent before
     * @param kept what of them outlives their erasure
     * @param hits places where something was found afterwards; absent before
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record SubjectDocument(
            int subject,
            String gameId,
            @Nullable String playerId,
            String phase,
            @Nullable Map<String, Long> purged,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<KeptDocument> kept,
            @Nullable Integer hits) {

        @Override
        public String toString() {
            return "SubjectDocument[subject=" + subject + "]";
        }
    }

    @Override
    public String toString() {
        return "RequestDocument[requestId=" + requestId + ", phase=" + phase + "]";
    }

    /**
     * Of a request as it is now.
     *
     * @param intake absent once the request is over
     * @param lost what it says is kept and is not there
     */
    static RequestDocument of(RequestState state, @Nullable Intake intake, Set<SubjectKept> lost) {
        RequestReceived request = state.request();
        Executing done =
                switch (state) {
                    case Executing executing -> executing;
                    case Completed completed -> completed.done();
                    case Open _, Refused _, Exporting _, Ended _ -> null;
                };
        Exporting exported =
                switch (state) {
                    case Exporting exporting -> exporting;
                    case Ended ended -> ended.done();
                    case Open _, Refused _, Executing _, Completed _ -> null;
                };
        List<SubjectDocument> subjects = new ArrayList<>();
        for (int subject = 0; subject < request.games().size(); subject++) {
            subjects.add(subject(subject, request, intake, done, lost, exported));
        }
        return new RequestDocument(
                request.requestId(),
                request.kind().name(),
                phase(state),
                request.receivedAt(),
                state.dueAt(),
                state.dueAt().isAfter(request.dueAt()),
                state instanceof Open open ? open.identityConfirmed() : null,
                intake == null ? null : intake.how(),
                intake == null ? null : intake.reason(),
                intake == null ? List.of() : KeepDocument.of(intake.keep()),
                subjects,
                state instanceof Completed completed ? completed.completed().certificate() : null,
                exported == null ? null : exported.availableUntil());
    }

    /**
     * The same, over: an event store that was put back to before does not know it.
     *
     * @param last its last phase; absent: nobody knows which it was
     * @param proof SHA-256 of the certificate; absent: there is none
     */
    RequestDocument ended(@Nullable String last, @Nullable String proof) {
        return new RequestDocument(
                requestId,
                type,
                last == null ? phase : last,
                receivedAt,
                dueAt,
                extended,
                null,
                null,
                null,
                List.of(),
                subjects,
                proof,
                null);
    }

    static String phase(RequestState state) {
        return switch (state) {
            case Open open when open.held() -> "HELD";
            case Open open -> open.identityConfirmed() ? "IDENTITY_CONFIRMED" : "RECEIVED";
            case Executing _ -> "EXECUTING";
            case Exporting exporting -> exporting.isReady() ? "READY" : "EXECUTING";
            case Refused _ -> "REFUSED";
            case Completed _, Ended _ -> "COMPLETED";
        };
    }

    private static SubjectDocument subject(
            int subject,
            RequestReceived request,
            @Nullable Intake intake,
            @Nullable Executing done,
            Set<SubjectKept> lost,
            @Nullable Exporting exported) {
        boolean isExported = exported != null && exported.exported().containsKey(subject);
        SubjectPurged purged = done == null ? null : done.purged().get(subject);
        SubjectScanned scanned = done == null ? null : done.scanned().get(subject);
        Map<String, Long> rows = new TreeMap<>();
        if (purged != null) {
            for (Purged one : purged.purged()) {
                rows.merge(one.kind(), one.rows(), Long::sum);
            }
        }
        return new SubjectDocument(
                subject,
                request.games().get(subject).value(),
                intake == null ? null : intake.subjects().get(subject).player(),
                isExported ? "EXPORTED" : scanned != null ? "SCANNED" : purged != null ? "PURGED" : "WAITING",
                purged == null ? null : rows,
                KeptDocument.of(done, subject, lost),
                scanned == null ? null : scanned.hits());
    }
}
