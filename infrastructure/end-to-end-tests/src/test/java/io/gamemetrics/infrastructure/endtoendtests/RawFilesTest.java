package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.infrastructure.testkit.RawSearch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing that names a person lies readable in any file of the platform: databases, their logs, Kafka, Redis, our log.
 * Before other journeys make these files long.
 */
@Order(1)
class RawFilesTest {

    private static final List<String> PERSONAL =
            List.of("Wilhelmina-Featherstonehaugh", "player-needle-48151623", "session-needle-42108");

    private static final String CONTROL = "control-needle-70031337";

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    @TempDir
    Path folder;

    @Test
    void aPlantedControlIsFoundAndNoPlantedNameIs() throws Exception {
        Path data = PLATFORM.data();
        sendPersonalEvents(PLATFORM.commandLine());
        plantControls(data);
        List<String> texts = new ArrayList<>(PERSONAL);
        texts.add(CONTROL);
        Map<String, List<Path>> found =
                RawSearch.forTexts(texts.toArray(String[]::new)).below(data);
        assertThat(found.get(CONTROL))
                .anyMatch(file -> file.startsWith(data.resolve("servers/postgres")))
                .anyMatch(file -> file.startsWith(data.resolve("servers/kafka")));
        assertThat(found).extractingByKeys(PERSONAL.toArray(String[]::new)).containsOnly(List.of());
    }

    private void sendPersonalEvents(CommandLine commandLine) throws Exception {
        Path file = Files.writeString(folder.resolve("events.ndjson"), """
                {"eventId":"e1","type":"player_registered","playerId":"player-needle-48151623","occurredAt":"2026-01-01T10:00:00Z","displayName":"Wilhelmina-Featherstonehaugh"}
                {"eventId":"e2","type":"session_started","playerId":"player-needle-48151623","sessionId":"session-needle-42108","occurredAt":"2026-01-01T10:00:00Z"}
                {"eventId":"e3","type":"error_reported","playerId":"player-needle-48151623","occurredAt":"2026-01-01T10:01:00Z","severity":"error","message":"Wilhelmina-Featherstonehaugh could not log in"}
                {"eventId":"e4","type":"purchase","playerId":"player-needle-48151623","occurredAt":"2026-01-01T10:02:00Z","itemId":"gems","itemType":"iap","currency":"XX","amountMicros":1}
                """);
        try (Client client = PLATFORM.client()) {
            client.createGame("needles", "UTC");
            CommandLine.Ended sent = commandLine.run("events", "send", file.toString(), "--game", "needles");
            assertThat(sent.answer().path("accepted").asLong())
                    .as(sent.problems())
                    .isEqualTo(3);
            JsonNode game = client.game(
                    "needles",
                    sent.answer().path("position").asText(),
                    "activePlayers(day: \"2026-01-01\") { dau } player(id: \"player-needle-48151623\") { displayName }");
            assertThat(game.at("/activePlayers/dau").asLong()).isEqualTo(1);
            assertThat(game.at("/player/displayName").asText())
                    .as("it is there, for those who may read it")
                    .isEqualTo("Wilhelmina-Featherstonehaugh");
        }
    }

    private static void plantControls(Path data) throws Exception {
        try (Connection connection = ReadDatabase.connect(data);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE control (planted text)");
            statement.execute("INSERT INTO control VALUES ('" + CONTROL + "')");
            statement.execute("CHECKPOINT"); // what PostgreSQL only has in memory is in its files now
        }
        Controls.inKafka(data, "control", CONTROL);
    }
}
