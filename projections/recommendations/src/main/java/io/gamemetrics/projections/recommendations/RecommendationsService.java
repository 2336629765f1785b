package io.gamemetrics.projections.recommendations;

import io.gamemetrics.projections.service.ProjectionProcess;
import io.gamemetrics.projections.service.ProjectionService;
import org.springframework.context.annotation.Import;

/** The process that runs the recommendations projection and makes vectors. */
@ProjectionService
@Import(RecommendationsWiring.class)
public class RecommendationsService {

    /** The port of the process's health unless {@code GAMEMETRICS_RECOMMENDATIONS_PORT} sets it. */
    public static final int PORT = 8084;

    /** Starts the process. */
    public static void main(String[] arguments) {
        ProjectionProcess.main(RecommendationsService.class, "recommendations", PORT, arguments);
    }
}
