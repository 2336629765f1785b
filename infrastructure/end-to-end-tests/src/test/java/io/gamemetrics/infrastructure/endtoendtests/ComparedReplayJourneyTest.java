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
 * One of two games is rebuilt in every read model, compared with the live version and switched to by itself, while people
 * play both and look. Nothing differs, and no number of either game moves.
 */
@Order(3)
class ComparedReplayJourneyTest {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    private static final List<String> PROJECTIONS = List.of("metrics", "leaderboards", "players", "recommendations");
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final String REBUILT = "rebuilt";
    private static final String TAKEN = "taken-over";
    private static final int LIVES = 2;
    private static final int BATCHES = 6;
    private static final int BATCH = 60;

    @Test
    void aGameIsRebuiltTheOtherIsTakenOverAndReadersAreGivenWhatIsIdentical() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("compared with seed " + seed);
        try (Client client = PLATFORM.client()) {
            SteadyLoad rebuilt = played(client, REBUILT, seed);
            SteadyLoad taken = played(client, TAKEN, seed + 1);
            try (Onlookers onlookers = new Onlookers(client, TAKEN, "newcomer")) {
                rebuilt.keepSending();
                taken.keepSending();
                for (String projection : PROJECTIONS) {
                    long begun = System.nanoTime();
                    compared(client, projection);
                    System.out.println(projection + " compared and switched in "
                            + (System.nanoTime() - begun) / 1_000_000 + " ms");
                }
                rebuilt.stop();
                taken.stop();
                assertThat(onlookers.troubles()).isEmpty();
                assertThat(onlookers.answers()).isPositive();
            }
            Everything.of(client, REBUILT, rebuilt, ZONE).isExact();
            Everything.of(client, TAKEN, taken, ZONE).isExact();
        }
    }

    private static void compared(Client client, String projection) throws Exception {
        Replaying replay = Replaying.start(
                client, Map.of("projection", projection, "games", List.of(REBUILT), "switch", "WHEN_IDENTICAL"));
        JsonNode seen = replay.untilSwitched();
        assertThat(seen.at("/part/games").toString()).isEqualTo("[\"" + REBUILT + "\"]");
        assertThat(seen.at("/proof/mismatches").asLong()).isZero();
        JsonNode again = replay.compare();
        assertThat(again.path("state").asText()).as(again.toPrettyString()).isEqualTo("DONE");
        assertThat(again.path("differences").asLong())
                .as(again.toPrettyString())
                .isZero();
        assertThat(again.path("cells").asLong()).isPositive();
        replay.order("drop");
    }

    private static SteadyLoad played(Client client, String game, long seed) throws Exception {
        String key = client.createGame(game, ZONE.getId());
        BoardsOracle.define(client, game);
        List<Life> lives = IntStream.range(0, LIVES)
                .mapToObj(number -> new Life(seed, number, LIVES))
                .toList();
        SteadyLoad load = new SteadyLoad(client, game, key, lives);
        List<JsonNode> newcomers = new ArrayList<>();
        Client.JSON.readTree(Everything.NEWCOMERS).forEach(newcomers::add);
        load.deliver(newcomers);
        for (int batch = 0; batch < BATCHES; batch++) {
            load.deliver(lives.get(batch % LIVES).next(BATCH));
        }
        return load;
    }
}
