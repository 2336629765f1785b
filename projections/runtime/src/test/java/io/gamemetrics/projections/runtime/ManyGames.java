package io.gamemetrics.projections.runtime;

import io.gamemetrics.sharedkernel.game.GameEvent;
import io.gamemetrics.sharedkernel.ids.Position;
import io.gamemetrics.sharedkernel.player.PlayerEvent.LinkedToPlayer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Histories of some games, in the one order the event store has them in. */
public final class ManyGames {

    /** Of a partition each. */
    public final List<List<Placed>> byPartition;

    private ManyGames(List<List<Placed>> byPartition) {
        this.byPartition = byPartition;
    }

    /** @param byPartition in the one order already, by their positions */
    public static ManyGames inOrder(List<List<Placed>> byPartition) {
        return new ManyGames(byPartition);
    }

    /** @param histories each game's, by partition: they keep their order and are dealt into each other */
    public static ManyGames dealt(Random random, List<List<List<Placed>>> histories) {
        List<List<Placed>> byPartition = new ArrayList<>();
        List<Deque<Placed>> left = new ArrayList<>();
        for (List<List<Placed>> history : histories) {
            SortedMap<Long, Placed> events = new TreeMap<>();
            history.forEach(some -> some.forEach(event -> events.put(number(event), event)));
            left.add(new ArrayDeque<>(events.values()));
        }
        Map<Long, Placed> placed = new HashMap<>();
        while (left.stream().anyMatch(events -> !events.isEmpty())) {
            Placed next = left.get(random.nextInt(left.size())).poll();
            if (next != null) {
                placed.put(number(next), at(placed.size() + 1, next));
            }
        }
        for (int partition = 0; partition < histories.getFirst().size(); partition++) {
            List<Placed> events = new ArrayList<>();
            for (List<List<Placed>> history : histories) {
                history.get(partition).forEach(event -> events.add(Objects.requireNonNull(placed.get(number(event)))));
            }
            events.sort(
                    Comparator.comparingLong(event -> event.place().position().number()));
            byPartition.add(events);
        }
        return new ManyGames(byPartition);
    }

    private static long number(Placed event) {
        return event.place().position().number();
    }

    private static Placed at(long position, Placed event) {
        EventPlace place = event.place();
        return new Placed(
                event.payload(),
                new EventPlace(
                        new Position(1, position),
                        place.gameNumber(),
                        place.stream(),
                        place.playerNumber(),
                        place.sequence(),
                        place.storedAt(),
                        place.otherNumber()));
    }

    /** What is handled of a partition after some games' rows were taken over up to there: as the runner does it. */
    public List<Placed> after(int partition, @Nullable Position taken, Set<Integer> rebuilt) {
        return byPartition.get(partition).stream()
                .filter(event -> taken == null
                        || rebuilt.contains(event.place().gameNumber())
                        || event.place().position().number() > taken.number())
                .toList();
    }

    /** What is handled of a partition by a version that is built from these types. */
    public List<Placed> of(int partition, Set<Class<?>> types) {
        return byPartition.get(partition).stream()
                .filter(event -> types.contains(event.payload().getClass())
                        || event.payload() instanceof GameEvent
                        || event.payload() instanceof LinkedToPlayer)
                .toList();
    }
}
