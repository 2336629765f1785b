package io.gamemetrics.queryside.metrics;

import static io.gamemetrics.queryside.metrics.FilterInput.toFilter;

import io.gamemetrics.projections.metricsstore.Dimension;
import io.gamemetrics.projections.metricsstore.Filter;
import io.gamemetrics.projections.metricsstore.Funnel;
import io.gamemetrics.projections.metricsstore.MetricsReader;
import io.gamemetrics.queryside.errors.QueryRefused;
import io.gamemetrics.queryside.game.GrantedGame;
import io.gamemetrics.queryside.limits.Ranges;
import io.gamemetrics.sharedkernel.ids.GameId;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.stereotype.Controller;

/** How many players did some things one after the other. Each field asked for is one question to the store. */
@Controller
public final class FunnelGraphql {

    private static final Duration DEFAULT_WITHIN = Duration.ofDays(7);
    private static final Duration MAX_WITHIN = Duration.ofDays(366);
    private static final int MAX_NAME_LENGTH = 256;

    private final MetricsReader metrics;

    public FunnelGraphql(MetricsReader metrics) {
        this.metrics = metrics;
    }

    /** The schema's {@code Step}. */
    public record StepInput(String name) {}

    /** What was asked, checked; the fields under {@code Funnel} answer it. */
    public record FunnelAsked(
            GameId game,
            List<String> steps,
            Duration within,
            LocalDate from,
            LocalDate to,
            @Nullable Dimension by,
            Filter where) {}

    @SchemaMapping(typeName = "Game")
    public FunnelAsked funnel(
            GrantedGame game,
            @Argument List<StepInput> steps,
            @Argument @Nullable Duration within,
            @Argument LocalDate from,
            @Argument LocalDate to,
            @Argument @Nullable Dimension by,
            @Argument @Nullable FilterInput where) {
        Ranges.checkDays(from, to);
        Ranges.checkBetween("the number of steps", steps.size(), 1, MetricsReader.MAX_STEPS);
        if (steps.stream().anyMatch(step -> step.name().length() > MAX_NAME_LENGTH)) {
            throw QueryRefused.badInput("a step's name must have at most " + MAX_NAME_LENGTH + " characters");
        }
        Duration longest = within == null ? DEFAULT_WITHIN : within;
        if (!longest.isPositive() || longest.compareTo(MAX_WITHIN) > 0) {
            throw QueryRefused.badInput("within must be more than nothing and at most P366D");
        }
        List<String> names = steps.stream().map(StepInput::name).toList();
        return new FunnelAsked(game.id(), names, longest, from, to, by, toFilter(where));
    }

    @SchemaMapping(typeName = "Funnel")
    public List<Funnel.Step> steps(FunnelAsked asked) {
        return ask(asked, null).getFirst().steps();
    }

    @SchemaMapping(typeName = "Funnel")
    public List<Funnel.Series> series(FunnelAsked asked) {
        return asked.by() == null ? List.of() : ask(asked, asked.by());
    }

    private List<Funnel.Series> ask(FunnelAsked asked, @Nullable Dimension by) {
        return metrics.funnel(asked.game(), asked.steps(), asked.within(), asked.from(), asked.to(), by, asked.where())
                .series();
    }
}
