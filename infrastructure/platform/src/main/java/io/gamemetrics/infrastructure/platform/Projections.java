package io.gamemetrics.infrastructure.platform;

import io.gamemetrics.projections.games.GamesWiring;
import io.gamemetrics.projections.leaderboards.LeaderboardsWiring;
import io.gamemetrics.projections.livetail.LiveTailWiring;
import io.gamemetrics.projections.metrics.MetricsWiring;
import io.gamemetrics.projections.players.PlayersWiring;
import io.gamemetrics.projections.recommendations.RecommendationsWiring;
import io.gamemetrics.projections.service.ProjectionService;
import io.gamemetrics.projections.service.SharedEventsWiring;
import org.springframework.context.annotation.Import;

/** Every projection, in one process: one application context costs less than one each, and events are read and opened once. */
@ProjectionService
@Import({
    SharedEventsWiring.class,
    MetricsWiring.class,
    GamesWiring.class,
    PlayersWiring.class,
    LiveTailWiring.class,
    LeaderboardsWiring.class,
    RecommendationsWiring.class
})
public class Projections {}
