package io.gamemetrics.commandside.datasubject;

import static java.util.stream.Collectors.toSet;

import io.gamemetrics.commandside.datasubject.RequestState.Executing;
import io.gamemetrics.commandside.datasubject.RequestState.Open;
import io.gamemetrics.infrastructure.privacy.RequestSecrets;
import io.gamemetrics.infrastructure.web.Refusal;
import io.gamemetrics.sharedkernel.datasubject.RequestKind;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Says no where two open requests would erase the same player and keep different things: whichever is executed first destroys
 * what the other one keeps. One of somebody who is not known to be whom they say is in nobody's way. Of a person's players it
 * knows those that are named. Safe for concurrent use.
 */
final class KeptElsewhere {

    private static final int PAGE = 200;

    private final RequestSecrets secrets;
    private final RequestViews views;

    KeptElsewhere(RequestSecrets secrets, RequestViews views) {
        this.secrets = secrets;
        this.views = views;
    }

    /**
     * @param own the request this is asked for; absent: it is only being made
     * @throws Refusal when another one keeps something else of one of the subjects
     */
    void requireNone(@Nullable UUID own, Intake intake) {
        Set<Intake.Subject> subjects = Set.copyOf(intake.subjects());
        if (intake.keep().isEmpty()) {
            // Few keep something; all others keep the same as this one: nothing.
            requireNone(own, intake, subjects, secrets.keeping());
            return;
        }
        UUID last = null;
        List<UUID> page;
        do {
            page = secrets.requests(true, last, PAGE);
            requireNone(own, intake, subjects, page);
            last = page.isEmpty() ? last : page.getLast();
        } while (page.size() == PAGE);
    }

    private void requireNone(
            @Nullable UUID own, Intake intake, Set<Intake.Subject> subjects, Collection<UUID> requests) {
        for (Map.Entry<UUID, RequestState> found : views.find(requests).entrySet()) {
            UUID request = found.getKey();
            if (!request.equals(own) && isToErase(found.getValue())) {
                secrets.find(request, Intake.NAME)
                        .map(Intake::ofBytes)
                        .filter(other -> other.subjects().stream().anyMatch(subjects::contains))
                        .filter(other -> !asked(other).equals(asked(intake)))
                        .ifPresent(other -> {
                            throw new Refusal(SubjectProblem.KEEP_CONFLICT).with("requestId", request.toString());
                        });
            }
        }
    }

    private static Set<List<String>> asked(Intake intake) {
        return intake.keep().stream()
                .map(keep -> List.of(keep.kind(), keep.until(), keep.ground()))
                .collect(toSet());
    }

    private static boolean isToErase(RequestState state) {
        return state.request().kind() == RequestKind.ERASURE
                && (state instanceof Executing || (state instanceof Open open && open.identityConfirmed()));
    }
}
