package io.gamemetrics.projections.livetail;

import io.gamemetrics.projections.service.ProjectionProcess;
import io.gamemetrics.projections.service.ProjectionService;
import org.springframework.context.annotation.Import;

/** The process that runs the live tail's projection. */
@ProjectionService
@Import(LiveTailWiring.class)
public class LiveTailService {

    /** The port of the process's health unless {@code GAMEMETRICS_LIVE_TAIL_PORT} sets it. */
    public static final int PORT = 8086;

    /** Starts the process. */
    public static void main(String[] arguments) {
        ProjectionProcess.main(LiveTailService.class, "live-tail", PORT, arguments);
    }
}
