package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.gamemetrics.infrastructure.testkit.ServiceProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each service from its own jar, as {@code make package} leaves it, a process for each, two of each that may run twice.
 * All of them and every server are killed once, while players play; then every read model is exact.
 */
@Tag("faults")
class FromJarsTest {

    private static final Programs.Jars JARS =
            new Programs.Jars(Path.of(System.getProperty("gamemetrics.jars", "../../target/jars")));

    /** Those whose instances share the stream's partitions. */
    private static final List<String> SHARED = List.of("metrics", "leaderboards", "players", "live-tail");

    /** Its vectors lie in a folder here and not in Qdrant: one process writes there. */
    private static final String ALONE = "recommendations";

    private static final int PARTITIONS = 6;
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final String GAME = "arena";
    private static final int LIVES = 5;
    private static final int MOST_EVENTS_BEFORE = 400;
    private static final Duration LONGEST_DEAD = Duration.ofSeconds(3);

    @TempDir
    Path folder;

    @Test
    void everyReadModelIsExactAfterEachOfTwoInstancesOfEachServiceWasKilledUnderLoad() throws Exception {
        List<String> services = services();
        assertThat(services)
                .as("run `make package` first")
                .contains("command-side", ALONE, "query-side")
                .containsAll(SHARED);
        long seed = Long.getLong("seed", System.nanoTime());
        try (Deployment deployment = new Deployment(folder, JARS, services);
                Client client = deployment.client()) {
            String key = client.createGame(GAME, ZONE.getId());
            BoardsOracle.define(client, GAME);
            everyServiceIsShared(deployment);
            List<JsonNode> newcomers = new ArrayList<>();
            Client.JSON.readTree(Everything.NEWCOMERS).forEach(newcomers::add);
            SteadyLoad load = new SteadyLoad(client, GAME, key, lives(seed));
            load.deliver(newcomers.subList(0, 1));
            try (LiveFollower live = new LiveFollower(client, GAME, load.position())) {
                load.deliver(newcomers.subList(1, 2));
                new Chaos(seed, load, MOST_EVENTS_BEFORE).killEach(victims(deployment, client), LONGEST_DEAD);
                load.stop();

                History history = load.history(ZONE);
                System.out.println(history.events().size() + " events, " + live.streams() + " streams followed");
                new Everything(client, GAME, load.position(), history).isExact();
                List<JsonNode> shown = live.await(history.events().size() - 1);
                Everything.wasShown(
                        shown,
                        new History(
                                ZONE,
                                history.events().subList(1, history.events().size())));
                assertThat(live.streams()).as("it had to come back").isGreaterThan(1);
            }
            everyServiceIsShared(deployment);
            assertThat(deployment.frontDoor().taken(0)).isPositive();
            assertThat(deployment.frontDoor().taken(1)).isPositive();
            assertThat(deployment.processes())
                    .allSatisfy(process ->
                            assertThat(process.output()).as(process.name()).doesNotContain(Logs.SOMEBODY));
        }
    }

    private static void everyServiceIsShared(Deployment deployment) throws Exception {
        String kafka = deployment.backends().kafka().bootstrapServers();
        for (String service : SHARED) {
            new Sharing(kafka, service).await(2, PARTITIONS);
        }
    }

    private static List<Life> lives(long seed) {
        return IntStream.range(0, LIVES)
                .mapToObj(number -> new Life(seed, number, LIVES))
                .toList();
    }

    private static List<String> services() throws Exception {
        List<String> services = new ArrayList<>(JARS.services());
        JARS.services().stream().filter(service -> !service.equals(ALONE)).forEach(services::add);
        return services;
    }

    /** Whoever asks while a query side is dead is answered by the other. */
    private static List<Victim> victims(Deployment deployment, Client client) {
        List<Victim> victims = new ArrayList<>(deployment.servers());
        for (ServiceProcess process : deployment.processes()) {
            Victim victim = Victim.of(process);
            victims.add(deployment.all("query-side").contains(process) ? askedWhileDead(victim, client) : victim);
        }
        return victims;
    }

    private static Victim askedWhileDead(Victim querySide, Client client) {
        return new Victim() {
            @Override
            public String name() {
                return querySide.name();
            }

            @Override
            public void kill() throws Exception {
                querySide.kill();
                for (int turn = 0; turn < client.queries().size(); turn++) {
                    JsonNode answer = client.ask("{ game(id: \"" + GAME + "\") { id } }", Map.of());
                    assertThat(answer.at("/data/game/id").asText()).isEqualTo(GAME);
                }
            }

            @Override
            public void startAgain() throws Exception {
                querySide.startAgain();
            }
        };
    }
}
