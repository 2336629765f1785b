package io.gamemetrics.projections.recommendations;

import io.gamemetrics.projections.runtime.EventPlace;
import io.gamemetrics.projections.runtime.ManyGames;
import io.gamemetrics.projections.runtime.Placed;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Random histories of some games. */
final class Histories {

    static final int GAMES = 3;
    static final int PARTITIONS = 3;

    private static final int PLAYERS = 9;
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    private record Stream(int game, int player, UUID id, Deque<PlayerEvent> left, int[] sequence) {}

    private Histories() {}

    static ManyGames many(long seed) {
        Random random = new Random(seed);
        List<List<Placed>> byPartition = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            byPartition.add(new ArrayList<>());
        }
        List<Stream> streams = new ArrayList<>();
        long position = 0;
        for (int game = 1; game <= GAMES; game++) {
            Placed created = new Placed(
                    created(game), new EventPlace(new Position(1, ++position), game, new UUID(0, game), -1, 0, AT));
            byPartition.forEach(events -> events.add(created));
            String names = "game-" + game + "-player-";
            for (int player = 0; player < PLAYERS; player++) {
                streams.add(new Stream(
                        game,
                        player,
                        Fed.stream(names + player),
                        new ArrayDeque<>(InteractionsTest.history(random, player, names)),
                        new int[1]));
            }
        }
        while (!streams.isEmpty()) {
            Stream stream = streams.get(random.nextInt(streams.size()));
            PlayerEvent event = stream.left.poll();
            if (event == null) {
                streams.remove(stream);
            } else {
                Position at = new Position(1, ++position);
                byPartition
                        .get(stream.player % PARTITIONS)
                        .add(new Placed(
                                event,
                                new EventPlace(at, stream.game, stream.id, stream.player, stream.sequence[0]++, AT)));
            }
        }
        return ManyGames.inOrder(byPartition);
    }

    private static GameCreated created(int game) {
        return new GameCreated(
                new GameId("game" + game),
                "Game",
                ZoneOffset.UTC,
                Currency.getInstance("USD"),
                ActiveBy.ANY_EVENT,
                Stage.TEST,
                AT);
    }
}
