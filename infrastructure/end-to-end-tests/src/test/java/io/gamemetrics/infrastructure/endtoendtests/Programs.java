package io.gamemetrics.infrastructure.endtoendtests;

import io.gamemetrics.commandside.CommandSide;
import io.gamemetrics.infrastructure.testkit.ServiceProcess;
import io.gamemetrics.projections.livetail.LiveTailService;
import io.gamemetrics.projections.metrics.MetricsService;
import io.gamemetrics.projections.players.PlayersService;
import io.gamemetrics.queryside.QuerySide;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** What services are started from, by the service's name. */
interface Programs {

    /** The classes of the test's own class path. */
    Programs CLASSES = (service, environment) -> ServiceProcess.ofClass(
            Objects.requireNonNull(Mains.OF.get(service), service).getName(), environment);

    ServiceProcess start(String service, Map<String, String> environment) throws IOException;

    /** One jar a service, as {@code make package} leaves them in a folder. */
    static Programs jars(Path folder) {
        return (service, environment) -> ServiceProcess.ofJar(folder.resolve(service + ".jar"), environment);
    }

    /** Names as jars have them. */
    final class Mains {
        static final Map<String, Class<?>> OF = Map.of(
                "command-side", CommandSide.class,
                "live-tail", LiveTailService.class,
                "metrics", MetricsService.class,
                "players", PlayersService.class,
                "query-side", QuerySide.class);

        private Mains() {}
    }
}
