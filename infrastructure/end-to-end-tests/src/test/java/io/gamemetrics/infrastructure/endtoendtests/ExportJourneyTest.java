package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.endtoendtests.CommandLine.Ended;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A player asks what is held of them, as the runbook says: every store gives its part, and nothing of anybody else's. */
class ExportJourneyTest {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    private static final String GAME = "asking";
    private static final String ASKS = "asker-51@example.test";
    private static final String OTHER = "bystander-99@example.test";

    @TempDir
    Path folder;

    @Test
    void everythingThatIsHeldOfAPlayerIsInOneFile() throws Exception {
        try (Client client = PLATFORM.client()) {
            String key = client.createGame(GAME, "UTC");
            client.defineBoard(GAME, "best", "BEST", "DESC");
            String position =
                    client.send(GAME, key, "[" + events(ASKS, "Asker") + "," + events(OTHER, "Bystander") + "]");
            client.game(GAME, position, "player(id: \"%s\") { id }".formatted(ASKS));

            Path file = folder.resolve("asker.zip");
            Ended ended = PLATFORM.commandLine().run("export", GAME, ASKS, "--output", file.toString());

            assertThat(ended.exit()).as(ended.problems()).isZero();
            Map<String, String> files = Unzipped.of(file);
            String in = "0-" + GAME + "/";
            assertThat(files)
                    .containsKeys(
                            "README.txt",
                            "manifest.json",
                            in + "players.csv",
                            in + "events.csv",
                            in + "requests.json",
                            in + "metrics/player_day.csv",
                            in + "metrics/event.json",
                            in + "players/profile.csv",
                            in + "players/money.json",
                            in + "leaderboards/entry.csv",
                            in + "recommendations/interaction.csv",
                            in + "live-tail/entry.csv");
            assertThat(files.get(in + "events.json"))
                    .contains("Asker", "\"message\":\"crashed for Asker\"", "\"to\":\"" + ASKS + "\"");
            assertThat(files.get(in + "leaderboards/entry.json")).contains("\"score\":90");
            assertThat(files.get(in + "metrics/event.json")).contains("\"type\":\"purchase\"", "sword");
            assertThat(files.get("README.txt")).contains(in + "events.json (rows: 6)");
            assertThat(files.values()).allSatisfy(text -> assertThat(text).doesNotContain(OTHER, "Bystander"));
            assertThat(PLATFORM.commandLine().run("audit", "verify").exit()).isZero();
        }
    }

    private static String events(String player, String name) {
        return String.join(
                ",",
                one("n", player, "player_registered", "\"displayName\":\"" + name + "\""),
                one(
                        "p",
                        player,
                        "purchase",
                        "\"itemId\":\"sword\",\"itemType\":\"iap\",\"currency\":\"USD\",\"amountMicros\":990000"),
                one("b", player, "score_submitted", "\"leaderboardId\":\"best\",\"score\":90"),
                one("i", player, "item_interacted", "\"itemId\":\"sword\",\"kind\":\"view\""),
                one("x", player, "error_reported", "\"severity\":\"error\",\"message\":\"crashed for " + name + "\""),
                one("c", player, "custom", "\"name\":\"mail:sent\",\"fields\":{\"to\":\"" + player + "\"}"));
    }

    private static String one(String id, String player, String type, String fields) {
        return "{\"eventId\":\"%s\",\"playerId\":\"%s\",\"type\":\"%s\",\"occurredAt\":\"2026-03-20T10:00:00Z\",%s}"
                .formatted(player.charAt(0) + id, player, type, fields);
    }
}
