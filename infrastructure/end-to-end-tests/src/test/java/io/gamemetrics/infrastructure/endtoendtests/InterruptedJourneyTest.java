package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.PlatformProcess;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C while players' events come in: what was answered 200 is kept, and nothing is damaged or counted twice. */
class InterruptedJourneyTest {

    private static final int INTERRUPTED_BY_SIGNAL = 130;
    private static final int ANSWERED_BEFORE = 40;

    @TempDir
    Path folder;

    @Test
    void whatWasAnsweredIsStoredAndCountedAfterTheNextStart() throws Exception {
        Path data = folder.resolve("data");
        CommandLine commandLine = new CommandLine(data);
        SteadySenders senders;
        Set<String> answered;
        try (PlatformProcess platform = PlatformProcess.on(data, Map.of()).untilReady()) {
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
        try (PlatformProcess next = PlatformProcess.on(data, Map.of()).untilReady()) {
            assertThat(next.isRunning()).isTrue();
            assertThat(senders.sendAgain(commandLine, answered)
                            .path("duplicates")
                            .asInt())
                    .as("all that was answered is in the store")
                    .isEqualTo(answered.size());
            var all = senders.sendAgain(commandLine, senders.sent());
            assertThat(all.path("accepted").asInt() + all.path("duplicates").asInt())
                    .isEqualTo(senders.sent().size());
            assertThat(senders.counted(commandLine, all.path("position").asText()))
                    .isEqualTo(senders.sent().size());
        }
    }
}
