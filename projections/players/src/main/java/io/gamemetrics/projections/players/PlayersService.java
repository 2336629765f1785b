package io.gamemetrics.projections.players;

import io.gamemetrics.projections.service.ProjectionProcess;
import io.gamemetrics.projections.service.ProjectionService;
import org.springframework.context.annotation.Import;

/** The process that runs the players projection. */
@ProjectionService
@Import(PlayersWiring.class)
public class PlayersService {

    /** The port of the process's health unless {@code GAMEMETRICS_PLAYERS_PORT} sets it. */
    public static final int PORT = 8085;

    /** Starts the process. */
    public static void main(String[] arguments) {
        ProjectionProcess.main(PlayersService.class, "players", PORT, arguments);
    }
}
