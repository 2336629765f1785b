package io.gamemetrics.queryside.replay;

import io.gamemetrics.infrastructure.replays.ReplayAction;
import io.gamemetrics.infrastructure.replays.ReplayWish;
import io.gamemetrics.infrastructure.replays.Standings;
import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.infrastructure.web.Role;
import io.gamemetrics.queryside.errors.ErrorCode;
import io.gamemetrics.queryside.errors.QueryRefused;
import io.gamemetrics.queryside.limits.Answers;
import io.gamemetrics.queryside.limits.Ranges;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.data.method.annotation.SubscriptionMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;

/** Projections and replays, for operators of every game. */
@Controller
public final class ReplayGraphql {

    private static final int MOST_LISTED = 100;

    private final Standings standings;
    private final ReplayFeed feed;

    ReplayGraphql(Standings standings, ReplayFeed feed) {
        this.standings = standings;
        this.feed = feed;
    }

    @QueryMapping
    List<SeenProjection> projections(@ContextValue(name = Answers.CALLER) Caller caller) {
        requireOperator(caller);
        return standings.projections().stream().map(SeenProjection::of).toList();
    }

    @QueryMapping
    List<SeenReplay> replays(@ContextValue(name = Answers.CALLER) Caller caller, @Argument int first) {
        requireOperator(caller);
        Ranges.checkBetween("first", first, 1, MOST_LISTED);
        return standings.latest(first).stream().map(SeenReplay::of).toList();
    }

    @QueryMapping
    @Nullable
    SeenReplay replay(@ContextValue(name = Answers.CALLER) Caller caller, @Argument String id) {
        requireOperator(caller);
        return parse(id).flatMap(standings::find).map(SeenReplay::of).orElse(null);
    }

    /** @param after taken so that clients come back as to other subscriptions: each notice tells everything */
    @SubscriptionMapping
    Flux<SeenReplay> replayProgress(
            @ContextValue(name = Answers.CALLER) Caller caller,
            @Argument String id,
            @Argument @Nullable Position after) {
        requireOperator(caller);
        return feed.progress(parse(id).orElseThrow(ReplayFeed::unknown));
    }

    @SchemaMapping(typeName = "Replay")
    UUID replayId(SeenReplay replay) {
        return replay.id();
    }

    @SchemaMapping(typeName = "Replay", field = "switch")
    ReplayWish.SwitchWhen switchWhen(SeenReplay replay) {
        return replay.switchWhen();
    }

    @SchemaMapping(typeName = "Replay")
    List<ReplayAction> actions(SeenReplay replay) {
        return standings.actions(replay.id());
    }

    private static void requireOperator(Caller caller) {
        if (!caller.mayEverywhere(Role.OPERATOR)) {
            throw new QueryRefused(ErrorCode.FORBIDDEN, "The role operator of every game is needed.");
        }
    }

    /** What can't be a replay's id is no replay's. */
    private static Optional<UUID> parse(String id) {
        try {
            return Optional.of(UUID.fromString(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
