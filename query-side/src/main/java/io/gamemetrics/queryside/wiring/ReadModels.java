package io.gamemetrics.queryside.wiring;

import io.gamemetrics.projections.leaderboardsstore.LeaderboardsReader;
import io.gamemetrics.projections.metricsstore.MetricsReader;
import io.gamemetrics.projections.metricsstore.MetricsStoreException;
import io.gamemetrics.projections.playersstore.PlayersReader;
import io.gamemetrics.projections.playersstore.PlayersStoreException;
import io.gamemetrics.projections.recommendationsstore.RecommendationsReader;
import io.gamemetrics.projections.recommendationsstore.RecommendationsStoreException;
import io.gamemetrics.queryside.errors.SqlCause;
import io.gamemetrics.queryside.game.ModelState;
import io.gamemetrics.queryside.game.ReadModel;
import java.util.Set;
import java.util.function.Supplier;
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
        return new ReadModel("metrics", fields, () -> withTables(() -> ModelState.at(metrics.checkpoint())));
    }

    @Bean
    ReadModel leaderboardsModel(LeaderboardsReader boards) {
        return new ReadModel("leaderboards", Set.of("leaderboard"), () -> boards.reached()
                .<ModelState>map(reached -> new ModelState.Ready(reached.position(), reached.asOf()))
                .orElseGet(() -> boards.hasBegun() ? new ModelState.Beginning() : new ModelState.NotStarted()));
    }

    @Bean
    ReadModel playersModel(PlayersReader players) {
        return new ReadModel("players", Set.of("player"), () -> withTables(() -> ModelState.at(players.checkpoint())));
    }

    @Bean
    ReadModel recommendationsModel(RecommendationsReader recommendations) {
        return new ReadModel(
                "recommendations",
                Set.of("item", "player/recommendations", "player/similarPlayers"),
                () -> withTables(() -> ModelState.at(recommendations.checkpoint())));
    }

    private static ModelState withTables(Supplier<ModelState> asked) {
        try {
            return asked.get();
        } catch (MetricsStoreException | PlayersStoreException | RecommendationsStoreException e) {
            if (SqlCause.isMissingTables(e)) {
                return new ModelState.NotStarted();
            }
            throw e;
        }
    }
}
