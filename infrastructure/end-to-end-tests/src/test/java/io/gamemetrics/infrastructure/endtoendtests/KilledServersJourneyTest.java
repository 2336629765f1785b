package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.PlatformProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka and PostgreSQL are killed while a year is being imported; the platform starts them again by itself. */
@Tag("faults")
class KilledServersJourneyTest {

    @TempDir
    Path folder;

    @Test
    void theNumbersAreExactAfterKafkaAndPostgresqlWereKilledUnderLoad() throws Exception {
        Path data = folder.resolve("data");
        try (PlatformProcess platform = PlatformProcess.on(data, Map.of()).untilReady()) {
            CommandLine commandLine = new CommandLine(data);
            CommandLine.Running sending = commandLine.start(
                    "events", "import", "intendo", Intendo.folder().toString());
            ServerKillings servers = new ServerKillings(data, platform);
            for (String server : List.of("kafka", "postgres", "kafka", "postgres")) {
                servers.killAndAwaitMoreAnswers(server, sending);
            }
            CommandLine.Ended ended = sending.untilEnded();
            assertThat(ended.exit()).as(ended.problems()).isZero();
            Answers.mustBeExact(commandLine, ended.answer().path("position").asText());
        }
    }
}
