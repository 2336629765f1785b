package io.gamemetrics.projections.recommendations;

import io.gamemetrics.projections.recommendations.Fed.Fact;
import io.gamemetrics.projections.recommendationsstore.RecommendationsSchema;
import io.gamemetrics.projections.recommendationsstore.RecommendationsWriter;
import io.gamemetrics.projections.runtime.EventPlace;
import io.gamemetrics.projections.runtime.Projection;
import io.gamemetrics.sharedkernel.game.ActiveBy;
import io.gamemetrics.sharedkernel.game.GameEvent;
import io.gamemetrics.sharedkernel.game.GameEvent.GameCreated;
import io.gamemetrics.sharedkernel.game.Stage;
import io.gamemetrics.sharedkernel.ids.Checkpoint;
import io.gamemetrics.sharedkernel.ids.GameId;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.player.PlayerEvent;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Random histories of some games, in the one order the event store has them in, and versions that are fed with them. */
final class ManyGames {

    static final int GAMES = 3;
    static final int PARTITIONS = 3;

    private static final int PLAYERS = 9;
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

    final List<List<Fact>> byPartition = new ArrayList<>();

    private record Stream(int game, int player, UUID id, Deque<PlayerEvent> left, int[] sequence) {}

    ManyGames(long seed) {
        Random random = new Random(seed);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            byPartition.add(new ArrayList<>());
        }
        List<Stream> streams = new ArrayList<>();
        long position = 0;
        for (int game = 1; game <= GAMES; game++) {
            Fact created = new Fact(
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
                        .add(new Fact(
                                event,
                                new EventPlace(at, stream.game, stream.id, stream.player, stream.sequence[0]++, AT)));
            }
        }
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

    /** What is handled of a partition after some games' rows were taken over up to there: as the runner does it. */
    List<Fact> after(int partition, @Nullable Position taken, Set<Integer> rebuilt) {
        return byPartition.get(partition).stream()
                .filter(fact -> taken == null
                        || rebuilt.contains(fact.place().gameNumber())
                        || fact.place().position().number() > taken.number())
                .toList();
    }

    /** What is handled of a partition by a version that is built from these types. */
    List<Fact> of(int partition, Set<Class<?>> types) {
        return byPartition.get(partition).stream()
                .filter(fact -> types.contains(fact.event().getClass())
                        || fact.event() instanceof GameEvent
                        || fact.event() instanceof LinkedToPlayer)
                .toList();
    }

    /** @param number from 1 */
    Version version(DataSource database, int number) {
        RecommendationsSchema.migrate(database, number);
        return new Version(
                new RecommendationsProjection(new RecommendationsWriter(RecommendationsSchema.of(database, number))));
    }

    /** One version, fed in batches of any size. */
    final class Version {

        private final RecommendationsProjection projection;
        private final Map<Integer, Integer> done = new ConcurrentHashMap<>();
        private final Map<Integer, Checkpoint> checkpoints = new ConcurrentHashMap<>();

        private Version(RecommendationsProjection projection) {
            this.projection = projection;
        }

        void handleAll(Random random) {
            for (int partition = 0; partition < PARTITIONS; partition++) {
                List<Fact> events = byPartition.get(partition);
                handle(partition, events, events.size(), random);
            }
        }

        /** Handles what is not handled yet of the first so many of a partition's events. */
        void handle(int partition, List<Fact> events, int first, Random random) {
            int begin = done.getOrDefault(partition, 0);
            while (begin < first) {
                int end = Math.min(first, begin + 1 + random.nextInt(20));
                handle(partition, events.subList(begin, end));
                begin = end;
            }
            done.put(partition, begin);
        }

        private void handle(int partition, List<Fact> events) {
            @Nullable Checkpoint expected = checkpoints.get(partition);
            long count = (expected == null ? 0 : expected.handledCount()) + events.size();
            Checkpoint next = new Checkpoint(events.getLast().place().position(), AT, count, count, count);
            Projection.Batch batch = projection.begin(partition);
            events.forEach(event -> Fed.handle(batch.handlers(), event));
            batch.commit(expected, next, List.of());
            checkpoints.put(partition, next);
        }
    }
}
