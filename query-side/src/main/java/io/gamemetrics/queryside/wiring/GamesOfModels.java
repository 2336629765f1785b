package io.gamemetrics.queryside.wiring;

import io.gamemetrics.projections.gamesstore.GameSettings;
import io.gamemetrics.projections.gamesstore.GamesReader;
import io.gamemetrics.projections.metricsstore.MetricsReader;
import io.gamemetrics.projections.metricsstore.MetricsStoreException;
import io.gamemetrics.queryside.errors.SqlCause;
import io.gamemetrics.queryside.game.KnownGames;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;

/** A game is known when either of the metrics and the games has heard of it: each may be behind the other. */
final class GamesOfModels implements KnownGames {

    private final MetricsReader metrics;
    private final GamesReader games;
    private final Clock clock;

    GamesOfModels(MetricsReader metrics, GamesReader games, Clock clock) {
        this.metrics = metrics;
        this.games = games;
        this.clock = clock;
    }

    @Override
    public boolean knows(GameId game) {
        return isCounted(game) || games.game(game).isPresent();
    }

    private boolean isCounted(GameId game) {
        try {
            return metrics.knows(game);
        } catch (MetricsStoreException e) {
            if (SqlCause.isMissingTables(e)) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public Optional<LocalDate> openDay(GameId game) {
        return games.game(game).map(GameSettings::timeZone).map(zone -> LocalDate.now(clock.withZone(zone)));
    }
}
