package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.infrastructure.testkit.PlatformProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The runbook "Restore a backup", word by word: both stores are put back to before an erasure. */
@Tag("faults") // ten starts of servers
class BackupJourneyTest {

    private static final String OF_PLAYERS = """
            erased: player(id: "anna") { id sessions }
            stays: player(id: "bert") { id sessions }
            """;

    @TempDir
    Path folder;

    @Test
    void whoWasErasedStaysErasedWhateverIsPutBackAndTheOthersReadAsBefore() throws Exception {
        Path data = folder.resolve("data");
        CommandLine commandLine = new CommandLine(data);
        String key;
        JsonNode before;
        try (PlatformProcess platform = PlatformProcess.on(data, Map.of()).untilReady()) {
            try (Client client = Client.of(data)) {
                key = client.createGame("chess", "UTC");
                String position = client.send("chess", key, "[" + event("a", "anna") + "," + event("b", "bert") + "]");
                before = client.game("chess", position, OF_PLAYERS);
                assertThat(before.at("/erased/sessions").asInt()).isEqualTo(1);
            }
            copies(data, "backup", "create", "events", folder.resolve("events").toString());
            copies(data, "backup", "create", "vault", folder.resolve("vault").toString());
            erase(commandLine);
            platform.interrupt();
            assertThat(platform.untilEnded()).isNotNegative();
        }
        copies(data, "backup", "verify", folder.resolve("events").toString());
        copies(data, "backup", "verify", folder.resolve("vault").toString());
        refused(data, "restore", "vault", only(folder.resolve("vault")).toString());
        copies(data, "restore", "vault", only(folder.resolve("vault")).toString(), "--replace");
        copies(data, "restore", "events", only(folder.resolve("events")).toString(), "--replace");
        try (PlatformProcess early = PlatformProcess.on(data, Map.of())) {
            assertThat(early.untilEnded()).isNotZero();
            assertThat(early.lastLine()).endsWith("has no new life yet: run `gamemetrics restore reconcile`.");
        }
        try (PlatformProcess reconciliation = PlatformProcess.reconciling(data)) {
            assertThat(reconciliation.untilEnded()).as(reconciliation.output()).isZero();
        }

        try (PlatformProcess platform = PlatformProcess.on(data, Map.of()).untilReady();
                Client client = Client.of(data)) {
            for (String id : List.of("a", "new")) {
                assertThat(client.post("chess", key, "[" + event(id, "anna") + "]")
                                .body())
                        .contains("player.erased");
            }
            String position = client.send("chess", key, "[" + event("c", "carl") + "]");
            JsonNode after = client.game("chess", position, OF_PLAYERS);
            assertThat(after.path("erased").isNull()).as(after.toString()).isTrue();
            assertThat(after.path("stays")).isEqualTo(before.path("stays"));
            assertThat(commandLine.run("audit", "verify").exit()).isZero();
            assertThat(platform.isRunning()).isTrue();
            platform.interrupt();
            assertThat(platform.untilEnded()).isNotNegative();
        }
        loseKafka(data);
        try (PlatformProcess reconciliation = PlatformProcess.reconciling(data)) {
            assertThat(reconciliation.untilEnded()).as(reconciliation.output()).isNotZero();
            assertThat(reconciliation.output()).contains("could not be looked at");
            assertThat(reconciliation.lastLine()).contains("restore reconcile --new-life");
        }
        try (PlatformProcess reconciliation = PlatformProcess.reconciling(data, "--new-life")) {
            assertThat(reconciliation.untilEnded()).as(reconciliation.output()).isZero();
            assertThat(reconciliation.output()).contains("New life begun");
        }
    }

    private static void loseKafka(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("servers/kafka"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void erase(CommandLine commandLine) throws Exception {
        CommandLine.Ended made = commandLine.run("erase", "chess", "anna");
        assertThat(made.exit()).as(made.problems()).isZero();
        String request = made.answer().path("requestId").asText();
        Looking.until(
                each -> each.path("phase").asText().equals("COMPLETED"),
                () -> commandLine.run("requests", "show", request).answer());
    }

    private static void copies(Path data, String... arguments) throws Exception {
        try (PlatformProcess program = PlatformProcess.copying(data, arguments)) {
            assertThat(program.untilEnded()).as(program.output()).isZero();
        }
    }

    private static void refused(Path data, String... arguments) throws Exception {
        try (PlatformProcess program = PlatformProcess.copying(data, arguments)) {
            assertThat(program.untilEnded()).isNotZero();
            assertThat(program.lastLine()).contains("is not empty").endsWith("Nothing was changed.");
        }
    }

    private static Path only(Path parent) throws Exception {
        try (Stream<Path> backups = Files.list(parent)) {
            List<Path> all = backups.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    private static String event(String id, String player) {
        return "{\"eventId\":\"%s\",\"playerId\":\"%s\",\"type\":\"session_started\",\"sessionId\":\"s%s\",\"occurredAt\":\"2026-03-20T10:00:00Z\"}"
                .formatted(id, player, id);
    }
}
