package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.gamemetrics.infrastructure.testkit.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka's log loses events that no projection has read; the watermarks tell, and the event store has them. */
@Tag("faults")
class TruncatedLogJourneyTest {

    private static final String REPAIRING = "reading it from the event store";

    private static final List<String> SERVICES = List.of("command-side", "metrics", "players", "query-side");

    @TempDir
    Path folder;

    private int parts;

    @Test
    void theNumbersAreExactAfterKafkasLogWasDeletedCutAndLostWhole() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("cut with seed " + seed);
        try (Deployment deployment = new Deployment(folder, Programs.CLASSES, SERVICES)) {
            List<String> year = IntendoEvents.of(Intendo::isAmongFew, deployment.commandLine(), folder);
            deployment.commandLine().run("games", "create", "intendo", "--active-by", "SESSION_START");
            StreamLog log = new StreamLog(deployment.backends());
            ServiceProcess metrics = deployment.all("metrics").getFirst();
            int quarter = year.size() / 4;

            String position = send(deployment, year.subList(0, quarter));
            log.awaitPublished(position);
            log.deleteRecords(); // what was read is not missed, and reading goes on behind it

            metrics.kill();
            log.awaitPublished(send(deployment, year.subList(quarter, 2 * quarter)));
            log.deleteRecords();
            restart(metrics);

            metrics.kill();
            log.awaitPublished(send(deployment, year.subList(2 * quarter, 3 * quarter)));
            deployment.backends().kafka().kill();
            log.cutFiles(new Random(seed));
            deployment.backends().kafka().startAgain();
            restart(metrics);

            metrics.kill();
            position = send(deployment, year.subList(3 * quarter, year.size()));
            deployment.backends().kafka().kill();
            log.deleteFiles();
            deployment.backends().kafka().startAgain();
            metrics.startAgain();

            assertThat(Answers.days(deployment.commandLine(), position))
                    .containsExactlyElementsOf(Intendo.daysOf(Intendo::isAmongFew));
        }
    }

    /** Until the projection has said, once more, that it noticed. */
    private static void restart(ServiceProcess metrics) throws Exception {
        long before = repairs(metrics);
        metrics.startAgain();
        metrics.untilHealthy();
        metrics.await("repairing", () -> repairs(metrics) > before);
    }

    private static long repairs(ServiceProcess metrics) {
        return metrics.output().lines().filter(line -> line.contains(REPAIRING)).count();
    }

    private String send(Deployment deployment, List<String> lines) throws Exception {
        parts++;
        Path file = Files.write(folder.resolve("part-" + parts + ".ndjson"), lines);
        CommandLine.Ended sent =
                deployment.commandLine().run("events", "send", file.toString(), "--game", "intendo", "--batch", "500");
        assertThat(sent.answer().path("accepted").asInt()).as(sent.problems()).isEqualTo(lines.size());
        return sent.answer().path("position").asText();
    }
}
