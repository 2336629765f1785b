package io.gamemetrics.commandside.documents;

import io.gamemetrics.commandside.datasubject.SubjectProblem;
import io.gamemetrics.commandside.game.GameProblem;
import io.gamemetrics.commandside.ingestion.EventCodes;
import io.gamemetrics.commandside.ingestion.IngestProblem;
import io.gamemetrics.commandside.keyepoch.KeyEpochProblem;
import io.gamemetrics.commandside.moderation.ModerationProblem;
import io.gamemetrics.commandside.quarantine.QuarantineProblem;
import io.gamemetrics.commandside.rejected.RejectedCodes;
import io.gamemetrics.commandside.rejected.RejectedProblem;
import io.gamemetrics.commandside.replay.ReplayProblem;
import io.gamemetrics.infrastructure.web.ProblemType;
import io.gamemetrics.infrastructure.web.RequestProblem;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A page for each code there is. */
final class ProblemPages {

    private static final String MEND_EVENT =
            "Mend the event and send it again, with the same eventId; the other events of the request are not affected.";

    private static final String LOOK_AT_EVENT =
            "Look at the event by its id, and send it in again another way; until then it stays where it is.";

    private final Map<String, ProblemPage> pages = new TreeMap<>();

    ProblemPages() {
        Stream.<ProblemType[]>of(
                        RequestProblem.values(),
                        IngestProblem.values(),
                        GameProblem.values(),
                        ModerationProblem.values(),
                        RejectedProblem.values(),
                        SubjectProblem.values(),
                        KeyEpochProblem.values(),
                        ReplayProblem.values(),
                        QuarantineProblem.values())
                .flatMap(Stream::of)
                .forEach(type -> add(type.code(), type.status(), type.title(), whatToDo(type.status())));
        EventCodes.meanings().forEach((code, meaning) -> add(code, null, meaning, MEND_EVENT));
        RejectedCodes.MEANINGS.forEach((code, meaning) -> add(code, null, meaning, LOOK_AT_EVENT));
    }

    Collection<ProblemPage> all() {
        return pages.values();
    }

    @Nullable
    ProblemPage find(String code) {
        return pages.get(code);
    }

    private void add(String code, @Nullable Integer status, String title, String whatToDo) {
        pages.put(code, new ProblemPage(code, status, title, whatToDo));
    }

    private static String whatToDo(int status) {
        return switch (status) {
            case 401 -> "Send Authorization: Bearer with a valid token or key.";
            case 403, 404 -> "Check the address, and ask an administrator for the role.";
            case 409 -> "Look at what is there already: choose another id, or end what is there first.";
            case 413 -> "Send less at once.";
            case 507 -> "Make room, or drop a version nobody needs, and start it again.";
            case 429, 503 ->
                "Wait as long as Retry-After says and send the same again; events are never counted twice.";
            case 500 -> "Send the same again later; quote the reference when it stays.";
            default -> "Mend the request as its detail says; sending the same again gives the same answer.";
        };
    }
}
