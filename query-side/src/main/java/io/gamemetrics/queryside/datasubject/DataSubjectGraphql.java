package io.gamemetrics.queryside.datasubject;

import io.gamemetrics.infrastructure.datamap.DataMap;
import io.gamemetrics.infrastructure.privacy.RequestStanding;
import io.gamemetrics.infrastructure.privacy.SubjectRequestsReader;
import io.gamemetrics.infrastructure.privacy.SubjectRequestsReader.Entry;
import io.gamemetrics.infrastructure.privacy.SubjectRequestsReader.Erased;
import io.gamemetrics.infrastructure.privacy.SubjectRequestsReader.Seen;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.queryside.errors.ErrorCode;
import io.gamemetrics.queryside.errors.QueryRefused;
import io.gamemetrics.queryside.limits.Answers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.BatchMapping;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/**
 * The data map, requests of data subjects and their audit, for the role privacy of every game; requests also for whoever has it
 * in all games of theirs. Nothing here names a player.
 */
@Controller
public final class DataSubjectGraphql {

    /** Steps of one request: more than its subjects and hands can make of it. */
    private static final int MOST_STEPS = 200;

    private static final DataMap MAP = DataMap.current();

    private final SubjectRequestsReader requests;

    DataSubjectGraphql(SubjectRequestsReader requests) {
        this.requests = requests;
    }

    @QueryMapping
    DataMap dataMap(@ContextValue(name = Answers.CALLER) Caller caller) {
        requirePrivacy(caller);
        return MAP;
    }

    @QueryMapping
    DataSubjectRequestConnection dataSubjectRequests(
            @ContextValue(name = Answers.CALLER) Caller caller, @Argument int first, @Argument @Nullable String after) {
        Set<String> games = games(caller);
        PageEnds.check(first);
        UUID last = after == null ? null : parse(after).orElseThrow(DataSubjectGraphql::badCursor);
        return DataSubjectRequestConnection.of(requests.requests(games, last, first + 1), first, after);
    }

    @QueryMapping
    @Nullable
    Seen dataSubjectRequest(@ContextValue(name = Answers.CALLER) Caller caller, @Argument String id) {
        Set<String> games = games(caller);
        return parse(id).flatMap(request -> requests.request(games, request)).orElse(null);
    }

    @SchemaMapping(typeName = "DataSubjectRequest")
    UUID requestId(Seen seen) {
        return seen.request();
    }

    @SchemaMapping(typeName = "DataSubjectRequestStanding")
    List<String> gameIds(RequestStanding standing) {
        return standing.games();
    }

    @BatchMapping(typeName = "DataSubjectRequest")
    Map<Seen, List<Entry>> steps(List<Seen> seen) {
        Map<UUID, List<Entry>> steps =
                requests.steps(seen.stream().map(Seen::request).toList(), MOST_STEPS);
        return seen.stream()
                .collect(Collectors.toMap(Function.identity(), one -> steps.getOrDefault(one.request(), List.of())));
    }

    @QueryMapping
    AuditConnection auditTrail(
            @ContextValue(name = Answers.CALLER) Caller caller,
            @Argument int first,
            @Argument @Nullable String after,
            @Argument @Nullable String request) {
        requirePrivacy(caller);
        PageEnds.check(first);
        long last = after == null ? 0 : number(after);
        UUID about = request == null
                ? null
                : parse(request).orElseThrow(() -> QueryRefused.badInput("request must be a request's id"));
        return AuditConnection.of(requests.trail(about, last, first + 1), first, after);
    }

    @SchemaMapping(typeName = "AuditEntry")
    @Nullable
    UUID requestId(Entry entry) {
        return entry.request();
    }

    @QueryMapping
    List<Erased> erasedPlayers(@ContextValue(name = Answers.CALLER) Caller caller) {
        requirePrivacy(caller);
        return requests.erased();
    }

    /** Whose requests the caller may see: those all of whose games are among these; absent: all. */
    private static @Nullable Set<String> games(Caller caller) {
        if (!caller.maySomewhere(Role.PRIVACY)) {
            throw new QueryRefused(ErrorCode.FORBIDDEN, "The role privacy is needed.");
        }
        return caller.mayEverywhere(Role.PRIVACY) ? null : caller.gamesOf(Role.PRIVACY);
    }

    private static void requirePrivacy(Caller caller) {
        if (!caller.mayEverywhere(Role.PRIVACY)) {
            throw new QueryRefused(ErrorCode.FORBIDDEN, "The role privacy of every game is needed.");
        }
    }

    private static long number(String cursor) {
        try {
            return Long.parseLong(cursor);
        } catch (NumberFormatException e) {
            throw badCursor();
        }
    }

    private static QueryRefused badCursor() {
        return QueryRefused.badInput("after must be a cursor of this list");
    }

    private static Optional<UUID> parse(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
