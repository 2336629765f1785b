package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Separate processes, two instances of those that write; every one of them and every server is killed under load. */
@Tag("faults")
class KilledProcessesJourneyTest {

    private static final List<String> SERVICES =
            List.of("command-side", "command-side", "metrics", "metrics", "players", "query-side");
    private static final int PARTITIONS = 6;
    private static final int INSTANCES = 2;
    private static final Duration LONGEST_DEAD = Duration.ofSeconds(12);

    @TempDir
    Path folder;

    @Test
    void theNumbersAreExactAfterEveryProcessWasKilledTwiceUnderLoad() throws Exception {
        try (Deployment deployment = new Deployment(folder, Programs.CLASSES, SERVICES)) {
            CommandLine commandLine = deployment.commandLine();
            Path file =
                    Files.write(folder.resolve("year.ndjson"), IntendoEvents.of(player -> true, commandLine, folder));
            CommandLine.Ended created = commandLine.run("games", "create", "intendo", "--active-by", "SESSION_START");
            String key = created.answer().path("apiKey").asText();
            Load load = new Load(commandLine, file, "intendo", key, 2_000);
            Sharing sharing = new Sharing(deployment.backends().kafka().bootstrapServers(), "metrics");
            sharing.await(INSTANCES, PARTITIONS);

            Chaos chaos = new Chaos(Long.getLong("seed", System.nanoTime()), load, 15_000);
            chaos.killEach(deployment.victims(), LONGEST_DEAD);
            chaos.killEach(deployment.victims(), LONGEST_DEAD);

            String position = load.untilSent();
            System.out.println("the year was sent " + load.timesSent() + " times");
            Answers.mustBeExact(commandLine, position);
            sharing.await(INSTANCES, PARTITIONS);
            assertThat(deployment.frontDoor().taken(0)).isPositive();
            assertThat(deployment.frontDoor().taken(1)).isPositive();
        }
    }
}
