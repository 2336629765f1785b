package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each service from its own jar, as {@code make package} leaves it, one process each, each killed once. */
@Tag("faults")
class FromJarsTest {

    private static final Programs.Jars JARS =
            new Programs.Jars(Path.of(System.getProperty("gamemetrics.jars", "../../target/jars")));

    @TempDir
    Path folder;

    @Test
    void servicesStartedFromTheirJarsCountExactlyAlsoWhenEachIsKilled() throws Exception {
        assertThat(JARS.services()).as("run `make package` first").contains("command-side", "metrics", "query-side");
        try (Deployment deployment = new Deployment(folder, JARS, JARS.services())) {
            CommandLine commandLine = deployment.commandLine();
            Path file = Files.write(
                    folder.resolve("events.ndjson"), IntendoEvents.of(Intendo::isAmongFew, commandLine, folder));
            CommandLine.Ended created = commandLine.run("games", "create", "intendo", "--active-by", "SESSION_START");
            Load load = new Load(
                    commandLine,
                    file,
                    "intendo",
                    created.answer().path("apiKey").asText(),
                    50);

            Chaos chaos = new Chaos(Long.getLong("seed", System.nanoTime()), commandLine.data(), load, 500);
            chaos.killEach(deployment.victims(), Duration.ofSeconds(1));

            load.keepSending();
            assertThat(Answers.days(commandLine, load.untilSent()))
                    .containsExactlyElementsOf(Intendo.daysOf(Intendo::isAmongFew));
        }
    }
}
