package io.gamemetrics.queryside.leaderboard;

import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.queryside.game.GameAccess;
import io.gamemetrics.queryside.game.GameNumbers;
import io.gamemetrics.queryside.limits.Answers;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SubscriptionMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;

/** Tells that a board changed. */
@Controller
public final class LeaderboardChangedGraphql {

    private final LeaderboardFeed feed;
    private final GameNumbers numbers;

    LeaderboardChangedGraphql(LeaderboardFeed feed, GameNumbers numbers) {
        this.feed = feed;
        this.numbers = numbers;
    }

    @SubscriptionMapping
    Flux<LeaderboardChanged> leaderboardChanged(
            @ContextValue(name = Answers.CALLER) Caller caller,
            @Argument String gameId,
            @Argument String leaderboardId,
            @Argument @Nullable Position after) {
        OptionalInt number = GameAccess.granted(caller, gameId).map(numbers::of).orElse(OptionalInt.empty());
        return number.isEmpty() ? Flux.empty() : feed.changes(number.getAsInt(), leaderboardId, after);
    }
}
