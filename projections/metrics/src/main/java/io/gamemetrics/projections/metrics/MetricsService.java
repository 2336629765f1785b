package io.gamemetrics.projections.metrics;

import io.gamemetrics.projections.games.GamesWiring;
import io.gamemetrics.projections.service.ProjectionProcess;
import io.gamemetrics.projections.service.ProjectionService;
import org.springframework.context.annotation.Import;

/** The process that runs the metrics projection, and the games projection, which is too small for one of its own. */
@ProjectionService
@Import({MetricsWiring.class, GamesWiring.class})
public class MetricsService {

    /** The port of the process's health unless {@code GAMEMETRICS_METRICS_PORT} sets it. */
    public static final int PORT = 8082;

    /** Starts the process. */
    public static void main(String[] arguments) {
        ProjectionProcess.main(MetricsService.class, "metrics", PORT, arguments);
    }
}
