package io.gamemetrics.queryside.recommendation;

import io.gamemetrics.infrastructure.web.Caller;
import io.gamemetrics.projections.playersstore.Profile;
import io.gamemetrics.projections.recommendationsstore.RecommendationsReader;
import io.gamemetrics.projections.recommendationsstore.SimilarPlayer;
import io.gamemetrics.queryside.game.GrantedGame;
import io.gamemetrics.queryside.limits.Answers;
import io.gamemetrics.queryside.limits.Ranges;
import io.gamemetrics.queryside.player.PlayerDirectory;
import io.gamemetrics.sharedkernel.ids.Pseudonym;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.ContextValue;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** What a player may like, who is like them, and what goes with an item. */
@Controller
public final class RecommendationGraphql {

    private static final int DEFAULT_FIRST = 10;
    private static final int MAX_ITEM_LENGTH = 256;
    private static final int DECIMALS = 6;

    private final RecommendationsReader recommendations;
    private final PlayerDirectory players;

    public RecommendationGraphql(RecommendationsReader recommendations, PlayerDirectory players) {
        this.recommendations = recommendations;
        this.players = players;
    }

    @SchemaMapping(typeName = "Game")
    @Nullable
    GameItem item(GrantedGame game, @Argument String id) {
        Ranges.checkBetween("the length of id", id.length(), 1, MAX_ITEM_LENGTH);
        return recommendations
                .item(game.id(), id)
                .map(item -> new GameItem(game.id(), item))
                .orElse(null);
    }

    @SchemaMapping(typeName = "Item")
    List<Liked> similar(GameItem item, @Argument @Nullable Integer first) {
        return recommendations.similarItems(item.game(), item.id(), checked(first)).stream()
                .map(similar -> new Liked(similar.item(), decimal(similar.score()), ""))
                .toList();
    }

    @SchemaMapping(typeName = "Player")
    List<Liked> recommendations(
            Profile player, @Argument @Nullable Integer first, @Argument @Nullable Boolean excludeOwned) {
        boolean owned = excludeOwned == null || excludeOwned;
        return recommendations.recommendations(player.game(), player.person(), checked(first), owned).stream()
                .map(liked -> new Liked(liked.item(), decimal(liked.score()), liked.why()))
                .toList();
    }

    /** Who was erased is missing, at once and not only when their vector is gone. */
    @SchemaMapping(typeName = "Player")
    List<LikeMinded> similarPlayers(
            Profile player, @Argument @Nullable Integer first, @ContextValue(name = Answers.CALLER) Caller caller) {
        List<SimilarPlayer> similar = recommendations.similarPlayers(player.game(), player.person(), checked(first));
        Map<Pseudonym, String> ids = players.ids(
                caller,
                player.game(),
                similar.stream().map(SimilarPlayer::player).toList());
        return similar.stream()
                .filter(other -> ids.containsKey(other.player()))
                .map(other -> new LikeMinded(ids.getOrDefault(other.player(), ""), decimal(other.score())))
                .toList();
    }

    private static int checked(@Nullable Integer first) {
        int most = first == null ? DEFAULT_FIRST : first;
        Ranges.checkBetween("first", most, 1, RecommendationsReader.MOST);
        return most;
    }

    private static BigDecimal decimal(double score) {
        return BigDecimal.valueOf(score).setScale(DECIMALS, RoundingMode.HALF_UP);
    }
}
