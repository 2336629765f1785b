package io.gamemetrics.projections.leaderboards;

import io.gamemetrics.projections.service.ProjectionProcess;
import io.gamemetrics.projections.service.ProjectionService;
import org.springframework.context.annotation.Import;

/** The process that runs the leaderboards projection. */
@ProjectionService
@Import(LeaderboardsWiring.class)
public class LeaderboardsService {

    /** The port of the process's health unless {@code GAMEMETRICS_LEADERBOARDS_PORT} sets it. */
    public static final int PORT = 8083;

    /** Starts the process. */
    public static void main(String[] arguments) {
        ProjectionProcess.main(LeaderboardsService.class, "leaderboards", PORT, arguments);
    }
}
