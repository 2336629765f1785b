package io.gamemetrics.infrastructure.endtoendtests;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Any history comes out exactly in every read model at once, and each event of it once in the live tail. */
class EveryReadModelJourneyTest {

    @RegisterExtension
    static final SharedPlatform PLATFORM = new SharedPlatform();

    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final String GAME = "everything";
    private static final int LIVES = 3;
    private static final int BATCHES = 10;
    private static final int BATCH = 60;

    @Test
    void aHistoryByChanceIsExactInEveryReadModelAndShownOnceInTheLiveTail() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("lived with seed " + seed);
        try (Client client = PLATFORM.client()) {
            String key = client.createGame(GAME, ZONE.getId());
            BoardsOracle.define(client, GAME);
            List<JsonNode> newcomers = new ArrayList<>();
            Client.JSON.readTree(Everything.NEWCOMERS).forEach(newcomers::add);
            List<Life> lives = IntStream.range(0, LIVES)
                    .mapToObj(number -> new Life(seed, number, LIVES))
                    .toList();
            SteadyLoad load = new SteadyLoad(client, GAME, key, lives);
            load.deliver(newcomers.subList(0, 1));
            try (LiveFollower live = new LiveFollower(client, GAME, load.position())) {
                load.deliver(newcomers.subList(1, 2));
                for (int batch = 0; batch < BATCHES; batch++) {
                    load.deliver(lives.get(batch % LIVES).next(BATCH));
                }
                load.keepSending();
                load.stop();
                History history = load.history(ZONE);
                new Everything(client, GAME, load.position(), history).isExact();
                List<JsonNode> shown = live.await(history.events().size() - 1);
                Everything.wasShown(
                        shown,
                        new History(
                                ZONE,
                                history.events().subList(1, history.events().size())));
            }
        }
    }
}
