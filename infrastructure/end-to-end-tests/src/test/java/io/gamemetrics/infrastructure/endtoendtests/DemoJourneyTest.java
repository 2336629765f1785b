package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.gamemetrics.infrastructure.testkit.PlatformProcess;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code make demo}: a game with weeks of players in it, and nothing twice however often it is started. */
class DemoJourneyTest {

    private static final Map<String, String> DEMO = Map.of("GAMEMETRICS_DEMO", "yes");
    private static final Pattern FILLED = Pattern.compile("([\\d,]+) events came in now, ([\\d,]+) were there");

    private static final int ATTEMPTS = 60;

    @TempDir
    Path folder;

    @Test
    void theDemoGameIsFilledOnceAndLooksAlive() throws Exception {
        Path data = folder.resolve("data");
        int accepted;
        try (PlatformProcess platform = PlatformProcess.on(data, DEMO).untilReady()) {
            Matcher first = filled(platform);
            accepted = number(first, 1);
            assertThat(number(first, 2)).isZero();
            JsonNode days = lastWeek(new CommandLine(data));
            assertThat(days).hasSize(7).allSatisfy(day -> {
                assertThat(day.path("dau").asInt()).isGreaterThan(20);
                assertThat(day.path("newPlayers").asInt()).isPositive();
                assertThat(day.path("revenue").path("totalMicros").asLong()).isPositive();
                assertThat(day.path("revenue").path("unconverted")).isEmpty();
            });
            platform.interrupt();
            platform.untilEnded();
        }
        try (PlatformProcess again = PlatformProcess.on(data, DEMO).untilReady()) {
            assertThat(number(filled(again), 2)).isEqualTo(accepted);
        }
    }

    private static Matcher filled(PlatformProcess platform) {
        platform.untilSaid(" were there");
        Matcher filled = FILLED.matcher(platform.output());
        assertThat(filled.find()).isTrue();
        return filled;
    }

    private static int number(Matcher filled, int group) {
        return Integer.parseInt(filled.group(group).replace(",", ""));
    }

    private static JsonNode lastWeek(CommandLine commandLine) throws Exception {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String query = ("{ game(id: \"demo\") { dailyMetrics(from: \"%s\", to: \"%s\") { day dau newPlayers"
                        + " revenue { totalMicros unconverted { currency } } } } }")
                .formatted(today.minusDays(7), today.minusDays(1));
        JsonNode days = MissingNode.getInstance();
        // The numbers follow within moments of what was stored.
        for (int attempt = 0; attempt < ATTEMPTS && days.path(6).path("dau").asInt() == 0; attempt++) {
            CommandLine.Ended ended = commandLine.run("query", "-e", query);
            assertThat(ended.exit()).as(ended.problems()).isZero();
            days = ended.answer().at("/data/game/dailyMetrics");
        }
        return days;
    }
}
