package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.commandside.datasubject.PlanDocument.Line;
import io.gamemetrics.commandside.datasubject.PlanDocument.SubjectPlan;
import io.gamemetrics.commandside.datasubject.PlanDocument.Then;
import io.gamemetrics.commandside.datasubject.RequestDocument.KeepDocument;
import io.gamemetrics.infrastructure.erasures.ErasureAnswer;
import io.gamemetrics.infrastructure.erasures.ErasureOrder;
import io.gamemetrics.infrastructure.erasures.ErasureOrder.Step;
import io.gamemetrics.infrastructure.erasures.ErasureOrders;
import io.gamemetrics.infrastructure.erasures.ErasurePlans;
import io.gamemetrics.infrastructure.erasures.ErasurePlans.Plan;
import io.gamemetrics.infrastructure.privacy.AuditChain;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.RequestSecrets;
import io.gamemetrics.infrastructure.replays.KnownProjection;
import io.gamemetrics.infrastructure.replays.Version;
import io.gamemetrics.infrastructure.replays.Versions;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Refusal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** Says what an execution would do, as far as it is counted. Safe for concurrent use. */
public final class PlanDesk {

    private static final String EVENT_STORE = "event-store";

    private final RequestDesk desk;
    private final RequestSecrets secrets;
    private final AuditChain audit;
    private final ErasurePlans plans;
    private final ErasureOrders orders;
    private final Versions versions;
    private final PlanLooks looks = new PlanLooks();

    PlanDesk(RequestDesk desk, PostgresVault vault, ErasurePlans plans, ErasureOrders orders, Versions versions) {
        this.desk = desk;
        this.secrets = vault.requestSecrets();
        this.audit = vault.audit();
        this.plans = plans;
        this.orders = orders;
        this.versions = versions;
    }

    /** What was counted so far, each caller's first look at a plan in the audit; counting begins when nobody has asked for an hour. Only of a request that is still open. */
    PlanDocument look(Caller caller, UUID request) {
        requireOpen(desk.allowed(caller, request));
        boolean isNew = looks.isNew(plans.find(request), caller);
        if (isNew) {
            audit.append("request.plan", request, null, caller.name());
        }
        Intake intake = secrets.find(request, Intake.NAME)
                .map(Intake::ofBytes)
                .orElseThrow(() -> new Refusal(SubjectProblem.OVER));
        Plan plan = plans.ask(request, intake.subjects().size());
        if (isNew) {
            looks.add(plan, caller);
        }
        return document(plan, intake);
    }

    private static void requireOpen(RequestState state) {
        switch (state) {
            case RequestState.Open _ -> {}
            case RequestState.Executing _, RequestState.Exporting _ -> throw new Refusal(SubjectProblem.BEING_DONE);
            case RequestState.Refused _, RequestState.Completed _, RequestState.Ended _ ->
                throw new Refusal(SubjectProblem.OVER);
        }
    }

    private PlanDocument document(Plan plan, Intake intake) {
        Map<Integer, ErasureOrder> ordered =
                orders.all(plan.plan()).stream().collect(Collectors.toMap(ErasureOrder::subject, order -> order));
        Map<Integer, List<ErasureAnswer>> answers = orders.answers(plan.plan(), Step.PLAN);
        Set<Integer> countedHere = PersonCounts.counted(answers);
        Set<String> asked = asked();
        Set<String> waitingFor = new TreeSet<>();
        List<SubjectPlan> subjects = new ArrayList<>();
        int counted = 0;
        for (int subject = 0; subject < intake.subjects().size(); subject++) {
            List<ErasureAnswer> own = answers.getOrDefault(subject, List.of());
            ErasureOrder order = ordered.get(subject);
            Set<String> missing = new TreeSet<>();
            if (!countedHere.contains(subject) || order == null) {
                missing.add(PersonCounts.HERE);
            } else if (!order.streams().isEmpty()) {
                missing.addAll(asked);
            }
            own.forEach(answer -> missing.remove(nameOf(answer.projection(), answer.version())));
            waitingFor.addAll(missing);
            counted += missing.isEmpty() ? 1 : 0;
            subjects.add(new SubjectPlan(
                    subject,
                    intake.subjects().get(subject).game(),
                    intake.subjects().get(subject).player(),
                    missing.isEmpty() ? PlanDocument.COUNTED : PlanDocument.COUNTING,
                    order == null ? 0 : order.streams().size(),
                    lines(own)));
        }
        return new PlanDocument(
                plan.request(),
                counted == subjects.size() ? PlanDocument.COUNTED : PlanDocument.COUNTING,
                plan.askedAt(),
                counted,
                List.copyOf(waitingFor),
                KeepDocument.of(intake.keep()),
                PlanDocument.totals(subjects),
                subjects);
    }

    /** Every version of every read model that is kept up to date, each as it is named in an answer. */
    private Set<String> asked() {
        Set<String> asked = new TreeSet<>();
        for (KnownProjection projection : versions.projections()) {
            for (Version version : versions.of(projection.name())) {
                if (version.state().isKept()) {
                    asked.add(nameOf(projection.name(), version.number()));
                }
            }
        }
        return asked;
    }

    private static String nameOf(String projection, int version) {
        return projection.equals(PersonCounts.HERE) ? projection : projection + "/" + version;
    }

    private static List<Line> lines(Collection<ErasureAnswer> answers) {
        List<Line> lines = new ArrayList<>();
        for (ErasureAnswer answer : answers) {
            answer.counts().entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(kind -> {
                        if (answer.projection().equals(PersonCounts.HERE)) {
                            here(lines, kind.getKey(), kind.getValue());
                        } else {
                            boolean stays = kind.getKey().equals(ErasureAnswer.STAYS);
                            lines.add(new Line(
                                    answer.projection(),
                                    answer.version(),
                                    stays ? "days in sums" : kind.getKey(),
                                    kind.getValue(),
                                    stays ? Then.STAY_IN_SUMS : Then.GO));
                        }
                    });
        }
        return lines;
    }

    private static void here(List<Line> lines, String kind, long rows) {
        switch (kind) {
            case "events" -> {
                lines.add(new Line(EVENT_STORE, null, kind, rows, Then.BECOME_UNREADABLE));
                lines.add(new Line("kafka", null, kind, rows, Then.BECOME_UNREADABLE));
            }
            case "players" -> lines.add(new Line("vault", null, kind, rows, Then.GO));
            case "quarantine" -> lines.add(new Line("quarantine", null, "streams", rows, Then.GO));
            default -> {
                if (kind.startsWith(PersonCounts.KEPT)) {
                    lines.add(new Line("vault", null, kind, rows, Then.STAY_SEALED));
                } else {
                    lines.add(new Line(EVENT_STORE, null, kind, rows, Then.GO));
                }
            }
        }
    }
}
