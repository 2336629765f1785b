package io.gamemetrics.commandside.datasubject;

import static java.util.stream.Collectors.toSet;

import io.gamemetrics.commandside.datasubject.RequestState.Completed;
import io.gamemetrics.commandside.datasubject.RequestState.Ended;
import io.gamemetrics.commandside.datasubject.RequestState.Executing;
import io.gamemetrics.commandside.datasubject.RequestState.Exporting;
import io.gamemetrics.commandside.datasubject.RequestState.Open;
import io.gamemetrics.commandside.datasubject.RequestState.Refused;
import io.gamemetrics.infrastructure.privacy.PostgresVault;
import io.gamemetrics.infrastructure.privacy.SearchMarks.Mark;
import io.gamemetrics.sharedkernel.datasubject.RequestEvent.SubjectKept;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What a request says, and a vault that was put back to before has nothing of.
 *
 * @param needles subjects of whom nothing but the id that was asked for was known any more to look for
 * @param kept what was kept, did not end, and is not there
 */
record LostInVault(Set<Integer> needles, Set<SubjectKept> kept) {

    static LostInVault of(PostgresVault vault, Executing done) {
        UUID request = done.request().requestId();
        return new LostInVault(vault.searchMarks().of(request, Mark.BY_ID_ALONE), kept(vault, done));
    }

    /** What of a request is said to be kept and is not; nothing where it says nothing is. */
    static Set<SubjectKept> kept(PostgresVault vault, RequestState state) {
        return switch (state) {
            case Executing executing -> kept(vault, executing);
            case Completed completed -> kept(vault, completed.done());
            case Open _, Refused _, Exporting _, Ended _ -> Set.of();
        };
    }

    private static Set<SubjectKept> kept(PostgresVault vault, Executing done) {
        List<SubjectKept> said = done.kept().stream()
                .filter(one -> one.endedAt() == null)
                .map(RequestState.Kept::what)
                .toList();
        if (said.isEmpty()) {
            return Set.of();
        }
        // With what ended a moment ago, and the request may not have been told of.
        var there = vault.keptRecords().known(done.request().requestId());
        return said.stream()
                .filter(what -> there.stream()
                        .noneMatch(one -> one.subject() == what.subject()
                                && one.kind().equals(what.kind().name())))
                .collect(toSet());
    }
}
