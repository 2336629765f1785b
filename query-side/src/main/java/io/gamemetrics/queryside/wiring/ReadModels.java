package io.gamemetrics.queryside.wiring;

import io.gamemetrics.projections.leaderboardsstore.LeaderboardsReader;
import io.gamemetrics.projections.metricsstore.MetricsReader;
import io.gamemetrics.projections.metricsstore.UnknownGameException;
import io.gamemetrics.projections.playersstore.PlayersReader;
import io.gamemetrics.projections.recommendationsstore.RecommendationsReader;
import io.gamemetrics.queryside.game.ReadModel;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Which read model answers which fields: what a query with a {@code minPosition} waits for. */
@Configuration(proxyBeanMethods = false)
class ReadModels {

    @Bean
    ReadModel metricsModel(MetricsReader metrics) {
        Set<String> fields = Set.of(
                "freshness",
                "dailyMetrics",
                "summary",
                "activePlayers",
                "metrics",
                "retention",
                "funnel",
                "revenueByItem",
                "eventMetrics",
                "eventNames");
        return new ReadModel("metrics", fields, game -> {
            try {
                return metrics.freshness(game).position();
            } catch (UnknownGameException e) {
                return null;
            }
        });
    }

    @Bean
    ReadModel playersModel(PlayersReader players) {
        return new ReadModel(
                "players", Set.of("player"), game -> players.position().orElse(null));
    }

    @Bean
    ReadModel recommendationsModel(RecommendationsReader recommendations) {
        return new ReadModel(
                "recommendations",
                Set.of("item", "player/recommendations", "player/similarPlayers"),
                game -> recommendations.position().orElse(null));
    }

    @Bean
    ReadModel leaderboardsModel(LeaderboardsReader boards) {
        return new ReadModel("leaderboards", Set.of("leaderboard"), game -> boards.reached()
                .map(LeaderboardsReader.Reached::position)
                .orElse(null));
    }
}
