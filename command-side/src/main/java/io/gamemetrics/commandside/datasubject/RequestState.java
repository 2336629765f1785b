package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.sharedkernel.datasubject.KeptKind;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.ExecutionOrdered;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.ExportEnded;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.IdentityConfirmed;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.KeptEnded;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestCompleted;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestExtended;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestHeld;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestReceived;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestRefused;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.RequestReleased;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectExported;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectKept;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectPurged;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectScanned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A request as its events make it; what may come next depends on which of these it is. Immutable. */
sealed interface RequestState {

    RequestReceived request();

    Instant dueAt();

    /** It can still go either way. */
    record Open(RequestReceived request, Instant dueAt, boolean identityConfirmed, boolean held, boolean extended)
            implements RequestState {}

    /**
     * It is being done and can't be stopped.
     *
     * @param kept what of the subjects outlives their erasure
     * @param scanned those of the purged whose stores were searched
     */
    record Executing(
            RequestReceived request,
            Instant dueAt,
            Instant orderedAt,
            List<Kept> kept,
            Map<Integer, SubjectPurged> purged,
            Map<Integer, SubjectScanned> scanned)
            implements RequestState {

        /** One whose subjects nothing was done for yet. */
        Executing(RequestReceived request, Instant dueAt, Instant orderedAt) {
            this(request, dueAt, orderedAt, List.of(), Map.of(), Map.of());
        }

        /** Whether nothing but the certificate is missing. */
        boolean isScanned() {
            return scanned.size() == request.games().size();
        }

        Optional<Kept> kept(int subject, KeptKind kind) {
            return kept.stream().filter(each -> each.is(subject, kind)).findFirst();
        }

        private Executing with(SubjectKept more) {
            List<Kept> all = new ArrayList<>(kept);
            all.add(new Kept(more, null));
            return new Executing(request, dueAt, orderedAt, List.copyOf(all), purged, scanned);
        }

        private Executing without(KeptEnded ended) {
            List<Kept> all = kept.stream()
                    .map(each -> each.is(ended.subject(), ended.kind()) ? new Kept(each.what(), ended.at()) : each)
                    .toList();
            return new Executing(request, dueAt, orderedAt, all, purged, scanned);
        }
    }

    /**
     * What of a subject outlives their erasure.
     *
     * @param endedAt when it was destroyed; absent: it is there
     */
    record Kept(SubjectKept what, @Nullable Instant endedAt) {

        private boolean is(int subject, KeptKind kind) {
            return what.subject() == subject && what.kind() == kind;
        }
    }

    /** What is held of the subjects is gathered, and lies ready for a while. */
    record Exporting(RequestReceived request, Instant dueAt, Instant orderedAt, Map<Integer, SubjectExported> exported)
            implements RequestState {

        /** So long it lies ready after the last was gathered. */
        static final Duration KEPT = Duration.ofDays(7);

        /** Whether everybody's is gathered. */
        boolean isReady() {
            return exported.size() == request.games().size();
        }

        /** Until then it can be fetched; absent until it is ready. */
        @Nullable
        Instant availableUntil() {
            return isReady()
                    ? exported.values().stream()
                            .map(SubjectExported::at)
                            .reduce(orderedAt, (one, other) -> one.isAfter(other) ? one : other)
                            .plus(KEPT)
                    : null;
        }
    }

    /** What lay ready was taken away. */
    record Ended(Exporting done, Instant at) implements RequestState {

        @Override
        public RequestReceived request() {
            return done.request();
        }

        @Override
        public Instant dueAt() {
            return done.dueAt();
        }
    }

    /** It was not done. */
    record Refused(RequestReceived request, Instant dueAt, Instant at) implements RequestState {}

    /** It was done, and is proven. What is kept may still end. */
    record Completed(Executing done, RequestCompleted completed) implements RequestState {

        @Override
        public RequestReceived request() {
            return done.request();
        }

        @Override
        public Instant dueAt() {
            return done.dueAt();
        }
    }

