package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.embeddedservers.PostgresServer;
import io.gamemetrics.infrastructure.embeddedservers.ServerBinaries;
import io.gamemetrics.infrastructure.testkit.PlatformProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** An event store put back to older data is noticed, given a new life, and what is sent again makes the numbers whole. */
@Execution(ExecutionMode.CONCURRENT)
class RestoredStoreJourneyTest {

    private static final int BEFORE = 30;
    private static final int ALL = 50;

    @TempDir
    Path folder;

    @Test
    void aRestoredStoreStopsTheStartWithOneSentenceUntilItIsReconciled() throws Exception {
        Path data = folder.resolve("data");
        CommandLine commandLine = new CommandLine(data);
        String backup;
        try (PlatformProcess platform = PlatformProcess.on(data, Map.of()).untilReady()) {
            try (Client client = Client.of(data)) {
                client.createGame("chess", "UTC");
            }
            backup = send(commandLine, 0, BEFORE, BEFORE);
            assertThat(sessions(commandLine, send(commandLine, BEFORE, ALL, ALL - BEFORE)))
                    .isEqualTo(ALL);
            platform.interrupt();
            assertThat(platform.untilEnded()).isNotNegative();
        }
        restoreTo(data, Long.parseLong(backup.substring(backup.indexOf('.') + 1)));

        try (PlatformProcess platform = PlatformProcess.on(data, Map.of())) {
            assertThat(platform.untilEnded()).isNotZero();
            assertThat(platform.lastLine())
                    .contains("was restored to other data since")
                    .endsWith("run `gamemetrics restore reconcile`.");
        }
        try (PlatformProcess reconciliation = PlatformProcess.reconciling(data)) {
            assertThat(reconciliation.untilEnded()).as(reconciliation.output()).isZero();
            // The events and the borrowed keys of the command line; to a batch, so the number is not always the same.
            assertThat(reconciliation.output()).containsPattern("; [1-9]\\d+ later positions were published");
        }
        try (PlatformProcess platform = PlatformProcess.on(data, Map.of()).untilReady()) {
            String position = send(commandLine, 0, ALL, ALL - BEFORE);
            assertThat(sessions(commandLine, position)).isEqualTo(ALL);
            assertThat(platform.isRunning()).isTrue();
        }
        try (PlatformProcess again = PlatformProcess.reconciling(data)) {
            assertThat(again.untilEnded()).as(again.output()).isZero();
            assertThat(again.lastLine()).endsWith("nothing to reconcile.");
        }
    }

    /** @return the position that holds them all */
    private String send(CommandLine commandLine, int from, int to, int accepted) throws Exception {
        String lines = IntStream.range(from, to)
                .mapToObj(event -> """
                        {"eventId":"e%d","type":"session_started","playerId":"p%d","sessionId":"s%d","occurredAt":"2026-01-01T10:00:00Z"}
                        """.formatted(event, event % 7, event))
                .collect(Collectors.joining());
        Path file = Files.writeString(folder.resolve(from + "-" + to + ".ndjson"), lines);
        CommandLine.Ended sent = commandLine.run("events", "send", file.toString(), "--game", "chess", "--from-start");
        assertThat(sent.answer().path("accepted").asInt()).as(sent.problems()).isEqualTo(accepted);
        return sent.answer().path("position").asText();
    }

    private static int sessions(CommandLine commandLine, String position) throws Exception {
        try (Client client = Client.of(commandLine.data())) {
            return client.game("chess", position, "summary(from: \"2026-01-01\", to: \"2026-01-01\") { sessions }")
                    .at("/summary/sessions")
                    .asInt();
        }
    }

    /** What putting a backup of the event store back leaves: the same life, without the later positions. */
    private static void restoreTo(Path data, long position) throws Exception {
        Path servers = data.resolve("servers");
        try (PostgresServer server = PostgresServer.start(
                        servers.resolve("postgres"), new ServerBinaries(servers.resolve("binaries")), Map.of());
                Connection connection =
                        DriverManager.getConnection(server.url("gamemetrics"), server.user(), server.password());
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM stream_key k USING events e WHERE k.stream = e.stream"
                    + " AND k.sequence = e.sequence AND e.position > " + position);
            statement.execute("DELETE FROM events WHERE position > " + position);
            statement.execute("UPDATE stream_head SET position = " + position);
        }
    }
}
