package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every row twice and in any order, the process killed on the way: the same answers. */
class DisorderJourneyTest {

    @TempDir
    Path folder;

    @Test
    void aFewPlayersYearsComeOutTheSameWhenTheProcessIsKilledOnce() throws Exception {
        assertThat(daysAfterDisorder(Intendo::isAmongFew, 500, 1))
                .containsExactlyElementsOf(Intendo.daysOf(Intendo::isAmongFew));
    }

    @Test
    @Tag("faults")
    void theWholeYearComesOutTheSameWhenTheProcessIsKilledThreeTimes() throws Exception {
        assertThat(daysAfterDisorder(player -> true, 2_000, 3)).containsExactlyElementsOf(Intendo.days());
    }

    private List<Intendo.Day> daysAfterDisorder(Predicate<String> players, int batch, int kills) throws Exception {
        Path data = folder.resolve("data");
        CommandLine commandLine = new CommandLine(data);
        try (Killings platform = new Killings(data)) {
            Path file = folder.resolve("events.ndjson");
            int events = shuffledTwice(commandLine, players, file);
            assertThat(commandLine
                            .run("games", "create", "intendo", "--active-by", "SESSION_START")
                            .exit())
                    .isZero();
            CommandLine.Running sending = commandLine.start(
                    "events", "send", file.toString(), "--game", "intendo", "--batch", Integer.toString(batch));
            for (int kill = 1; kill <= kills; kill++) {
                platform.killOnce(sending, (long) events * kill / (kills + 1));
            }
            CommandLine.Ended ended = sending.untilEnded();
            assertThat(ended.exit()).as(ended.problems()).isZero();
            assertThat(ended.answer().path("rejected").asLong()).isZero();
            return Answers.days(commandLine, ended.answer().path("position").asText());
        }
    }

    private int shuffledTwice(CommandLine commandLine, Predicate<String> players, Path file) throws Exception {
        List<String> lines = new ArrayList<>();
        for (String line : IntendoEvents.of(players, commandLine, folder)) {
            lines.add(line);
            lines.add(line);
        }
        long seed = System.nanoTime();
        System.out.println("shuffled with seed " + seed);
        Collections.shuffle(lines, new Random(seed));
        Files.write(file, lines);
        return lines.size();
    }
}
