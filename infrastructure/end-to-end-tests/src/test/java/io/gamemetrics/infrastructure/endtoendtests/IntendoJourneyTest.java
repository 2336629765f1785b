package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.PlatformProcess;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IntendoJourneyTest {

    private static final long EVENTS = 195_917 + 2 * 61_465 + 1_226;

    @TempDir
    Path folder;

    @Test
    void aRealGamesYearIsImportedAndReadExactlyAndImportingItAgainChangesNothing() throws Exception {
        Path data = folder.resolve("data");
        try (PlatformProcess platform = PlatformProcess.on(data, Map.of()).untilReady()) {
            CommandLine commandLine = new CommandLine(data);
            CommandLine.Ended first = importYear(commandLine);
            assertThat(first.problems()).isEmpty();
            assertThat(first.answer().path("accepted").asLong()).isEqualTo(EVENTS);
            Answers.mustBeExact(commandLine, first.answer().path("position").asText());

            CommandLine.Ended second = importYear(commandLine);
            assertThat(second.answer().path("accepted").asLong()).isZero();
            assertThat(second.answer().path("duplicates").asLong()).isEqualTo(EVENTS);
            Answers.mustBeExact(commandLine, second.answer().path("position").asText());
            System.out.println("intendo: " + first.answer().path("seconds").asText() + " s, again "
                    + second.answer().path("seconds").asText() + " s");
            assertThat(platform.isRunning()).isTrue();
        }
    }

    private static CommandLine.Ended importYear(CommandLine commandLine) throws Exception {
        CommandLine.Ended ended =
                commandLine.run("events", "import", "intendo", Intendo.folder().toString());
        assertThat(ended.exit()).as(ended.problems()).isZero();
        return ended;
    }
}
