package io.gamemetrics.queryside.metrics;

import static io.gamemetrics.queryside.metrics.FilterInput.toFilter;

import io.gamemetrics.projections.metricsstore.Dimension;
import io.gamemetrics.projections.metricsstore.EventName;
import io.gamemetrics.projections.metricsstore.Granularity;
import io.gamemetrics.projections.metricsstore.Measure;
import io.gamemetrics.projections.metricsstore.MetricsReader;
import io.gamemetrics.projections.metricsstore.Series;
import io.gamemetrics.queryside.errors.QueryRefused;
import io.gamemetrics.queryside.game.GrantedGame;
import io.gamemetrics.queryside.limits.Ranges;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Events by name. */
@Controller
@SchemaMapping(typeName = "Game")
public final class EventGraphql {

    private static final int MAX_NAME_LENGTH = 256;

    private final MetricsReader metrics;

    public EventGraphql(MetricsReader metrics) {
        this.metrics = metrics;
    }

    @SchemaMapping
    public List<Series> eventMetrics(
            GrantedGame game,
            @Argument String name,
            @Argument Measure measure,
            @Argument @Nullable String field,
            @Argument Granularity granularity,
            @Argument Instant from,
            @Argument Instant to,
            @Argument @Nullable List<Dimension> by,
            @Argument @Nullable Integer top,
            @Argument @Nullable FilterInput where) {
        Chart chart = Chart.of(granularity, from, to, by, top);
        Ranges.checkBetween("the length of name", name.length(), 1, MAX_NAME_LENGTH);
        if (field != null) {
            Ranges.checkBetween("the length of field", field.length(), 1, MAX_NAME_LENGTH);
            if (measure == Measure.COUNT || measure == Measure.PLAYERS) {
                throw QueryRefused.badInput("field belongs to SUM_VALUE and MEAN_VALUE");
            }
        }
        return metrics.eventMetrics(
                game.id(), name, measure, field, granularity, from, to, chart.by(), chart.top(), toFilter(where));
    }

    @SchemaMapping
    public List<EventName> eventNames(GrantedGame game) {
        return metrics.eventNames(game.id());
    }
}
