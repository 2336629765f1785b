package io.gamemetrics.queryside.game;

import io.gamemetrics.projections.metricsstore.MetricsReader;
import io.gamemetrics.projections.metricsstore.MetricsStoreException;
import io.gamemetrics.projections.metricsstore.UnknownGameException;
import io.gamemetrics.queryside.errors.ErrorCode;
import io.gamemetrics.queryside.errors.QueryRefused;
import io.gamemetrics.queryside.errors.SqlCause;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** How new the answers are: the numbers, and each read model. */
@Controller
public final class FreshnessGraphql {

    private final MetricsReader metrics;
    private final KnownGames games;
    private final ModelStates states;
    private final Clock clock;

    FreshnessGraphql(MetricsReader metrics, KnownGames games, ModelStates states, Clock clock) {
        this.metrics = metrics;
        this.games = games;
        this.states = states;
        this.clock = clock;
    }

    @SchemaMapping(typeName = "Game")
    GameFreshness freshness(GrantedGame game) {
        try {
            return GameFreshness.of(metrics.freshness(game.id()));
        } catch (UnknownGameException e) {
            return withoutNumbers(game.id());
        } catch (MetricsStoreException e) {
            if (SqlCause.isMissingTables(e)) {
                return withoutNumbers(game.id());
            }
            throw e;
        }
    }

    private GameFreshness withoutNumbers(GameId game) {
        return games.openDay(game)
                .map(GameFreshness::withoutNumbers)
                .orElseThrow(() -> new QueryRefused(
                        ErrorCode.PROJECTION_BEHIND, "The game's settings are not known yet; ask again."));
    }

    @SchemaMapping(typeName = "Freshness")
    List<ModelFreshness> models() {
        Instant now = clock.instant();
        List<ModelFreshness> models = new ArrayList<>();
        states.all().forEach((name, state) -> models.add(ModelFreshness.of(name, state, now)));
        return models;
    }
}
