package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.infrastructure.testkit.PlatformProcess;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * {@code make demo}, and Ctrl-C while players' events come in: the demo game is filled once, what was answered 200 is
 * kept, and nothing is damaged or counted twice by the next start.
 */
@Execution(ExecutionMode.CONCURRENT)
class InterruptedJourneyTest {

    private static final Map<String, String> DEMO = Map.of("GAMEMETRICS_DEMO", "yes");
    private static final Pattern FILLED = Pattern.compile("([\\d,]+) events came in now, ([\\d,]+) were there");
    private static final int FEW = 20;

    private static final int INTERRUPTED_BY_SIGNAL = 130;
    private static final int ANSWERED_BEFORE = 40;

    @TempDir
    Path folder;

    @Test
    void theDemoGameLooksAliveAndWhatWasAnsweredIsStoredAndCountedOnceAfterTheNextStart() throws Exception {
        Path data = folder.resolve("data");
        CommandLine commandLine = new CommandLine(data);
        int filled;
        SteadySenders senders;
        Set<String> answered;
        try (PlatformProcess platform = PlatformProcess.on(data, DEMO).untilReady()) {
            Matcher first = filled(platform);
            filled = number(first, 1);
            assertThat(number(first, 2)).isZero();
            looksAlive(lastWeek(data));
            senders = SteadySenders.of(commandLine, "drained");
            senders.start();
            int before = senders.awaitAnswered(ANSWERED_BEFORE);
            platform.interrupt();
            assertThat(platform.untilEnded()).isEqualTo(INTERRUPTED_BY_SIGNAL);
            answered = senders.untilRefused();
            assertThat(answered).as("requests in flight are finished").hasSizeGreaterThan(before);
            // A server that the terminal's signal had reached would have ended before the services did.
            assertThat(platform.output()).doesNotContain("ended unexpectedly");
        }
        try (PlatformProcess next = PlatformProcess.on(data, DEMO).untilReady()) {
            assertThat(number(filled(next), 2)).isEqualTo(filled);
            isStoredAndCountedOnce(commandLine, senders, answered);
        }
    }

    private static void isStoredAndCountedOnce(CommandLine commandLine, SteadySenders senders, Set<String> answered)
            throws Exception {
        assertThat(senders.sendAgain(commandLine, answered).path("duplicates").asInt())
                .as("all that was answered is in the store")
                .isEqualTo(answered.size());
        JsonNode all = senders.sendAgain(commandLine, senders.sent());
        assertThat(all.path("accepted").asInt() + all.path("duplicates").asInt())
                .isEqualTo(senders.sent().size());
        assertThat(senders.counted(commandLine, all.path("position").asText()))
                .isEqualTo(senders.sent().size());
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

    private static void looksAlive(JsonNode days) {
        assertThat(days).hasSize(7).allSatisfy(day -> {
            assertThat(day.path("dau").asInt()).isGreaterThan(FEW);
            assertThat(day.path("newPlayers").asInt()).isPositive();
            assertThat(day.path("revenue").path("totalMicros").asLong()).isPositive();
            assertThat(day.path("revenue").path("unconverted")).isEmpty();
        });
    }

    /** The numbers follow within moments of what was stored. */
    private static JsonNode lastWeek(Path data) throws Exception {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String query = ("{ game(id: \"demo\") { dailyMetrics(from: \"%s\", to: \"%s\") { day dau newPlayers"
                        + " revenue { totalMicros unconverted { currency } } } } }")
                .formatted(today.minusDays(7), today.minusDays(1));
        try (Client client = Client.of(data)) {
            return Looking.until(InterruptedJourneyTest::isCounted, () -> client.ask(query, Map.of())
                    .at("/data/game/dailyMetrics"));
        }
    }

    private static boolean isCounted(JsonNode days) {
        for (int day = 0; day < 7; day++) {
            if (days.path(day).path("dau").asInt() <= FEW) {
                return false;
            }
        }
        return true;
    }
}
