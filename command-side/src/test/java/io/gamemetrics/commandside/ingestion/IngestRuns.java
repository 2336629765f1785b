package io.gamemetrics.commandside.ingestion;

import io.gamemetrics.commandside.TestCommandSide;
import io.gamemetrics.commandside.TestCommandSide.Databases;
import io.gamemetrics.infrastructure.testkit.BenchSettings;
import io.gamemetrics.infrastructure.testkit.IngestLoad;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What benchmarks of ingestion have in common. */
final class IngestRuns {

    /** The compiler is not done with so much code sooner. */
    static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warmUpSeconds", 60));

    private IngestRuns() {}

    /** Lets the compiler see ingestion, on databases that nothing is measured on. */
    static void warmUp(IngestLoad... loads) throws Exception {
        try (TestCommandSide server = TestCommandSide.start(Databases.create());
                IngestSenders senders = new IngestSenders(server, "warm", server.createGame("warm"))) {
            for (IngestLoad load : loads) {
                senders.perSecond(load, WARM_UP.dividedBy(loads.length));
            }
        }
    }

    /** A JSON object of what a figure depends on. */
    static String settings(Duration round, Map<String, ?> more) throws SQLException {
        Map<String, Object> all = new HashMap<>(more);
        all.putIfAbsent("warmUpSeconds", WARM_UP.toSeconds());
        all.put("secondsARound", round.toSeconds());
        return BenchSettings.json(all);
    }
}
