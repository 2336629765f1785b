package io.gamemetrics.infrastructure.endtoendtests;

import io.gamemetrics.commandside.CommandSide;
import io.gamemetrics.infrastructure.testkit.ServiceProcess;
import io.gamemetrics.projections.leaderboards.LeaderboardsService;
import io.gamemetrics.projections.metrics.MetricsService;
import io.gamemetrics.projections.players.PlayersService;
import io.gamemetrics.queryside.QuerySide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What services are started from, by the service's name. */
interface Programs {

    /** The classes of the test's own class path. */
    Programs CLASSES = (service, environment) -> ServiceProcess.ofClass(
            Objects.requireNonNull(Mains.OF.get(service), service).getName(), environment);

    ServiceProcess start(String service, Map<String, String> environment) throws IOException;

    /** One jar a service, as {@code make package} leaves them in a folder. */
    record Jars(Path folder) implements Programs {

        @Override
        public ServiceProcess start(String service, Map<String, String> environment) throws IOException {
            return ServiceProcess.ofJar(folder.resolve(service + ".jar").toAbsolutePath(), environment);
        }

        /** All that are there, by their services' names. */
        List<String> services() throws IOException {
            if (!Files.isDirectory(folder)) {
                return List.of();
            }
            try (Stream<Path> files = Files.list(folder)) {
                return files.map(file -> String.valueOf(file.getFileName()))
                        .filter(name -> name.endsWith(".jar"))
                        .map(name -> name.substring(0, name.length() - ".jar".length()))
                        .sorted()
                        .toList();
            }
        }
    }

    /** Names as jars have them. */
    final class Mains {
        static final Map<String, Class<?>> OF = Map.of(
                "command-side", CommandSide.class,
                "metrics", MetricsService.class,
                "leaderboards", LeaderboardsService.class,
                "players", PlayersService.class,
                "query-side", QuerySide.class);

        private Mains() {}
    }
}
