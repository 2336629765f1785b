package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.infrastructure.testkit.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two read models are rebuilt while 32 backends send, two instances of each, which are killed again and again: before,
 * while and after the new versions are built, handed over to Kafka and switched to. Nothing is skipped, nothing doubled.
 */
@Tag("faults")
class KilledReplaysJourneyTest {

    private static final List<String> SERVICES =
            List.of("command-side", "metrics", "metrics", "leaderboards", "leaderboards", "query-side");
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final String GAME = "replayed";
    private static final int WRITERS = 32;

    /** More than a range of positions that is proved at a time. */
    private static final int EVENTS_BEFORE = 110_000;

    private static final int BATCH = 500;
    private static final int EVENTS_PER_SECOND = 2_500;
    private static final int MOST_ROUNDS = 8;
    private static final int MOST_EVENTS_BETWEEN = 2_000;
    private static final Duration LONGEST_DEAD = Duration.ofSeconds(3);

    @TempDir
    Path folder;

    @Test
    void nothingIsSkippedOrDoubledWhileInstancesAreKilledThroughout() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        try (Deployment deployment = new Deployment(folder, Programs.CLASSES, SERVICES);
                Client client = deployment.client()) {
            SteadyLoad load = played(client, seed);
            Chaos chaos = new Chaos(seed, load, MOST_EVENTS_BETWEEN);
            List<Victim> victims = victims(deployment);
            load.keepSending();
            List<Replaying> replays = List.of(
                    Replaying.start(client, "metrics", EVENTS_PER_SECOND),
                    Replaying.start(client, "leaderboards", EVENTS_PER_SECOND));
            int rounds = 0;
            do {
                chaos.killEach(victims, LONGEST_DEAD);
                rounds++;
            } while (rounds < MOST_ROUNDS && !areReady(replays));
            for (Replaying replay : replays) {
                replay.untilReady();
                assertThat(replay.look().at("/proof/ranges").asLong()).isPositive();
                replay.order("switch");
            }
            chaos.killEach(victims, LONGEST_DEAD);
            load.stop();

            System.out.println(load.answered() + " events; instances killed " + (rounds + 1) + " times each");
            Everything all = Everything.of(client, GAME, load, ZONE);
            all.metricsAre();
            all.boardsAre();
            for (Replaying replay : replays) {
                assertThat(replay.look().at("/proof/mismatches").asLong()).isZero();
            }
        }
    }

    private static boolean areReady(List<Replaying> replays) throws Exception {
        for (Replaying replay : replays) {
            if (!replay.isReady()) {
                return false;
            }
        }
        return true;
    }

    private static List<Victim> victims(Deployment deployment) {
        return Stream.of("metrics", "leaderboards")
                .flatMap(service -> deployment.all(service).stream())
                .map((ServiceProcess process) -> Victim.of(process))
                .toList();
    }

    /** A history that takes a while to be read again. */
    private static SteadyLoad played(Client client, long seed) throws Exception {
        String key = client.createGame(GAME, ZONE.getId());
        BoardsOracle.define(client, GAME);
        List<Life> lives = IntStream.range(0, WRITERS)
                .mapToObj(number -> new Life(seed, number, WRITERS))
                .toList();
        SteadyLoad load = new SteadyLoad(client, GAME, key, lives);
        try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
            List<Future<?>> all = new ArrayList<>();
            for (Life life : lives) {
                all.add(writers.submit((Callable<Void>) () -> {
                    for (int sent = 0; sent < EVENTS_BEFORE / WRITERS; sent += BATCH) {
                        List<JsonNode> events = life.next(BATCH);
                        load.deliver(events);
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        return load;
    }
}
