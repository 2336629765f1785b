package io.gamemetrics.queryside.metrics;

import static io.gamemetrics.queryside.metrics.FilterInput.toFilter;

import io.gamemetrics.projections.metricsstore.MetricsReader;
import io.gamemetrics.projections.metricsstore.Retention;
import io.gamemetrics.queryside.game.GrantedGame;
import io.gamemetrics.queryside.limits.Ranges;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** Who came back. */
@Controller
public final class RetentionGraphql {

    private static final int MAX_DAYS_ASKED = 100;
    private static final int MAX_DAY = 3_650;

    private final MetricsReader metrics;

    public RetentionGraphql(MetricsReader metrics) {
        this.metrics = metrics;
    }

    @SchemaMapping(typeName = "Game")
    public Retention retention(
            GrantedGame game,
            @Argument LocalDate from,
            @Argument LocalDate to,
            @Argument List<Integer> days,
            @Argument @Nullable LocalDate through,
            @Argument @Nullable FilterInput where) {
        Ranges.checkDays(from, to);
        Ranges.checkBetween("the number of days", days.size(), 1, MAX_DAYS_ASKED);
        days.forEach(day -> Ranges.checkBetween("each of days", day, 0, MAX_DAY));
        if (through != null) {
            Ranges.checkDay("through", through);
        }
        return metrics.retention(game.id(), from, to, days, through, toFilter(where));
    }
}
