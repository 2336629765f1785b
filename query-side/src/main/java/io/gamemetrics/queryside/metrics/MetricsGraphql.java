package io.gamemetrics.queryside.metrics;

import static io.gamemetrics.queryside.metrics.FilterInput.toFilter;

import io.gamemetrics.projections.metricsstore.ActivePlayers;
import io.gamemetrics.projections.metricsstore.DailyMetrics;
import io.gamemetrics.projections.metricsstore.Dimension;
import io.gamemetrics.projections.metricsstore.Granularity;
import io.gamemetrics.projections.metricsstore.Metric;
import io.gamemetrics.projections.metricsstore.MetricsReader;
import io.gamemetrics.projections.metricsstore.Series;
import io.gamemetrics.projections.metricsstore.Summary;
import io.gamemetrics.queryside.game.GrantedGame;
import io.gamemetrics.queryside.limits.Ranges;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** A game's days, ranges of days, active players and charts. */
@Controller
@SchemaMapping(typeName = "Game")
public final class MetricsGraphql {

    private final MetricsReader metrics;

    public MetricsGraphql(MetricsReader metrics) {
        this.metrics = metrics;
    }

    @SchemaMapping
    public List<DailyMetrics> dailyMetrics(
            GrantedGame game, @Argument LocalDate from, @Argument LocalDate to, @Argument @Nullable FilterInput where) {
        Ranges.checkDays(from, to);
        return metrics.dailyMetrics(game.id(), from, to, toFilter(where));
    }

    @SchemaMapping
    public Summary summary(
            GrantedGame game, @Argument LocalDate from, @Argument LocalDate to, @Argument @Nullable FilterInput where) {
        Ranges.checkDays(from, to);
        return metrics.summary(game.id(), from, to, toFilter(where));
    }

    @SchemaMapping
    public ActivePlayers activePlayers(GrantedGame game, @Argument LocalDate day) {
        Ranges.checkDay("day", day);
        return metrics.activePlayers(game.id(), day);
    }

    @SchemaMapping
    public List<Series> metrics(
            GrantedGame game,
            @Argument Metric metric,
            @Argument Granularity granularity,
            @Argument Instant from,
            @Argument Instant to,
            @Argument @Nullable List<Dimension> by,
            @Argument @Nullable Integer top,
            @Argument @Nullable FilterInput where) {
        Chart chart = Chart.of(granularity, from, to, by, top);
        return metrics.metrics(game.id(), metric, granularity, from, to, chart.by(), chart.top(), toFilter(where));
    }
}
