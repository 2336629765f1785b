package io.gamemetrics.infrastructure.endtoendtests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every read model is rebuilt beside itself, switched to, left again and switched to again, while people play and look.
 * Before whole years are imported: what is rebuilt is all there is, and who comes later lives on a second version.
 */
@Order(2)
class ReplayJourneyTest {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    private static final List<String> PROJECTIONS = List.of("metrics", "leaderboards", "players", "recommendations");
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final String GAME = "replayed";
    private static final int LIVES = 2;
    private static final int BATCHES = 8;
    private static final int BATCH = 60;

    @Test
    void nobodySeesAnythingOfItAndEveryNumberIsExactBeforeAndAfter() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("replayed with seed " + seed);
        try (Client client = PLATFORM.client()) {
            SteadyLoad load = played(client, seed);
            List<Replaying> replays = new ArrayList<>();
            try (Onlookers onlookers = new Onlookers(client, GAME, "newcomer")) {
                load.keepSending();
                for (String projection : PROJECTIONS) {
                    long begun = System.nanoTime();
                    Replaying replay = Replaying.start(client, projection);
                    replays.add(replay);
                    replay.untilReady();
                    System.out.println(projection + " rebuilt in " + (System.nanoTime() - begun) / 1_000_000 + " ms");
                    replay.order("switch");
                    assertThat(asked(client, projection)).isEqualTo(replay.version());
                }
                for (Replaying replay : replays) {
                    replay.order("rollback");
                }
                for (Replaying replay : replays) {
                    replay.order("switch");
                }
                load.stop();
                assertThat(onlookers.troubles()).isEmpty();
                assertThat(onlookers.answers()).isPositive();
            }
            Everything.of(client, GAME, load, ZONE).isExact();
            for (Replaying replay : replays) {
                replay.order("drop");
                assertThat(replay.look().path("phase").asText()).isEqualTo("DONE");
            }
            Everything.of(client, GAME, load, ZONE).isExact();
        }
    }

    private static SteadyLoad played(Client client, long seed) throws Exception {
        String key = client.createGame(GAME, ZONE.getId());
        BoardsOracle.define(client, GAME);
        List<Life> lives = IntStream.range(0, LIVES)
                .mapToObj(number -> new Life(seed, number, LIVES))
                .toList();
        SteadyLoad load = new SteadyLoad(client, GAME, key, lives);
        List<JsonNode> newcomers = new ArrayList<>();
        Client.JSON.readTree(Everything.NEWCOMERS).forEach(newcomers::add);
        load.deliver(newcomers);
        for (int batch = 0; batch < BATCHES; batch++) {
            load.deliver(lives.get(batch % LIVES).next(BATCH));
        }
        return load;
    }

    private static int asked(Client client, String projection) throws Exception {
        for (JsonNode each : client.command("GET", "/v1/projections", Map.of())) {
            if (each.path("name").asText().equals(projection)) {
                return each.path("version").asInt();
            }
        }
        throw new AssertionError("no projection " + projection);
    }
}
