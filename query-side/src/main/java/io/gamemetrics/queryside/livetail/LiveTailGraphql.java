package io.gamemetrics.queryside.livetail;

import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.queryside.errors.QueryRefused;
import io.gamemetrics.queryside.game.GameAccess;
import io.gamemetrics.queryside.game.GameNumbers;
import io.gamemetrics.queryside.limits.Answers;
import io.gamemetrics.queryside.limits.Ranges;
import io.gamemetrics.queryside.limits.Room;
import io.gamemetrics.queryside.player.PlayerDirectory;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Position;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SubscriptionMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;

/** A game's events as they come. */
@Controller
public final class LiveTailGraphql {

    private static final int MOST_TYPES = 50;
    private static final int MOST_SAMPLED = 1_000;
    private static final int DEFAULT_SAMPLED = 50;

    private final LiveTailFeed feed;
    private final GameNumbers numbers;
    private final PlayerDirectory players;

    public LiveTailGraphql(LiveTailFeed feed, GameNumbers numbers, PlayerDirectory players) {
        this.feed = feed;
        this.numbers = numbers;
        this.players = players;
    }

    @SubscriptionMapping
    public Flux<Notice> events(
            @ContextValue(name = Answers.CALLER) Caller caller,
            @ContextValue(name = Answers.ROOM) Room room,
            @Argument String gameId,
            @Argument @Nullable List<String> types,
            @Argument @Nullable String playerId,
            @Argument @Nullable Integer sampleMax,
            @Argument @Nullable Position after) {
        Optional<GameId> game = GameAccess.granted(caller, gameId);
        OptionalInt number = game.map(numbers::of).orElse(OptionalInt.empty());
        int most = sampleMax == null ? DEFAULT_SAMPLED : sampleMax;
        Ranges.checkBetween("sampleMax", most, 1, MOST_SAMPLED);
        if (types != null) {
            Ranges.checkBetween("the number of types", types.size(), 1, MOST_TYPES);
        }
        if (game.isEmpty() || number.isEmpty()) {
            return Flux.empty();
        }
        UUID player = playerId == null
                ? null
                : players.find(caller, game.get(), playerId)
                        .orElseThrow(() -> QueryRefused.badInput("playerId names no player of the game"))
                        .value();
        LiveFilter filter = new LiveFilter(types == null ? null : Set.copyOf(types), player);
        return feed.events(number.getAsInt(), after, filter, most, room);
    }
}
