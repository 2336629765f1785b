package io.gamemetrics.queryside.metrics;

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

/** Tells that a game's numbers changed. */
@Controller
public final class MetricsChangedGraphql {

    private final MetricsFeed feed;
    private final GameNumbers numbers;

    public MetricsChangedGraphql(MetricsFeed feed, GameNumbers numbers) {
        this.feed = feed;
        this.numbers = numbers;
    }

    @SubscriptionMapping
    public Flux<MetricsChanged> metricsChanged(
            @ContextValue(name = Answers.CALLER) Caller caller,
            @Argument String gameId,
            @Argument @Nullable Position after) {
        OptionalInt number = GameAccess.granted(caller, gameId).map(numbers::of).orElse(OptionalInt.empty());
        return number.isEmpty() ? Flux.empty() : feed.changes(number.getAsInt(), after);
    }
}
