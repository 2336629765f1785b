package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IntendoJourneyTest {

    private static final long EVENTS = 195_917 + 2 * 61_465 + 1_226;

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    @Test
    void aRealGamesYearIsImportedAndReadExactlyAndImportingItAgainChangesNothing() throws Exception {
        CommandLine commandLine = PLATFORM.commandLine();
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
        assertThat(PLATFORM.process().isRunning()).isTrue();
    }

    private static CommandLine.Ended importYear(CommandLine commandLine) throws Exception {
        CommandLine.Ended ended =
                commandLine.run("events", "import", "intendo", Intendo.folder().toString());
        assertThat(ended.exit()).as(ended.problems()).isZero();
        return ended;
    }
}