    /** Folds the next event in; the first is that it was received. */
    static RequestState evolve(@Nullable RequestState state, RequestEvent event) {
        if (event instanceof RequestReceived received) {
            return new Open(received, received.dueAt(), false, false, false);
        }
        return switch (state) {
            case Open open -> evolve(open, event);
            case Executing executing -> evolve(executing, event);
            case Exporting exporting -> evolve(exporting, event);
            case Completed completed
            when event instanceof KeptEnded ended ->
                new Completed(completed.done().without(ended), completed.completed());
            case Refused _, Completed _, Ended _ -> throw outOfPlace(event);
            case null -> throw outOfPlace(event);
        };
    }

    private static RequestState evolve(Open open, RequestEvent event) {
        RequestReceived request = open.request();
        return switch (event) {
            case IdentityConfirmed _ -> new Open(request, open.dueAt(), true, open.held(), open.extended());
            case RequestHeld _ -> new Open(request, open.dueAt(), open.identityConfirmed(), true, open.extended());
            case RequestReleased _ -> new Open(request, open.dueAt(), open.identityConfirmed(), false, open.extended());
            case RequestExtended extended ->
                new Open(request, extended.dueAt(), open.identityConfirmed(), open.held(), true);
            case RequestRefused refused -> new Refused(request, open.dueAt(), refused.at());
            case ExecutionOrdered ordered ->
                switch (request.kind()) {
                    case ERASURE -> new Executing(request, open.dueAt(), ordered.at());
                    case EXPORT -> new Exporting(request, open.dueAt(), ordered.at(), Map.of());
                };
            case RequestReceived _,
                    SubjectKept _,
                    KeptEnded _,
                    SubjectPurged _,
                    SubjectScanned _,
                    RequestCompleted _,
                    SubjectExported _,
                    ExportEnded _ -> throw outOfPlace(event);
        };
    }

    private static RequestState evolve(Executing executing, RequestEvent event) {
        return switch (event) {
            case SubjectKept kept -> executing.with(kept);
            case KeptEnded ended -> executing.without(ended);
            case SubjectPurged purged ->
                new Executing(
                        executing.request(),
                        executing.dueAt(),
                        executing.orderedAt(),
                        executing.kept(),
                        with(executing.purged(), purged.subject(), purged),
                        executing.scanned());
            case SubjectScanned scanned ->
                new Executing(
                        executing.request(),
                        executing.dueAt(),
                        executing.orderedAt(),
                        executing.kept(),
                        executing.purged(),
                        with(executing.scanned(), scanned.subject(), scanned));
            case RequestCompleted completed -> new Completed(executing, completed);
            case RequestReceived _,
                    IdentityConfirmed _,
                    RequestHeld _,
                    RequestReleased _,
                    RequestExtended _,
                    RequestRefused _,
                    ExecutionOrdered _,
                    SubjectExported _,
                    ExportEnded _ -> throw outOfPlace(event);
        };
    }

    private static RequestState evolve(Exporting exporting, RequestEvent event) {
        return switch (event) {
            case SubjectExported exported ->
                new Exporting(
                        exporting.request(),
                        exporting.dueAt(),
                        exporting.orderedAt(),
                        with(exporting.exported(), exported.subject(), exported));
            case ExportEnded ended -> new Ended(exporting, ended.at());
            case RequestReceived _,
                    IdentityConfirmed _,
                    RequestHeld _,
                    RequestReleased _,
                    RequestExtended _,
                    RequestRefused _,
                    ExecutionOrdered _,
                    SubjectKept _,
                    KeptEnded _,
                    SubjectPurged _,
                    SubjectScanned _,
                    RequestCompleted _ -> throw outOfPlace(event);
        };
    }

    private static IllegalStateException outOfPlace(RequestEvent event) {
        return new IllegalStateException(
                "an event of a request is out of its place: " + event.getClass().getSimpleName());
    }

    private static <V> Map<Integer, V> with(Map<Integer, V> map, int key, V value) {
        Map<Integer, V> copy = new TreeMap<>(map);
        copy.put(key, value);
        return copy;
    }
}
