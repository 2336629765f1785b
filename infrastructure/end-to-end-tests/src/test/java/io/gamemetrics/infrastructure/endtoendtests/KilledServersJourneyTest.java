package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.PlatformProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
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
            for (String server : List.of("kafka", "postgres", "kafka", "postgres")) {
                kill(data.resolve("servers").resolve(server).resolve("server.pid"));
                awaitMoreAnswers(sending, platform);
            }
            CommandLine.Ended ended = sending.untilEnded();
            assertThat(ended.exit()).as(ended.problems()).isZero();
            Answers.mustBeExact(commandLine, ended.answer().path("position").asText());
        }
    }

    private static void kill(Path pidFile) throws Exception {
        long pid = Long.parseLong(Files.readString(pidFile).strip());
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    /** Until the server is back, and the command, which writes down its progress each second, has gone on. */
    private void awaitMoreAnswers(CommandLine.Running sending, PlatformProcess platform) throws Exception {
        long returns = backCount(platform);
        Path state = folder.resolve("state/gamemetrics");
        long before = lastWritten(state);
        while (sending.process().isAlive() && (backCount(platform) == returns || lastWritten(state) == before)) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }

    private static long backCount(PlatformProcess platform) {
        return platform.output()
                .lines()
                .filter(line -> line.endsWith(" is back."))
                .count();
    }

    private static long lastWritten(Path state) throws Exception {
        return Files.isDirectory(state) ? Files.getLastModifiedTime(state).toMillis() : 0;
    }
}
