package io.gamemetrics.commandside.datasubject;

import io.gamemetrics.infrastructure.privacy.RequestSecrets;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Finds the requests that name somebody; of those that are over nobody can tell any more. Safe for concurrent use. */
final class RequestsAbout {

    private static final int PAGE = 200;

    private final RequestSecrets secrets;
    private final RequestViews views;

    RequestsAbout(RequestSecrets secrets, RequestViews views) {
        this.secrets = secrets;
        this.views = views;
    }

    /** @param ids of all players who are this person, in the game of this subject */
    void of(Intake.Subject who, Collection<String> ids, Archive.OneRow each) throws IOException {
        UUID last = null;
        List<UUID> page;
        do {
            page = secrets.requests(true, last, PAGE);
            for (Map.Entry<UUID, RequestState> found : views.find(page).entrySet()) {
                Optional<Intake> intake =
                        secrets.find(found.getKey(), Intake.NAME).map(Intake::ofBytes);
                if (intake.isPresent() && names(intake.get(), who, ids)) {
                    each.accept(row(found.getValue(), intake.get()));
                }
            }
            last = page.isEmpty() ? last : page.getLast();
        } while (page.size() == PAGE);
    }

    private static boolean names(Intake intake, Intake.Subject who, Collection<String> ids) {
        return intake.subjects().stream()
                .anyMatch(subject -> subject.game().equals(who.game()) && ids.contains(subject.player()));
    }

    private static Map<String, Object> row(RequestState state, Intake intake) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("requestId", state.request().requestId().toString());
        row.put("type", state.request().kind().name());
        row.put("phase", RequestDocument.phase(state));
        row.put("receivedAt", state.request().receivedAt().toString());
        row.put("dueAt", state.dueAt().toString());
        if (intake.subjects().size() == 1) {
            // What was written about several may be about another one.
            Optional.ofNullable(intake.how()).ifPresent(how -> row.put("how", how));
            Optional.ofNullable(intake.reason()).ifPresent(reason -> row.put("reason", reason));
        }
        return row;
    }
}
