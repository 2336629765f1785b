package io.gamemetrics.projections.recommendations;

import io.gamemetrics.projections.recommendationsstore.LearningState;
import io.gamemetrics.projections.recommendationsstore.ModelStore;
import io.gamemetrics.projections.recommendationsstore.PendingPlayers;
import io.gamemetrics.projections.recommendationsstore.PendingPlayers.Person;
import io.gamemetrics.projections.recommendationsstore.VectorLayout;
import io.gamemetrics.projections.recommendationsstore.vectors.Filter;
import io.gamemetrics.projections.recommendationsstore.vectors.VectorStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Keeps players' own vectors: of those whose items changed at once, and of all of them once after each switch to a new
 * version, a piece at a time in between. Used by one thread, but for {@link #rebuildNanos} and {@link #isRebuilding}.
 */
final class PlayerFolding {

    /** Of a game with more players a sample is searched for similar ones, and whoever did something since. */
    static final int MOST_PLAYERS = 100_000;

    private final LearningState state;
    private final ModelStore models;
    private final PendingPlayers pending;
    private final VectorStore vectors;
    private final LeadingVectors items;
    private final Portion pendingAStep = new Portion();
    private final Portion rebuiltAStep = new Portion();
    private final Map<Integer, Rebuild> rebuilds = new ConcurrentHashMap<>();
    private final Map<Integer, Long> rebuildNanos = new ConcurrentHashMap<>();

    PlayerFolding(LearningState state, ModelStore models, PendingPlayers pending, VectorStore vectors) {
        this.state = state;
        this.models = models;
        this.pending = pending;
        this.vectors = vectors;
        this.items = new LeadingVectors(models);
    }

    /** A game's players on the way to another version, and how far along that is. */
    private static final class Rebuild {
        final int version;
        final List<UUID> persons;
        int done;

        Rebuild(int version, List<UUID> persons) {
            this.version = version;
            this.persons = persons;
        }
    }

    /** What is left after a round. */
    enum Left {
        NOTHING,
        /** More players wait than a round makes. */
        PLAYERS,
        /** A game's players are on their way to another version. */
        REBUILD
    }

    Left step() {
        int most = pendingAStep.persons();
        long begun = System.nanoTime();
        List<Person> next = pending.next(most);
        Map<Integer, List<Person>> byGame = next.stream().collect(Collectors.groupingBy(Person::game));
        byGame.forEach((game, persons) -> {
            Set<UUID> changed = persons.stream().map(Person::person).collect(Collectors.toSet());
            versions(game).forEach(version -> fold(game, version, changed));
        });
        pending.done(next);
        pendingAStep.took(next.size(), since(begun));
        boolean rebuilding = false;
        for (int game : models.gamesWithModels()) {
            rebuilding |= rebuild(game);
        }
        if (rebuilding) {
            return Left.REBUILD;
        }
        return next.size() == most ? Left.PLAYERS : Left.NOTHING;
    }

    private static Duration since(long begunNanos) {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }

    /** Whether the game's players are on their way to another version. */
    boolean isRebuilding(int game) {
        return rebuilds.containsKey(game);
    }

    /** What making all players' vectors took, or has taken so far, after the game's last switch to a new version. */
    long rebuildNanos(int game) {
        return rebuildNanos.getOrDefault(game, 0L);
    }

    /** The version that is searched and the one that is being made: whoever changes now changes in both. */
    private IntStream versions(int game) {
        OptionalInt searched = models.playersVersion(game);
        Rebuild rebuild = rebuilds.get(game);
        return IntStream.concat(
                        searched.isPresent() ? IntStream.of(searched.getAsInt()) : IntStream.empty(),
                        rebuild == null ? IntStream.empty() : IntStream.of(rebuild.version))
                .distinct();
    }

    private void fold(int game, int version, Collection<UUID> persons) {
        Map<UUID, float[]> folded = pending.fold(game, persons, items.of(game, version));
        List<String> gone = persons.stream()
                .filter(person -> !folded.containsKey(person))
                .map(UUID::toString)
                .toList();
        if (!gone.isEmpty()) {
            vectors.delete(VectorLayout.PLAYERS, Filter.of(game, version).only(gone));
        }
        if (!folded.isEmpty()) {
            VectorPoints.players(vectors, game, version, folded);
        }
    }

    private boolean rebuild(int game) {
        OptionalInt active = models.activeVersion(game);
        OptionalInt searched = models.playersVersion(game);
        if (active.isEmpty() || active.equals(searched)) {
            rebuilds.remove(game);
            return false;
        }
        long begun = System.nanoTime();
        Rebuild rebuild = rebuilds.get(game);
        if (rebuild == null || rebuild.version != active.getAsInt()) {
            if (rebuild != null) {
                vectors.delete(VectorLayout.PLAYERS, Filter.of(game, rebuild.version));
            }
            rebuild = new Rebuild(active.getAsInt(), state.persons(game, MOST_PLAYERS));
            rebuilds.put(game, rebuild);
            rebuildNanos.put(game, 0L);
        }
        int from = rebuild.done;
        int to = Math.min(rebuild.persons.size(), from + rebuiltAStep.persons());
        fold(game, rebuild.version, rebuild.persons.subList(from, to));
        rebuild.done = to;
        rebuiltAStep.took(to - from, since(begun));
        boolean more = to < rebuild.persons.size();
        if (!more) {
            models.playersComplete(game, rebuild.version);
            rebuilds.remove(game);
            searched.ifPresent(old -> vectors.delete(VectorLayout.PLAYERS, Filter.of(game, old)));
        }
        rebuildNanos.merge(game, System.nanoTime() - begun, Long::sum);
        return more;
    }
}
