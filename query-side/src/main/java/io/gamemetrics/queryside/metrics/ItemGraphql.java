package io.gamemetrics.queryside.metrics;

import io.gamemetrics.projections.metricsstore.ItemRevenue;
import io.gamemetrics.projections.metricsstore.MetricsReader;
import io.gamemetrics.queryside.game.GrantedGame;
import io.gamemetrics.queryside.limits.Ranges;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** What items brought in. */
@Controller
public final class ItemGraphql {

    private static final int MAX_FIRST = 200;

    private final MetricsReader metrics;

    public ItemGraphql(MetricsReader metrics) {
        this.metrics = metrics;
    }

    @SchemaMapping(typeName = "Game")
    public List<ItemRevenue> revenueByItem(
            GrantedGame game, @Argument LocalDate from, @Argument LocalDate to, @Argument @Nullable Integer first) {
        Ranges.checkDays(from, to);
        int most = first == null ? MAX_FIRST : first;
        Ranges.checkBetween("first", most, 1, MAX_FIRST);
        return metrics.revenueByItem(game.id(), from, to, most);
    }
}
